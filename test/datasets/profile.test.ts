// What `slipway profile` says of a table is what pandas, numpy and scipy say of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { keepWriting } from '../engine/kept-writing';
import { isClose } from '../statistics/reference';
import { slipway, slipwayJson } from './slipway-cli';

interface Said {
  nulls: number;
  distinct: number;
  mean: number | null;
  sd: number | null;
  skewness: number | null;
  quantiles: number[] | null;
  zeros: number;
  negatives: number;
  infinite: number;
  values: (number | string)[];
  top: Record<string, number>;
}

interface Reference {
  columns: Record<string, Said>;
  narrow: Record<string, number[]>;
  pearson: Record<string, Record<string, number | null>>;
  spearman: Record<string, Record<string, number | null>>;
  cramersV: number;
}

interface Column {
  name: string;
  nulls: number;
  distinct: number;
  is_distinct_exact: boolean;
  numbers:
    | (Pick<Said, 'mean' | 'sd' | 'skewness' | 'zeros' | 'negatives' | 'infinite'> & {
        min: number | string;
        max: number | string;
        quantiles: Record<string, number> | null;
      })
    | null;
  histogram: { edges: number[]; counts: number[] } | null;
  top: { value: string; rows: number }[];
  alerts: { kind: string; text: string }[];
}

interface Profiled {
  rows: number;
  columns: Column[];
  duplicate_rows: number;
  correlations: {
    pairs: { a: string; b: string; pearson: number | null; spearman: number | null; cramers_v: number | null }[];
  };
}

