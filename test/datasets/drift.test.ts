// slipway drift through the built command line: what it prints, how it ends, and what it says of odd and bad tables.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDataProcess } from '../../src/client/data/data-process';
import { driftOptions } from '../../src/protocol/datasets/drift';
import type { TableSource } from '../../src/protocol/datasets/table-source';
import { Random } from '../../src/statistics/random';
import { type Printed, slipway } from './slipway-cli';

const folder = mkdtempSync(join(tmpdir(), 'slipway-drift-'));
const random = new Random(20);
const bundle = resolve(import.meta.dirname, '../../dist');

interface Told {
  columns: {
    column: string;
    kind: string;
    method: string;
    score: number;
    p_value: number | null;
    threshold: number;
    verdict: string;
  }[];
  dataset: { drifted: number; columns: number; share: number; verdict: string };
}

const drift = (...args: string[]): Printed => slipway(['drift', ...args], folder);
const told = (...args: string[]): Told => JSON.parse(drift(...args, '--json').out) as Told;

function csv(name: string, columns: Record<string, (row: number) => unknown>, rows: number): void {
  const names = Object.keys(columns);
  const cell = (value: unknown): string => {
    const text = value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = Array.from({ length: rows }, (_, row) => names.map((each) => cell(columns[each]?.(row))).join(','));
  writeFileSync(join(folder, name), `${[names.map(cell).join(','), ...lines].join('\n')}\n`);
}

/** Rain falls in `wet` of the rows, `lost` of the second column are missing. */
const weather = ({ wet = 0.1, lost = 0, west = 0.2 }) => ({
  temp: () => random.normal(),
  rain: () => (random.uniform() < wet ? -Math.log(1 - random.uniform()) : 0),
  wind: () => (random.uniform() < lost ? null : random.normal() * 3 + 10),
  side: () => (random.uniform() < west ? 'west' : 'east'),
});

beforeAll(() => {
  csv('reference.csv', weather({}), 3000);
  csv('same.csv', weather({}), 2000);
  csv('few.csv', weather({}), 40);
  csv('moved.csv', weather({ wet: 0.5, lost: 0.3, west: 0.5 }), 2000);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the answer', () => {
  it('has exactly the keys that are promised, and leaves nothing behind', () => {
    const { code, out } = drift('reference.csv', 'moved.csv', '--json');
    const { columns, dataset, ...rest } = JSON.parse(out);
    expect(code).toBe(1);
    expect(rest).toEqual({ skipped: [] });
    expect(Object.keys(columns[0])).toEqual([
      ...['column', 'kind', 'method', 'score', 'p_value', 'threshold', 'noise', 'verdict'],
    ]);
    expect(dataset).toEqual({ drifted: 3, columns: 4, share: 0.75, verdict: 'drift' });
    expect(readdirSync(folder).filter((name) => !name.endsWith('.csv'))).toEqual([]);
  });

  it('sees rain in rows that were dry, values that went missing, and a share that moved; and nothing in the rest', () => {
    const verdicts = told('reference.csv', 'moved.csv').columns.map(({ column, verdict }) => [column, verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({ temp: 'no drift', rain: 'drift', wind: 'drift', side: 'drift' });
    // Evidently leaves nulls out.
    const theirs = told('reference.csv', 'moved.csv', '--preset', 'evidently').columns;
    expect(theirs.find(({ column }) => column === 'wind')?.verdict).toBe('no drift');
  });

  it('ends with 0 without drift, 2 where too few rows tell, 3 with one sentence where nothing can be said', () => {
    expect(drift('reference.csv', 'same.csv').code).toBe(0);
    expect(drift('reference.csv', 'few.csv').code).toBe(2);
    const none = drift('reference.csv', 'missing.csv');
    expect(none.code).toBe(3);
    expect(none.error).toBe('slipway: There is no file missing.csv.\n');
  });

  it('says that it cannot tell where a column of the reference is gone or of another kind', () => {
    csv('wider.csv', { ...weather({}), gone: (row) => row % 7, code: (row) => row % 3 }, 3000);
    csv('coded.csv', { ...weather({}), code: (row) => `c${row % 3}`, extra: (row) => row }, 2000);
    const { code, out } = drift('wider.csv', 'coded.csv');
    expect([code, out.split('\n')[0]]).toEqual([
      2,
      'Cannot tell: code holds numbers in the reference and texts now; gone is not in the current table. Else 0 of 4 columns drifted.',
    ]);
    const { skipped, dataset } = JSON.parse(drift('wider.csv', 'coded.csv', '--json').out);
    expect(dataset).toEqual({ drifted: 0, columns: 4, share: 0, verdict: 'too small to tell' });
    expect(skipped.map((each: { column: string }) => each.column)).toEqual(['code', 'extra', 'gone']);
    csv('gone.csv', weather({ wet: 0.5 }), 2000);
    const moved = drift('wider.csv', 'gone.csv');
    expect([moved.code, moved.out.split('\n')[0]]).toEqual([
      1,
      'Drift: 1 of 4 columns drifted; gone is not in the current table; code is not in the current table.',
    ]);
    expect(drift('reference.csv', 'coded.csv').code).toBe(0);
    csv('day.csv', { ...weather({}), day: () => '2013-01-01' }, 3000);
    csv('word.csv', { ...weather({}), day: () => 'monday' }, 2000);
    csv('later.csv', { ...weather({}), day: () => '2014-01-01 07:00:00' }, 2000);
    csv('without.csv', { ...weather({}), day: () => null }, 2000);
    expect(drift('day.csv', 'word.csv').out).toMatch(/^Cannot tell: day holds dates in the reference and texts now\./);
    expect(drift('day.csv', 'later.csv').out).toMatch(/^No drift/);
    expect(drift('day.csv', 'without.csv').out).toMatch(/^No drift/);
  });

  it('said that there is no drift where a column that held numbers, or texts, is empty now', () => {
    const words = (row: number): string => `flight number ${row} was late by ${row % 7} minutes, the crew said`;
    const columns = { temp: (row: number) => (row * 37) % 101, wind: (row: number) => (row * 53) % 97 };
    csv('whole.csv', columns, 3000);
    csv('emptied.csv', { ...columns, wind: () => null }, 3000);
    csv('spoken.csv', { ...columns, said: words }, 3000);
    csv('silent.csv', { ...columns, said: () => null }, 3000);
    const first = (...args: string[]): string => drift(...args, '--method', 'ks').out.split('\n')[0] ?? '';
    expect(first('whole.csv', 'emptied.csv')).toMatch(/^Cannot tell: wind has no number on one side\. Else 0 of/);
    expect(first('spoken.csv', 'silent.csv')).toMatch(/^Cannot tell: said holds texts, and fewer than 10 of them/);
    // What was empty and is not any more: nothing of the reference is lost.
    expect(first('emptied.csv', 'whole.csv')).toMatch(/^No drift/);
    expect(told('spoken.csv', 'silent.csv', '--preset', 'evidently').dataset.verdict).toBe('no drift');
  });

  it('is for people a sentence and a table, what drifted first', () => {
    const { out } = drift('reference.csv', 'moved.csv');
    expect(out).toMatch(
      /^Drift: 3 of 4 columns drifted\.\n\ncolumn +kind +method +score +threshold +noise +p, BH +verdict\n/,
    );
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^temp .* no drift$/);
  });

  it('names what moved for certain and stays below the threshold, and says where Evidently begins', () => {
    const table = (shift: number) => ({
      far: () => random.normal() + shift,
      near: () => random.normal() + shift / 14,
      same: () => random.normal(),
    });
    csv('large.csv', table(0), 20_000);
    csv('nudged.csv', table(1), 20_000);
    const { out } = drift('large.csv', 'nudged.csv');
    expect(out).toMatch(/^near .* < \.001 +no drift$/m);
    expect(out).toContain('Columns that moved beyond their noise and stay below the threshold: near.\n');
    expect(drift('reference.csv', 'same.csv').out).not.toContain('Columns that moved');
    expect(drift('large.csv', 'nudged.csv', '--preset', 'evidently').out).toMatch(
      /^No drift: 1 of 3 columns drifted; drift of the dataset begins at half of the columns \(2 of 3\)\.\n/,
    );
  });

  it('takes columns, a method and a threshold', () => {
    const { columns } = told('reference.csv', 'moved.csv', '--columns', 'side,temp', '--method', 'jensenshannon');
    expect(columns.map(({ column, method }) => [column, method])).toEqual([
      ['side', 'jensenshannon'],
      ['temp', 'jensenshannon'],
    ]);
    expect(told('reference.csv', 'moved.csv', '--threshold', '9').dataset.drifted).toBe(0);
    const impossible = slipway(['drift', 'reference.csv', 'moved.csv', '--method', 'ks', '--threshold', '2'], folder);
    expect([impossible.code, impossible.error]).toEqual([3, expect.stringContaining('from 0 to 1')]);
    const ks = told('reference.csv', 'moved.csv', '--method', 'ks').columns.find(({ column }) => column === 'rain');
    expect(ks?.score).toBe(ks?.p_value);
  });

  it('a threshold is of the method it was given with: columns that another one judges keep theirs', () => {
    for (const preset of ['slipway', 'evidently']) {
      const given = ['reference.csv', 'moved.csv', '--preset', preset, '--method', 'ks'];
      const usual = told(...given).columns;
      const judged = told(...given, '--threshold', '0.001').columns;
      expect(judged.filter(({ method }) => method === 'ks').map(({ threshold }) => threshold)).toContain(0.001);
      const others = usual.filter(({ method }) => method !== 'ks');
      expect(others.length).toBeGreaterThan(0);
      expect(judged.filter(({ method }) => method !== 'ks')).toEqual(others);
    }
  });

  it('is the same of Parquet and JSON as of CSV, on either side', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const duck = await instance.connect();
    const from = (name: string): string => `read_csv('${join(folder, name)}')`;
    await duck.run(`COPY (FROM ${from('reference.csv')}) TO '${join(folder, 'reference.parquet')}'`);
    await duck.run(`COPY (FROM ${from('moved.csv')}) TO '${join(folder, 'moved.jsonl')}' (FORMAT json)`);
    duck.closeSync();
    instance.closeSync();
    const expected = told('reference.csv', 'moved.csv');
    expect(told('reference.parquet', 'moved.jsonl')).toEqual(expected);
    expect(told('reference.parquet', 'moved.csv')).toEqual(expected);
  });

  it('is the same of a CSV whose numbers do not stay in memory, and where the disk has no room for them', async () => {
    const made = (shift: number): Record<string, (row: number) => unknown> => ({
      whole: (row) => row % 977,
      lost: (row) => (row % 3 === 0 ? null : random.normal() + shift),
      infinite: (row) => ({ 5: 'inf', 6: '-inf', 7: 'nan' })[row % 11] ?? random.normal() * 1e9,
      side: (row) => ['north', 'east', 'west'][(row * 7) % 3],
    });
    csv('long.csv', made(0), 30_000);
    csv('longer.csv', made(0.5), 41_000);
    await asParquet('long.csv', 'longer.csv');
    const fromCsv = told('long.csv', 'longer.csv');
    expect(fromCsv).toEqual(told('long.parquet', 'longer.parquet'));
    expect(fromCsv.columns.map(({ verdict }) => verdict)).toEqual(['no drift', 'drift', 'no drift', 'no drift']);
    const shell = ['-c', 'ulimit -f 300 && exec "$@"', 'sh', process.execPath, join(bundle, 'cli.js')];
    const limited = spawnSync('sh', [...shell, 'drift', 'long.csv', 'longer.csv', '--json'], { cwd: folder });
    expect(JSON.parse(String(limited.stdout))).toEqual(JSON.parse(drift('long.csv', 'longer.csv', '--json').out));
  });
});

/** Writes the same tables as Parquet. */
async function asParquet(...names: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  for (const name of names) {
    const from = `read_csv('${join(folder, name)}', nullstr=['', 'nan'], sample_size=-1)`;
    await duck.run(`COPY (FROM ${from}) TO '${join(folder, name.replace('csv', 'parquet'))}'`);
  }
  duck.closeSync();
  instance.closeSync();
}

describe('odd tables', () => {
  it('a column that names its rows makes no batch drift, unless it is asked for', () => {
    const values = { code: (row: number) => `O-${row}`, temp: () => random.normal() };
    csv('january.csv', { order_id: (row) => 400_000 + row, ...values }, 1200);
    csv('february.csv', { order_id: (row) => 500_000 + row, ...values, code: (row) => `P-${row}` }, 1200);
    const { code, out } = drift('january.csv', 'february.csv');
    expect([code, out.split('\n')[0]]).toEqual([0, 'No drift: 0 of 1 column drifted.']);
    expect(out).toContain('Not judged: order_id is a key: it has another value in every row.');
    expect(out).toContain('Not judged: code is a key: it has another value in every row.');
    const asked = told('january.csv', 'february.csv', '--columns', 'order_id');
    expect(asked.columns.map(({ verdict }) => verdict)).toEqual(['drift']);
    const evidently = told('january.csv', 'february.csv', '--preset', 'evidently');
    expect(evidently.columns.map(({ column }) => column)).toContain('order_id');
  });

  it('columns without values, of one value, with infinities and of numbers beyond 2^53 have a verdict', () => {
    csv(
      'odd.csv',
      { a: () => null, b: () => 5, c: (row) => (row % 9 !== 4 ? row / 7 : 'inf'), d: (row) => 2n ** 60n + BigInt(row) },
      600,
    );
    csv(
      'odder.csv',
      { a: () => 1, b: () => 5, c: (row) => (row % 9 !== 4 ? row / 7 : '-inf'), d: (row) => 2n ** 61n + BigInt(row) },
      600,
    );
    const verdicts = told('odd.csv', 'odder.csv').columns.map(({ column, verdict }) => [column, verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({ a: 'drift', b: 'no drift', c: 'no drift', d: 'drift' });
    expect(told('odd.csv', 'odd.csv').dataset.verdict).toBe('no drift');
  });

  it('names of columns are only names', () => {
    const names = { '"; DROP TABLE x': () => random.normal(), "ü ✓, 'q'": () => 'a', 'a b': (row: number) => row % 4 };
    csv('names.csv', names, 500);
    expect(told('names.csv', 'names.csv').columns.map(({ column }) => column)).toEqual(Object.keys(names));
  });

  it('what is not judged is named with its reason, and not among what is printed as JSON', () => {
    csv('dated.csv', { day: (row) => `2013-01-${String(1 + (row % 28)).padStart(2, '0')}`, n: (row) => row % 50 }, 400);
    csv(
      'changed.csv',
      { day: (row) => `2013-02-${String(1 + (row % 28)).padStart(2, '0')}`, n: (row) => `n${row % 50}`, x: () => 1 },
      400,
    );
    const { code, error } = drift('dated.csv', 'changed.csv', '--json');
    expect(code).toBe(3);
    expect(error).toContain('There is no column to compare. day holds dates, which move by themselves.');
    csv('changed.csv', { day: () => '2013-02-01', n: (row) => row % 50, x: () => 1 }, 400);
    const some = drift('dated.csv', 'changed.csv', '--json');
    expect(some.error).toBe(
      'Not judged: day holds dates, which move by themselves.\nNot judged: x is not in the reference.\n',
    );
    expect((JSON.parse(some.out) as Told).columns.map(({ column }) => column)).toEqual(['n']);
    expect(told('dated.csv', 'changed.csv', '--columns', 'day').columns.map(({ verdict }) => verdict)).toEqual([
      'drift',
    ]);
  });

  it('texts are told apart by a classifier of our own', () => {
    const words = ['late', 'gate', 'crew', 'storm', 'cargo', 'runway', 'fuel'];
    const text = (extra: string) => (row: number) =>
      `flight ${row} ${words[random.below(7)]} ${words[random.below(7)]} ${random.uniform() < 0.5 ? extra : 'and'}`;
    csv('texts.csv', { note: text('snow') }, 700);
    csv('same texts.csv', { note: text('snow') }, 600);
    csv('other texts.csv', { note: text('strike') }, 600);
    const [same] = told('texts.csv', 'same texts.csv').columns;
    const [other] = told('texts.csv', 'other texts.csv').columns;
    expect([same?.kind, same?.method, same?.verdict]).toEqual(['text', 'own method: domain classifier', 'no drift']);
    expect(other?.verdict).toBe('drift');
  });

  it('of two files the one that is broken is named, with its line', () => {
    writeFileSync(join(folder, 'ragged.csv'), 'side,temp\neast,1\neast,2,3\n');
    for (const args of [
      ['reference.csv', 'ragged.csv'],
      ['ragged.csv', 'reference.csv'],
    ])
      expect(drift(...args).error).toBe('slipway: ragged.csv:3: the row has 3 values, and the header 2.\n');
  });

  it('one row, no rows, no common column and a column that is nowhere are told in a sentence', () => {
    csv('one.csv', weather({}), 1);
    csv('none.csv', weather({}), 0);
    csv('other.csv', { z: () => 1 }, 5);
    expect(drift('reference.csv', 'one.csv').code).toBe(2);
    expect(drift('reference.csv', 'none.csv').error).toBe('slipway: The current table has no rows.\n');
    expect(drift('reference.csv', 'other.csv').error).toContain('There is no column to compare.');
    expect(drift('reference.csv', 'same.csv', '--columns', 'nope').error).toBe(
      'slipway: Neither table has a column nope.\n',
    );
    for (const args of [
      ['--method', 'magic'],
      ['--threshold', 'x'],
      ['--preset', 'x'],
    ])
      expect(drift('reference.csv', 'same.csv', ...args).code).toBe(3);
  });
});

describe('what a panel draws', () => {
  const table = (name: string): TableSource => ({ files: [join(folder, name)], format: 'csv' });
  const sides = { reference: table('reference.csv'), current: table('moved.csv') };

  it('is of numbers two histograms and the largest gap, of categories the one that moved', async () => {
    await withDataProcess({ bundle }, async (data) => {
      const rain = await data.ask('driftColumn', { ...sides, column: 'rain', preset: 'slipway' });
      expect(rain.numbers?.histogram.reference.reduce((sum, count) => sum + count, 0)).toBe(3000);
      expect(rain.numbers?.gap.distance).toBeGreaterThan(0.3);
      expect(rain.numbers?.gap.x).toBe(0);
      expect(rain.categories).toBeNull();
      const side = await data.ask('driftColumn', { ...sides, column: 'side', preset: 'slipway' });
      expect(side.categories?.values.map(({ value }) => value).sort()).toEqual(['east', 'west']);
      expect(side.categories?.moved?.value).toMatch(/^(east|west)$/);
      await expect(data.ask('driftColumn', { ...sides, column: 'nope', preset: 'slipway' })).rejects.toThrow(
        'Neither table has a column nope.',
      );
    });
  });

  it('comes with its progress, and can be taken back', async () => {
    await withDataProcess({ bundle }, async (data) => {
      const input = { ...sides, options: driftOptions.parse({}) };
      const steps: number[] = [];
      const found = await data.ask('drift', input, { onProgress: ({ done }) => steps.push(done) });
      expect(found.columns.map(({ current }) => current.rows)).toEqual([2000, 2000, 2000, 2000]);
      expect(found.columns.find(({ column }) => column === 'wind')?.current.nulls).toBeGreaterThan(400);
      expect(Math.max(...steps)).toBe(3);
      const taken = new AbortController();
      const asked = data.ask('drift', input, { signal: taken.signal, onProgress: () => taken.abort() });
      await expect(asked).rejects.toThrow('This was cancelled.');
      expect((await data.ask('drift', input)).dataset.verdict).toBe('drift');
    });
  });
});
