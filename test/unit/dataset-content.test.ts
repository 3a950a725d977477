// What names the content of a dataset: patterns, listings, the looks of files.
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestFile } from '../../src/lifecycle/datasets/content/file-digest';
import { isRacy, stampOf } from '../../src/lifecycle/datasets/content/file-stamp';
import { findFiles } from '../../src/lifecycle/datasets/content/found-files';
import { globMatcher, globParts } from '../../src/lifecycle/datasets/content/glob';
import { dvcFolder, listingOf, packListing, unpackListing } from '../../src/lifecycle/datasets/content/listing';
import { usedTables } from '../../src/lifecycle/datasets/sources/used-tables';
import { pathContent } from '../../src/platform/files/path-content';
import type { DatasetFile } from '../../src/protocol/datasets/dataset';
import { datasetName, parseVersionReference, versionLabel } from '../../src/protocol/datasets/dataset';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-content-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nothing = (): void => undefined;
const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const fileOf = (path: string, text: string): DatasetFile => {
  const digest = (name: string): string => createHash(name).update(text).digest('hex');
  return { path, sha256: digest('sha256'), md5: digest('md5'), bytes: Buffer.byteLength(text) };
};
const found = (...paths: string[]): string[] =>
  findFiles(folder, paths, nothing)
    .files.map(({ path }) => path)
    .sort();

describe('patterns', () => {
  it.each([
    ['*.csv', 'a.csv', true],
    ['*.csv', 'b/a.csv', false],
    ['*.csv', '.a.csv', false],
    ['.*.csv', '.a.csv', true],
    ['**/*.csv', 'a.csv', true],
    ['**/*.csv', 'b/c/a.csv', true],
    ['**/*.csv', '.b/a.csv', false],
    ['b/**', 'b/c/a.csv', true],
    ['part-?.csv', 'part-1.csv', true],
    ['part-[0-2].csv', 'part-3.csv', false],
    ['part-[!0-2].csv', 'part-3.csv', true],
    ['{jan,feb}.{csv,tsv}', 'feb.tsv', true],
    ['a+b(1).csv', 'a+b(1).csv', true],
    ['[.csv', '[.csv', true],
    ['*.ｃｓｖ', '😀.ｃｓｖ', true],
    ['?.csv', '😀.csv', true],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(globMatcher(pattern).test(path)).toBe(matches);
  });

  it('begin to mean more than one name somewhere', () => {
    expect(globParts('/a/b/*.csv')).toEqual({ folder: '/a/b', rest: '*.csv' });
    expect(globParts('/a/{b,c}/d.csv')).toEqual({ folder: '/a', rest: '{b,c}/d.csv' });
  });
});

describe('the files of a dataset', () => {
  it('are one, those below a folder, those of a pattern, or a list', () => {
    for (const path of ['data/a.csv', 'data/b/c.csv', 'data/b/d.txt', 'e.csv']) write(path, path);
    expect(found('e.csv')).toEqual(['']);
    expect(found('data')).toEqual(['a.csv', 'b/c.csv', 'b/d.txt']);
    expect(found('data/**/*.csv')).toEqual(['a.csv', 'b/c.csv']);
    expect(found('e.csv', 'data/b')).toEqual(['data/b/c.csv', 'data/b/d.txt', 'e.csv']);
  });

  it('a name that is there is meant as it is', () => {
    write('part[1].csv', 'x');
    write('part1.csv', 'y');
    expect(findFiles(folder, ['part[1].csv'], nothing).files[0]?.place).toBe(join(folder, 'part[1].csv'));
  });

  it('links that lead back are passed over and named', () => {
    write('data/a.csv', 'x');
    symlinkSync('..', join(folder, 'data/round'));
    const { files, notes } = findFiles(folder, ['data'], nothing);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['a.csv']));
    expect(notes.join()).toContain('leads back');
  });

  it('what is not there, or a link to nothing, is told', () => {
    mkdirSync(join(folder, 'data'));
    symlinkSync('nowhere', join(folder, 'data/lost.csv'));
    expect(() => found('gone.csv')).toThrow('gone.csv does not exist');
    expect(() => found('data')).toThrow('lost.csv');
    expect(() => found('data/*.parquet')).toThrow('there is no file');
  });
});