let folder: string;
let said: Reference;
let profile: Profiled;
const column = (name: string, of = profile): Column => of.columns.find((each) => each.name === name) as Column;
const isEqual = (own: number | null, theirs: number | null): boolean =>
  own === null || theirs === null ? own === theirs : isClose(own, theirs);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-profile-'));
  const script = join(import.meta.dirname, 'profile-reference.py');
  const python = process.env.SLIPWAY_TEST_PYTHON_STATISTICS ?? 'python3';
  await keepWriting(folder, {
    by: { python, script, words: [] },
    run: (place) => execFileSync(python, [script, place], { encoding: 'utf8' }),
  });
  said = JSON.parse(readFileSync(join(folder, 'said.json'), 'utf8'));
  profile = slipwayJson(['profile', join(folder, 'table.parquet')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('numbers', () => {
  it('have the nulls, mean, sd, skewness and quantiles of pandas and numpy to 1e-9', () => {
    for (const [name, theirs] of Object.entries(said.columns)) {
      const { nulls, distinct, numbers } = column(name);
      expect([name, nulls, distinct]).toEqual([name, theirs.nulls, theirs.distinct]);
      if (theirs.values === undefined || theirs.values.length === 0) continue;
      for (const key of ['mean', 'sd', 'skewness', 'zeros', 'negatives', 'infinite'] as const) {
        const own = numbers?.[key] ?? null;
        expect([name, key, own, theirs[key], isEqual(own, theirs[key])]).toEqual([name, key, own, theirs[key], true]);
      }
      const quantiles = Object.values(numbers?.quantiles ?? {});
      expect([name, quantiles.every((each, at) => isEqual(each, theirs.quantiles?.[at] ?? null))]).toEqual([
        name,
        true,
      ]);
    }
  });

  it('of few digits have the quantiles of numpy and their own sum, by a contract too', () => {
    const table = join(folder, 'narrow.parquet');
    const { columns } = slipwayJson<Profiled>(['profile', table]);
    for (const { name, numbers } of columns) {
      const own = Object.values(numbers?.quantiles ?? {}).map(Number);
      expect([name, own.every((each, at) => isEqual(each, said.narrow[name]?.[at] ?? null)), own]).toEqual([
        name,
        true,
        said.narrow[name]?.map((value) => expect.closeTo(value, 9)),
      ]);
    }
    const own = (check: string): string => `{ type: custom, engine: slipway, implementation: { ${check} } }`;
    const median = said.narrow.cents?.[2];
    const contract = [
      'apiVersion: v3.1.0',
      'kind: DataContract',
      'id: narrow',
      'version: 1.0.0',
      'status: active',
    ].concat(
      'schema:',
      '  - name: narrow',
      `    properties: [{ name: cents, quality: [${own(`median: { min: ${median}, max: ${median} }`)}] }]`,
      `    quality: [${own('rowSum: { columns: [byte, byte, low], min: 272, max: 272 }')}]`,
    );
    writeFileSync(join(folder, 'narrow.odcs.yaml'), contract.join('\n'));
    const { checks } = slipwayJson<{ checks: { verdict: string }[] }>(['check', table]);
    expect(checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  it('keep every digit beyond 2^53', () => {
    const values = (said.columns.big as Said).values.map((value) => BigInt(value));
    const { numbers } = column('big');
    const least = values.reduce((a, b) => (b < a ? b : a));
    const most = values.reduce((a, b) => (b > a ? b : a));
    expect([numbers?.min, numbers?.max]).toEqual([String(least), String(most)]);
  });

  it('are counted into the bins whose edges are told, left edge within', () => {
    for (const [name, { values }] of Object.entries(said.columns)) {
      if (values === undefined || values.length === 0 || name === 'big') continue;
      const { edges = [], counts = [] } = column(name).histogram ?? {};
      expect(counts.length).toBe(edges.length - 1);
      const own = new Array<number>(counts.length).fill(0);
      for (const value of values as number[]) {
        let bin = edges.findLastIndex((edge) => edge <= value);
        bin = Math.min(counts.length - 1, Math.max(0, bin));
        own[bin] = (own[bin] ?? 0) + 1;
      }
      expect([name, counts]).toEqual([name, own]);
    }
  });
});

describe('categories', () => {
  it('have their rows, the most frequent first', () => {
    for (const name of ['flag', 'city']) {
      const { top } = column(name);
      expect(Object.fromEntries(top.map(({ value, rows }) => [value, rows]))).toEqual(said.columns[name]?.top);
      expect(top.map(({ rows }) => rows)).toEqual(top.map(({ rows }) => rows).sort((a, b) => b - a));
    }
  });
});

describe('pairs of columns', () => {
  it('go together as pandas and scipy say, over the rows that have both', () => {
    const { pairs } = profile.correlations;
    const numbers = pairs.filter(({ a }) => said.pearson[a] !== undefined);
    const names = Object.keys(said.pearson);
    expect(numbers.length).toBe((names.length * (names.length - 1)) / 2);
    for (const { a, b, pearson, spearman } of numbers) {
      const theirs = [said.pearson[a]?.[b] ?? null, said.spearman[a]?.[b] ?? null] as const;
      expect([a, b, isEqual(pearson, theirs[0]), isEqual(spearman, theirs[1])]).toEqual([a, b, true, true]);
    }
    expect(pairs.find(({ a, b }) => a === 'flag' && b === 'city')?.cramers_v).toBeCloseTo(said.cramersV, 9);
  });
});

describe('a CSV', () => {
  it('holds what the Parquet of the same table holds', () => {
    const csv = slipwayJson<Profiled>(['profile', join(folder, 'table.csv')]);
    for (const name of Object.keys(said.columns)) {
      if (name === 'nothing') continue;
      const [own, other] = [column(name, csv), column(name)];
      expect([name, own.nulls, own.distinct, own.top]).toEqual([name, other.nulls, other.distinct, other.top]);
      expect([name, isEqual(own.numbers?.mean ?? null, other.numbers?.mean ?? null)]).toEqual([name, true]);
    }
  });
});

describe('notices', () => {
  it('name what is worth a look, and nothing else', () => {
    const kinds = Object.fromEntries(profile.columns.map(({ name, alerts }) => [name, alerts.map(({ kind }) => kind)]));
    expect(kinds).toEqual({
      normal: [],
      holed: ['missing'],
      far: ['skewed'],
      offset: [],
      steps: [],
      small: [],
      wide: [],
      big: [],
      infinite: ['infinite'],
      zeros: ['zeros'],
      flag: [],
      city: [],
      at: [],
      key: ['unique'],
      same: ['constant'],
      nothing: ['empty'],
      'like normal': [],
    });
  });
});

describe('a table with everything wrong', () => {
  it('has it told column by column, the label given away first', () => {
    const random = new Random(3);
    const rows = Array.from({ length: 2000 }, (_, row) => {
      const late = random.below(10) < 3;
      const minutes = late ? 15 + random.below(60) : random.below(15);
      const date = `${String(1 + (row % 28)).padStart(2, '0')}/${String(1 + (row % 12)).padStart(2, '0')}/2013`;
      // One that is none keeps DuckDB from reading the others as dates.
      const day = row % 100 === 7 ? 'unknown' : date;
      const city = ['New York', 'new york ', 'Boston'][random.below(3)];
      return [
        minutes,
        late,
        day,
        city,
        random.below(100) === 0 ? 'b' : 'a',
        random.below(1000),
        `"0${1000 + random.below(900)}"`,
      ];
    });
    rows.push(...rows.slice(0, 3));
    const path = join(folder, 'wrong.csv');
    const text = [['minutes', 'late', 'day', 'city', 'rare', 'noise', 'code'], ...rows]
      .map((cells) => cells.join())
      .join('\n');
    writeFileSync(path, text);
    const found = slipwayJson<Profiled & { alerts: { kind: string; text: string }[] }>([
      'profile',
      path,
      '--label',
      'late',
    ]);
    const kinds = Object.fromEntries(found.columns.map(({ name, alerts }) => [name, alerts.map(({ kind }) => kind)]));
    expect(kinds).toMatchObject({
      minutes: ['leakage'],
      late: [],
      city: ['variants'],
      rare: ['imbalanced'],
      noise: [],
    });
    expect(kinds.day).toContain('date as text');
    expect(kinds.code).toEqual(['constant length']);
    expect(column('minutes', found).alerts[0]?.text).toMatch(/^tells late alone in/);
    expect(column('city', found).alerts[0]?.text).toContain('New York');
    expect([found.duplicate_rows >= 3, found.alerts[0]?.kind]).toEqual([true, 'duplicates']);
    expect(() => slipwayJson(['profile', path, '--label', 'nope'])).toThrow('There is no column nope to be the label.');
  });

  it('names the value that keeps numbers from being numbers, and decimal commas; nothing goes together in a few rows', () => {
    const path = join(folder, 'texts.csv');
    const rows = Array.from({ length: 200 }, (_, row) =>
      [row === 7 ? 'oops' : row % 90, `"${row},5"`, row % 3 === 0 ? '' : `note ${row}`].join(),
    );
    writeFileSync(path, `amount,price,note\n${rows.join('\n')}\n`);
    const found = slipwayJson<Profiled>(['profile', path]);
    const texts = (name: string): string[] => column(name, found).alerts.map(({ text }) => text);
    expect(texts('amount')).toContain('numbers kept as text, but for oops');
    expect(texts('price')).toContain('numbers with commas kept as text, such as 0,5');
    expect(texts('note')).toContain('all values that are not null differ');
    const few = join(folder, 'few.csv');
    writeFileSync(few, 'a,b\n1,2\n3,5\n');
    expect(slipway(['profile', few]).out).not.toContain('Go together');
    expect(slipway(['profile', path]).out).not.toMatch(/ 0 %/);
  });
});
