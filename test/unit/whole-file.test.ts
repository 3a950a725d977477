// A file that is written over keeps its old content until the new one is whole.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWholeFile } from '../../src/client/files/whole-file';

let folder: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-whole-file-'));
  target = join(folder, 'model.bin');
  writeFileSync(target, 'the old one');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* pieces(after: () => void | Promise<void> = () => undefined): AsyncGenerator<Buffer> {
  yield Buffer.from('the new ');
  await after();
  yield Buffer.from('one');
}

describe('a file that is there', () => {
  it('is as it was when the content ends early, and nothing else is left', async () => {
    const ended = pieces(() => {
      throw new Error('terminated');
    });
    await expect(writeWholeFile(target, ended)).rejects.toThrow('terminated');
    expect(readFileSync(target, 'utf8')).toBe('the old one');
    expect(readdirSync(folder)).toEqual(['model.bin']);
  });

  it('is as it was when saving is cancelled half way', async () => {
    const cancelling = new AbortController();
    const cancelled = pieces(() => cancelling.abort());
    await expect(writeWholeFile(target, cancelled, cancelling.signal)).rejects.toThrow(/abort/);
    expect(readFileSync(target, 'utf8')).toBe('the old one');
    expect(readdirSync(folder)).toEqual(['model.bin']);
  });

  it('is replaced by the whole one, also behind a link', async () => {
    mkdirSync(join(folder, 'links'));
    const link = join(folder, 'links/latest.bin');
    symlinkSync(target, link);
    expect(await writeWholeFile(link, pieces())).toBe(11);
    expect(readFileSync(target, 'utf8')).toBe('the new one');
    expect(readdirSync(folder).sort()).toEqual(['links', 'model.bin']);
    expect(readdirSync(join(folder, 'links'))).toEqual(['latest.bin']);
  });
});

it('a file in a folder that is not there yet is made with it', async () => {
  const path = join(folder, 'a/b/model.bin');
  await writeWholeFile(path, pieces());
  expect(readFileSync(path, 'utf8')).toBe('the new one');
});
