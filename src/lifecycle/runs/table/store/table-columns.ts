// Which columns there are for the runs of a filter, and whether they tell these runs apart.
import type { Database } from '../../../../platform/sqlite/database';
import {
  type ColumnInfo,
  factNames,
  type TableColumns,
  type TableColumnsQuery,
  tableColumnId,
} from '../../../../protocol/runs/run-table';
import { isOwnTag } from '../../../../protocol/runs/run-tag';
import { metricDirection } from '../../reading/metric-direction';
import { numberIn } from '../column-order';
import { usualColumns } from '../usual-columns';
import { type FoundRun, findTableRuns, type TableAsked } from './found-runs';
import { valuesOf } from './shown-values';

/** So many runs are looked at for a first answer: half of them the newest, the others evenly from all. */
const some = 160;
/** Beyond so many values, as the first runs let expect, every n-th run is looked at. */
const mostValues = 4_000_000;
const mostNames = 20_000;

/** What is known of one name so far. */
interface Found {
  runs: number;
  first: unknown;
  isSame: boolean;
  isNumeric: boolean;
}

/** The columns, facts first, then params, metrics and tags by name. */
export function tableColumns(
  database: Database,
  { of, filter, ...asked }: TableColumnsQuery & TableAsked,
): TableColumns {
  const found = findTableRuns(database, { ...asked, filter, limit: null });
  const runs = of === 'some' ? spread(found) : thinned(database, found);
  const numbers = JSON.stringify(runs.map(({ run }) => run));
  const params = namesOf(database, 'params', numbers);
  const tags = namesOf(database, 'tags', numbers);
  const metrics = namesOf(database, 'metric_series', numbers);
  const column = (kind: 'param' | 'tag', [key, each]: [string, Found]): ColumnInfo => ({
    id: tableColumnId({ of: kind, key }),
    ...told(each, runs.length),
    direction: 'none',
  });
  const metric = ([key, each]: [string, Found]): ColumnInfo => ({
    id: tableColumnId({ of: 'metric', key, stat: 'last' }),
    ...told(each, runs.length),
    numeric: true,
    direction: metricDirection(key, asked.rules),
  });
  const named = [
    ...byName(params).map((each) => column('param', each)),
    ...byName(metrics).map(metric),
    ...byName(tags.filter(([key]) => isOwnTag({ key }))).map((each) => column('tag', each)),
  ];
  const items = [...factColumns(database, runs.slice(0, some), asked), ...named.slice(0, mostNames)];
  return {
    items,
    usual: usualColumns(items, asked.rules),
    looked: runs.length,
    left: Math.max(0, named.length - mostNames),
  };
}

function told(found: Found, looked: number): Pick<ColumnInfo, 'runs' | 'varies' | 'numeric'> {
  return { runs: found.runs, varies: !found.isSame || found.runs < looked, numeric: found.isNumeric };
}

function byName(names: [string, Found][]): [string, Found][] {
  return names.sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Read one by one and not by SQL's GROUP BY, which would sort all of them by name. */
function namesOf(database: Database, table: 'params' | 'tags' | 'metric_series', numbers: string): [string, Found][] {
  const value = table === 'metric_series' ? 'CASE t.last_is_nan WHEN 1 THEN NULL ELSE t.last_value END' : 't.value';
  const rows = database
    .prepare<[string]>(`SELECT t.key, ${value} FROM json_each(?) w CROSS JOIN ${table} t WHERE t.run = w.value`)
    .raw()
    .iterate(numbers) as IterableIterator<[string, unknown]>;
  const names = new Map<string, Found>();
  for (const [key, each] of rows) {
    const known = names.get(key);
    if (known === undefined) {
      names.set(key, { runs: 1, first: each, isSame: true, isNumeric: isNumeric(each) });
      continue;
    }
    known.runs += 1;
    if (known.isSame && known.first !== each) known.isSame = false;
    if (known.isNumeric && known.first !== each) known.isNumeric = isNumeric(each);
  }
  return [...names];
}

function isNumeric(value: unknown): boolean {
  return typeof value !== 'string' || numberIn(value) !== undefined;
}

/** What every run has is looked at in the newest ones only: it is there to be chosen in any case. */
function factColumns(database: Database, runs: readonly FoundRun[], asked: TableAsked): ColumnInfo[] {
  const columns = factNames.map((key) => ({ of: 'fact' as const, key }));
  const cells = valuesOf(database, runs, { columns, asked });
  return columns.map((column, place) => {
    const values = cells[place] ?? [];
    const isNumber = ['started', 'duration', 'size'].includes(column.key);
    return {
      id: tableColumnId(column),
      runs: values.filter((value) => value !== null).length,
      varies: new Set(values).size > 1,
      numeric: isNumber,
      direction: 'none' as const,
    };
  });
}

function spread(runs: readonly FoundRun[]): FoundRun[] {
  const newest = runs.slice(0, some / 2);
  const others = runs.slice(some / 2);
  const every = Math.max(1, Math.ceil(others.length / (some / 2)));
  return [...newest, ...others.filter((_, index) => index % every === 0)];
}

function thinned(database: Database, runs: readonly FoundRun[]): readonly FoundRun[] {
  const first = JSON.stringify(runs.slice(0, some).map(({ run }) => run));
  const counted = database
    .prepare<[string, string], { names: number }>(
      `SELECT (SELECT count(*) FROM json_each(?) w JOIN params p ON p.run = w.value)
            + (SELECT count(*) FROM json_each(?) w JOIN metric_series s ON s.run = w.value) AS names`,
    )
    .get(first, first);
  const expected = ((counted?.names ?? 0) / Math.max(1, Math.min(some, runs.length))) * runs.length;
  const every = Math.ceil(expected / mostValues);
  return every <= 1 ? runs : runs.filter((_, index) => index % every === 0);
}
