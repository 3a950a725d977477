// Files that `slipway import` cannot use: refused in one sentence, and nothing is left of them.
import { copyFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportResult } from '../../src/protocol/jobs/job';
import { rezip } from './bundle-file';
import { fillWorkspace, json } from './bundle-workspace';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';
import { expectNoLeftovers } from './workspace-rows';

const files = temporaryFolder();
const bundle = join(files, 'all.zip');

beforeAll(async () => {
  await using source = await startEngine();
  await fillWorkspace(source);
  await json<ExportResult>(source, 'export', bundle);
}, 60_000);
afterAll(() => rmSync(files, { recursive: true, force: true }));

describe('a bundle that cannot be used is refused in one sentence and leaves nothing', () => {
  const broken: [name: string, make: (path: string) => Promise<void>, says: RegExp][] = [
    ['cut short', async (path) => truncateSync(path, 3000), /cut short, damaged or no zip file/],
    ['no zip file', async (path) => writeFileSync(path, 'hello'), /cut short, damaged or no zip file/],
    [
      'a wrong hash',
      (path) => rezip(path, { change: (m) => Object.assign(m.items[1] ?? {}, { sha256: '0'.repeat(64) }) }),
      /its hash says/,
    ],
    ['a wrong object', (path) => rezip(path, { flip: /^objects\// }), /its hash says/],
    [
      'a newer format',
      (path) => rezip(path, { change: (m) => (m.version = 2) }),
      /format 2; this Slipway reads up to 1/,
    ],
    ['a newer schema', (path) => rezip(path, { change: (m) => (m.schema = 999) }), /Update Slipway/],
    ['a name that leads out', (path) => rezip(path, { add: ['../evil', 'x'] }), /\.\.\/evil in it leads out/],
    ['an absolute name', (path) => rezip(path, { add: ['/tmp/evil', 'x'] }), /leads out of its folder/],
    ['a link', (path) => rezip(path, { add: ['link', '/etc/passwd'], mode: 0o120777 }), /is a link or a folder/],
    ['a name nobody knows', (path) => rezip(path, { add: ['extra', 'x'] }), /extra, which its manifest does not name/],
    ['a bomb', (path) => rezip(path, { add: ['zeros', Buffer.alloc(300_000_000)] }), /would unpack to \d+ MB/],
    [
      'one made for a repair',
      (path) => rezip(path, { change: (m) => Object.assign(m, { withoutObjects: true }) }),
      /lacks the contents/,
    ],
    ['a missing part', (path) => rezip(path, { drop: /^parts\/1/ }), /parts\/1\.jsonl is missing/],
    [
      'a file of no run',
      (path) => rezip(path, { change: (m) => Object.assign(m.files[0] ?? {}, { name: '../../x' }) }),
      /no file of a run/,
    ],
  ];
  let other: EngineProcess;
  beforeAll(async () => {
    other = await startEngine();
  });
  afterAll(() => other[Symbol.asyncDispose]());

  it.each(broken)('%s', async (_name, make, says) => {
    const path = join(files, 'broken.zip');
    copyFileSync(bundle, path);
    await make(path);
    const { code, stdout, stderr } = await slipway(['import', path, '--workspace', other.workspace]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await other.client.api.runs.list.query({})).toMatchObject({ total: 0 });
    await expectNoLeftovers(other);
  });
});
