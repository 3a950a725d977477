// Files get other names where there are no symbolic links, too.
import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type NameWay, nameFile } from '../../src/platform/files/name-link';

const folder = mkdtempSync(join(tmpdir(), 'slipway-names-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const refusing: NameWay = () => {
  throw Object.assign(new Error('EPERM: operation not permitted, symlink'), { code: 'EPERM' });
};
const failing: NameWay = () => {
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
};

describe('a name for a kept file', () => {
  it.each([
    ['link', [(target: string, link: string) => symlinkSync(target, link), refusing]],
    ['hard link', [refusing, linkSync, refusing]],
    ['copy', [refusing, refusing, copyFileSync]],
  ] as const)(
    'is a %s where that is what the disk allows, and follows the file when it is another one',
    (way, ways) => {
      const [target, link] = [at(`${way}.object`), at(`${way}.csv`)];
      writeFileSync(target, 'a\n1\n');
      nameFile(target, link, ways);
      const { ino } = statSync(link);
      nameFile(target, link, [refusing]);
      expect(statSync(link).ino).toBe(ino);
      expect([readFileSync(link, 'utf8'), lstatSync(link).isSymbolicLink()]).toEqual(['a\n1\n', way === 'link']);
      // Healed: another file of that name.
      writeFileSync(at('healed'), 'a\n2\n3\n');
      renameSync(at('healed'), target);
      nameFile(target, link, ways);
      expect(readFileSync(link, 'utf8')).toBe('a\n2\n3\n');
    },
  );

  it('is not tried in another way when the disk is full', () => {
    writeFileSync(at('object'), 'a');
    expect(() => nameFile(at('object'), at('name'), [failing, linkSync])).toThrow('ENOSPC');
  });
});
