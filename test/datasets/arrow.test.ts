// Arrow and Feather files as pyarrow writes them hold here what they hold there; the same rows as Parquet are the reference.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepWriting } from '../engine/kept-writing';
import { slipway, slipwayJson } from './slipway-cli';

interface Profiled {
  rows: number;
  columns: { name: string; kind: string; nulls: number; top: { value: string; rows: number }[] }[];
  notes: string[];
}

let folder: string;
const at = (name: string): string => join(folder, name);
const profiled = (name: string): Profiled => slipwayJson(['profile', at(name)]);
const valuesOf = ({ columns }: Profiled, name: string): string[] =>
  (columns.find((column) => column.name === name)?.top ?? []).map(({ value }) => value).sort();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-arrow-'));
  const script = join(import.meta.dirname, 'arrow-files.py');
  const python = process.env.SLIPWAY_TEST_PYTHON_EVIDENTLY ?? 'python3';
  await keepWriting(folder, {
    by: { python, script, words: [] },
    run: (place) => execFileSync(python, [script, place], { encoding: 'utf8' }),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('every value is the one of the same rows as Parquet', () => {
  it.each(['file-lz4.arrow', 'stream-zstd.arrows', 'file-plain.ipc', 'feather.feather'])('%s', (name) => {
    const { rows, schema } = slipwayJson<{
      rows: Record<string, number>;
      schema: { added: unknown[]; removed: unknown[]; retyped: unknown[] };
    }>(['diff', at('same.parquet'), at(name), '--key', 'id']);
    expect(rows).toMatchObject({ before: 5000, after: 5000, same: 5000, changed: 0 });
    expect(schema).toMatchObject({ added: [], removed: [], retyped: [] });
  });
});

describe('read', () => {
  it('what Parquet has not: half floats, views, decimals of any length, durations', () => {
    const kinds = profiled('kinds.arrow');
    expect(kinds.columns.map(({ kind }) => kind)).toEqual(['number', 'text', 'binary', 'text', 'integer']);
    expect(valuesOf(kinds, 'view')).toEqual(['', 'a', 'a text of more than twelve bytes', 'zażółć 🎈']);
    expect(valuesOf(kinds, 'long')).toContain(`-${'12345678901'.repeat(4)}.5`);
    expect(kinds.notes).toEqual([
      'long holds decimals of more than 38 digits and is read as text.',
      'waited holds durations and is read as their number of nanoseconds.',
    ]);
  });

  it('blocks of LZ4 that lean on each other, lists of words that are replaced, and no rows at all', () => {
    const { columns } = slipwayJson<{ columns: { distinct: number }[] }>(['profile', at('linked.arrow')]);
    expect(columns[0]?.distinct).toBe(977);
    expect(profiled('words.arrow').columns[0]?.top).toEqual([
      expect.objectContaining({ value: 'a', rows: 2 }),
      expect.objectContaining({ value: 'q', rows: 2 }),
      expect.objectContaining({ value: 'b', rows: 1 }),
      expect.objectContaining({ value: 'r', rows: 1 }),
    ]);
    const { rows, columns: none } = profiled('empty.arrow');
    expect([rows, none.length]).toEqual([0, 40]);
  });

  it('columns that share a name or have none get one, and that is said', () => {
    const { columns, notes } = profiled('same-names.arrow');
    expect(columns.map(({ name }) => name)).toEqual(['a', 'A_1', 'column2']);
    expect(notes.join(' ')).toContain('Column 2, A, is called A_1 here.');
  });

  it('drift of an Arrow file is that of the Parquet file of the same rows', () => {
    const { code, out } = slipway(['drift', at('same.parquet'), at('file-lz4.arrow'), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).dataset).toMatchObject({ drifted: 0, verdict: 'no drift' });
  });
});

describe('refused', () => {
  it.each([
    ['cut.arrow', 'cut.arrow: it is cut off: its end is missing.'],
    ['cut.arrows', 'cut.arrows: it is cut off or damaged.'],
    ['flipped.arrow', 'flipped.arrow: it is '],
    ['ends.arrow', 'ends.arrow: it holds values of the kind RunEndEncoded, which cannot be read. Write it as Parquet.'],
  ])('%s', (name, says) => {
    const { code, error } = slipway(['profile', at(name)]);
    expect([code, error]).toEqual([3, expect.stringContaining(says)]);
  });

  it('what is no Arrow file by its content', () => {
    writeFileSync(at('text.arrow'), 'a,b\n1,2\n3,4\n');
    writeFileSync(at('nothing.feather'), '');
    expect(slipway(['profile', at('text.arrow')]).error).toContain('text.arrow: it is no Arrow file.');
    expect(slipway(['profile', at('nothing.feather')]).error).toContain('nothing.feather: it is empty.');
  });
});
