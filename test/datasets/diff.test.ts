// `slipway diff` counts every row that came, went or changed, as a plain comparison of the same rows does.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDataProcess } from '../../src/client/data/data-process';
import { Random } from '../../src/statistics/random';
import { slipway, slipwayJson } from './slipway-cli';

type Row = Record<string, string>;

interface Diff {
  schema: {
    added: { name: string }[];
    removed: { name: string }[];
    retyped: { name: string }[];
    is_reordered: boolean;
  };
  rows: {
    before: number;
    after: number;
    added: number;
    removed: number;
    changed: number;
    same: number;
    ambiguous: { before: number; after: number };
    columns: { name: string; rows: number }[];
  };
  examples: { columns: string[]; changed: { before: string[]; after: string[]; changed: string[] }[] };
  columns: { name: string; before: { nulls: number; mean: number | null } | null; after: { nulls: number } | null }[];
}

const random = new Random(7);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-diff-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, columns: readonly string[], rows: readonly Row[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((cells) => cells.join()).join('\n'),
  );
  return path;
}
const made = (id: number): Row => ({
  id: String(id),
  day: `2013-01-${String(1 + (id % 28)).padStart(2, '0')}`,
  city: ['a', 'b', 'ü', ''][random.below(4)] as string,
  n: String(random.below(5)),
});

it('by a key of two columns, with nulls, changes and keys that occur twice', () => {
  const before = Array.from({ length: 3000 }, (_, id) => made(id));
  const after = before
    .filter(() => random.below(10) > 0)
    .map((row) => ({
      ...row,
      ...(random.below(5) === 0 ? { n: String(random.below(5)) } : {}),
      ...(random.below(9) === 0 ? { city: 'new' } : {}),
    }))
    .concat(Array.from({ length: 200 }, (_, more) => made(5000 + more)));
  after.push({ ...(after[3] as Row), n: '99' }, { ...(after[4] as Row) });
  after.reverse();
  const keyOf = ({ id, day }: Row): string => `${id} ${day}`;
  const byKey = (rows: readonly Row[]): Map<string, Row[]> => Map.groupBy(rows, keyOf);
  const [was, is] = [byKey(before), byKey(after)];
  const expected = { added: 0, removed: 0, changed: 0, same: 0, n: 0, city: 0, twiceBefore: 0, twiceAfter: 0 };
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [one, other] = [was.get(key) ?? [], is.get(key) ?? []];
    if (one.length > 1 || other.length > 1) {
      expected.twiceBefore += one.length;
      expected.twiceAfter += other.length;
    } else if (one[0] === undefined) expected.added += 1;
    else if (other[0] === undefined) expected.removed += 1;
    else {
      const [n, city] = [one[0].n !== other[0].n, one[0].city !== other[0].city];
      expected.n += Number(n);
      expected.city += Number(city);
      expected[n || city ? 'changed' : 'same'] += 1;
    }
  }
  const columns = ['id', 'day', 'city', 'n'];
  const paths = [
    write('before.csv', columns, before),
    write('after.csv', ['n', ...columns.slice(0, 3), 'extra'], after),
  ];
  const { rows, schema, examples } = slipwayJson<Diff>(['diff', ...paths, '--key', 'id,day']);
  const { added, removed, changed, same, ambiguous } = rows;
  expect({ added, removed, changed, same }).toEqual({
    added: expected.added,
    removed: expected.removed,
    changed: expected.changed,
    same: expected.same,
  });
  expect(ambiguous).toEqual({ before: expected.twiceBefore, after: expected.twiceAfter });
  expect(Object.fromEntries(rows.columns.map((each) => [each.name, each.rows]))).toEqual({
    n: expected.n,
    city: expected.city,
  });
  expect([schema.added.map(({ name }) => name), schema.is_reordered]).toEqual([['extra'], true]);
  for (const { before: one, after: other, changed: names } of examples.changed) {
    const differing = examples.columns.filter((_, at) => one[at] !== other[at]);
    expect(names).toEqual(differing);
  }
});

it('by whole rows, each as often as it occurs', () => {
  const row = (a: number, b: string): Row => ({ a: String(a), b });
  const before = [row(1, 'x'), row(1, 'x'), row(1, 'x'), row(2, ''), row(3, 'y')];
  const after = [row(3, 'y'), row(1, 'x'), row(2, ''), row(2, ''), row(4, 'z')];
  const { rows } = slipwayJson<Diff>(['diff', write('b.csv', ['a', 'b'], before), write('a.csv', ['a', 'b'], after)]);
  expect(rows).toMatchObject({ before: 5, after: 5, added: 2, removed: 2, changed: 0, same: 3 });
});

it('columns of another type are compared by what they hold, and a wrong key is named', () => {
  const paths = [
    write(
      'whole.csv',
      ['id', 'v'],
      [
        { id: '1', v: '2' },
        { id: '2', v: '3' },
      ],
    ),
    write(
      'parts.csv',
      ['id', 'v'],
      [
        { id: '1', v: '2.0' },
        { id: '2', v: '3.5' },
      ],
    ),
  ];
  const { rows, schema, columns } = slipwayJson<Diff>(['diff', ...paths, '--key', 'id']);
  expect([rows.changed, rows.same, schema.retyped.map(({ name }) => name)]).toEqual([1, 1, ['v']]);
  expect(columns.find(({ name }) => name === 'v')?.before?.mean).toBe(2.5);
  const { code, error } = slipway(['diff', ...paths, '--key', 'nope']);
  expect([code, error.trim()]).toEqual([
    3,
    'slipway: The tables have no column nope in common, which is named as the key.',
  ]);
});