describe('a listing', () => {
  it('names a folder as a recorded input of it is named', async () => {
    const files = [
      ['b/é.csv', '1'],
      ['a.csv', '2'],
      ['Ａ.csv', '3'],
      ['😀.csv', '4'],
    ] as const;
    for (const [path, text] of files) write(`data/${path}`, text);
    const listing = listingOf(
      files.map(([path, text]) => fileOf(path, text)),
      'folder',
    );
    expect(listing.id).toBe((await pathContent(join(folder, 'data'))).sha256);
    expect(listing.bytes).toBe(4);
  });

  it('of a single file is the file, whatever its name', () => {
    const one = fileOf('', 'a,b\n');
    expect(listingOf([one], 'single')).toMatchObject({ id: one.sha256, dvc: one.md5 });
    expect(listingOf([fileOf('a.csv', 'a,b\n')], 'list')).toMatchObject({ dvc: null });
  });

  it("is DVC's to the byte", () => {
    const known: [string, string][] = [
      ['empty', ''],
      ['sub.txt', 'z'],
      ['sub/b.bin', 'y'],
      ['é ü.txt', 'x'],
      ['Ａ.txt', 'w'],
      ['😀.txt', 'q'],
    ];
    const files = known.map(([path, text]) => fileOf(path, text));
    expect(dvcFolder(files).md5).toBe('10447daaaa0b15d9582d1d76435e9103');
    expect(dvcFolder([...files].reverse())).toEqual(dvcFolder(files));
    expect(dvcFolder([fileOf('a"\\\n\u007f', '')]).text).toContain('"a\\"\\\\\\n\\u007f"');
  });

  it('comes back as it was packed', () => {
    const files = [fileOf('', 'x'), fileOf('a\nb "c"/\t😀', 'y')];
    expect(unpackListing(packListing(files))).toEqual(files);
    expect(() => unpackListing(Buffer.from('no'))).toThrow('cannot be read');
  });
});

describe('the looks of a file', () => {
  it('change when anything does', () => {
    write('a.csv', '1');
    const stamp = (): string => stampOf(statSync(join(folder, 'a.csv'), { bigint: true }));
    const before = stamp();
    const { mtime, atime } = statSync(join(folder, 'a.csv'));
    write('a.csv', '2');
    utimesSync(join(folder, 'a.csv'), atime, mtime);
    expect(stamp()).not.toBe(before);
  });

  it('are not trusted when it changed just before it was read', () => {
    const at = (nanoseconds: bigint) => ({ mtimeNs: nanoseconds, ctimeNs: nanoseconds }) as ReturnType<typeof statOf>;
    const statOf = (): import('node:fs').BigIntStats => statSync(folder, { bigint: true });
    expect(isRacy(at(1_000_000_500_000_000n), 1_000_000_510)).toBe(true);
    expect(isRacy(at(1_000_000_500_000_000n), 1_000_000_600)).toBe(false);
    // A disk of whole seconds.
    expect(isRacy(at(1_000_000_000_000_000n), 1_000_001_500)).toBe(true);
    expect(isRacy(at(1_000_000_000_000_000n), 1_000_003_000)).toBe(false);
  });

  it('a file that is written while it is read is read again, or told', () => {
    write('a.csv', 'x'.repeat(3_000_000));
    let pieces = 0;
    const once = (): void => {
      pieces += 1;
      if (pieces === 1) write('a.csv', 'y'.repeat(3_000_000));
    };
    const names = ['sha256'] as const;
    expect(digestFile(join(folder, 'a.csv'), { names, read: once }).sha256).toBe(
      fileOf('', 'y'.repeat(3_000_000)).sha256,
    );
    let size = 3_000_000;
    const always = (): void => {
      size += 1;
      write('a.csv', 'z'.repeat(size));
    };
    expect(() => digestFile(join(folder, 'a.csv'), { names, read: always })).toThrow('is being written');
  });
});

describe('names', () => {
  it('of datasets and labels say what they are', () => {
    for (const name of ['flights', 'churn/train 2', '日本', '"; DROP TABLE x'])
      expect(datasetName.safeParse(name).success).toBe(true);
    for (const name of ['', 'a@b', ' a', 'a ', 'a\nb', '.', '..'])
      expect(datasetName.safeParse(name).success).toBe(false);
    for (const label of ['2013-04', 'train', 'v1.2+x']) expect(versionLabel.safeParse(label).success).toBe(true);
    for (const label of ['latest', '', 'a b', '-a']) expect(versionLabel.safeParse(label).success).toBe(false);
    expect(parseVersionReference('flights@2013-04')).toEqual({ dataset: 'flights', version: '2013-04' });
    expect(parseVersionReference('flights')).toEqual({ dataset: 'flights', version: 'latest' });
    expect(parseVersionReference('a@b@c')).toBeUndefined();
  });

  it('of tables in a query count outside of texts and comments', () => {
    const query = `SELECT 'ships' AS x, "my data".a FROM Flights JOIN "my data" -- planes\n /* trains */`;
    expect(usedTables(query, ['flights', 'my data', 'planes', 'trains', 'ships'])).toEqual(['flights', 'my data']);
  });
});