it('tables without a column in common have no row in common', () => {
  const before = write('named.csv', ['ID', 'N'], [{ ID: '1', N: '2' }]);
  const after = write('renamed.csv', ['id', 'n'], [{ id: '1', n: '2' }]);
  expect(slipwayJson<Diff>(['diff', before, after]).rows).toMatchObject({ added: 1, removed: 1, same: 0 });
  expect(slipway(['diff', before, after])).not.toContain('+');
});

it('names the columns above rows that came and went, the key first', () => {
  const rows = (from: number): Row[] => [0, 1].map((at) => ({ name: `n${at}`, id: String(from + at), size: '5' }));
  const before = write('headed.csv', ['name', 'id', 'size'], rows(1));
  const after = write('headed-after.csv', ['name', 'id', 'size'], rows(2));
  expect(slipway(['diff', before, after, '--key', 'id']).out).toContain(
    '\n  id (key), name, size\n+ 3, n1, 5\n- 1, n0, 5\n',
  );
  expect(slipway(['diff', before, after]).out).toContain('\n  name, id, size\n+ ');
  expect(slipway(['diff', before, before]).out).not.toContain('name, id, size');
});

it('--exit-code tells a script whether tables differ', () => {
  const file = (name: string, ...lines: string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  };
  const one = file('one.csv', 'id,v', '1,a', '2,b');
  const code = (other: string, ...more: string[]): number | null => slipway(['diff', one, other, ...more]).code;
  expect(code(file('turned.csv', 'id,v', '2,b', '1,a'), '--exit-code', '--key', 'id')).toBe(0);
  const changed = file('changed.csv', 'id,v', '1,a', '2,c');
  expect([code(changed), code(changed, '--exit-code'), code(changed, '--exit-code', '--key', 'id')]).toEqual([0, 1, 1]);
  expect(code(file('wider.csv', 'id,v,w', '1,a,', '2,b,'), '--exit-code')).toBe(1);
  const twice = file('twice.csv', 'id,v', '1,a', '2,b', '2,b');
  expect(code(twice, '--exit-code', '--key', 'id')).toBe(2);
});

it('tables of more columns than are taken in at once are compared as tables of few', () => {
  const names = Array.from({ length: 1100 }, (_, at) => `c${at}`);
  const cellOf = (id: number, at: number): string =>
    at % 50 === 7 && id % 4 === 0 ? '' : at % 5 === 0 ? `t${id % 3}` : String((id * 37 + at) % 11);
  const rows = Array.from({ length: 40 }, (_, id): Row => {
    return { id: String(id), ...Object.fromEntries(names.map((name, at) => [name, cellOf(id, at)])) };
  });
  const changes: Record<number, Row> = { 3: { c7: '99' }, 5: { c1051: '98', c10: 'new' } };
  const moved = rows.filter((_, id) => id !== 9).map((row) => ({ ...row, ...changes[Number(row.id)] }));
  const after = [...moved, { ...rows[0], id: '100' }] as Row[];
  const few = ['c7', 'c10', 'c1051', 'c1096'];
  const sides = (columns: readonly string[], name: string): [string, string] => [
    write(`${name}-before.csv`, ['id', ...columns], rows),
    write(`${name}-after.csv`, [...columns.toReversed(), 'id'], after),
  ];
  for (const key of [['--key', 'id'], []]) {
    const wide = slipwayJson<Diff>(['diff', ...sides(names, 'wide'), ...key]);
    const narrow = slipwayJson<Diff>(['diff', ...sides(few, 'narrow'), ...key]);
    expect(wide.rows).toEqual(narrow.rows);
    expect(wide.examples.changed.map(({ changed }) => changed)).toEqual(
      narrow.examples.changed.map(({ changed }) => changed),
    );
    expect(wide.examples.columns).toHaveLength(1101);
    const told = (diff: Diff) => few.map((name) => diff.columns.find((column) => column.name === name));
    expect(told(wide)).toEqual(told(narrow));
    expect(wide.columns).toHaveLength(1101);
  }
}, 120_000);

it('tables with a column called slipway_row', () => {
  const columns = ['slipway_row', 'n'];
  const before = write('numbered.csv', columns, [
    { slipway_row: '7', n: '1' },
    { slipway_row: '8', n: '2' },
  ]);
  const after = write('numbered-after.csv', columns, [
    { slipway_row: '7', n: '1' },
    { slipway_row: '8', n: '3' },
  ]);
  const whole = slipwayJson<Diff>(['diff', before, after]);
  expect(whole.rows).toMatchObject({ added: 1, removed: 1 });
  const keyed = slipwayJson<Diff>(['diff', before, after, '--key', 'slipway_row']);
  expect(keyed.rows).toMatchObject({ changed: 1, same: 1, added: 0, removed: 0 });
});

it('a grid of a table with a column called slipway_row', async () => {
  const path = write('grid.csv', ['slipway_row'], [{ slipway_row: '7' }, { slipway_row: '9' }, { slipway_row: '8' }]);
  const page = await withDataProcess({ bundle: join(import.meta.dirname, '..', '..', 'dist') }, (data) =>
    data.ask('gridPage', {
      source: { files: [path], format: 'csv' },
      offset: 0,
      limit: 2,
      sort: [{ column: 'slipway_row', descending: true }],
      filters: [],
      columns: null,
    }),
  );
  expect(page.rows).toEqual([
    { row: 2, cells: ['9'] },
    { row: 3, cells: ['8'] },
  ]);
});
