// The values of some columns for some runs: few columns of many runs to order them, many columns of few runs to show them.
import type { Database } from '../../../../platform/sqlite/database';
import { toWire } from '../../../../protocol/number';
import type { TableCell, TableColumn } from '../../../../protocol/runs/run-table';
import { type MetricRules, metricDirection } from '../../reading/metric-direction';
import { readFacts } from './fact-values';

/** Of a longer param or tag the beginning is shown, and ordered by. */
const longestText = 300;
const manyRuns = 2000;

/** A run as far as its columns need it. */
export interface TableRun {
  run: number;
  runId: string;
}

interface Text {
  run: number;
  key: string;
  value: string;
}

interface Series {
  run: number;
  key: string;
  last: number;
  nan: number;
  min: number | null;
  minStep: number | null;
  max: number | null;
  maxStep: number | null;
}

/** The cells of some columns: one list a column, in the order of the runs; null where a run has no value. */
export function readColumns(
  database: Database,
  runs: readonly TableRun[],
  { columns, rules }: { columns: readonly TableColumn[]; rules: MetricRules },
): TableCell[][] {
  const cells = columns.map(() => new Array<TableCell>(runs.length).fill(null));
  const index = new Map(runs.map(({ run }, at) => [run, at]));
  const numbers = JSON.stringify(runs.map(({ run }) => run));
  const put = (run: number, place: number, value: TableCell): void => {
    const at = index.get(run);
    const column = cells[place];
    if (at !== undefined && column !== undefined) column[at] = value;
  };
  for (const kind of ['param', 'tag'] as const) {
    const places = placesOf(columns, kind);
    for (const { run, key, value } of texts(database, kind, { numbers, keys: [...places.keys()] }))
      for (const place of places.get(key) ?? []) put(run, place, value);
  }
  const places = placesOf(columns, 'metric');
  if (runs.length < manyRuns) {
    for (const series of seriesOf(database, { numbers, keys: [...places.keys()] })) {
      for (const place of places.get(series.key) ?? [])
        put(series.run, place, metricCell(series, columns[place], rules));
    }
  } else {
    for (const place of [...places.values()].flat()) {
      for (const [run, value, nan] of oneNumber(database, columns[place], rules))
        put(run, place, nan === 1 ? 'NaN' : value === null ? null : toWire(value));
    }
  }
  readFacts(database, runs, { columns, numbers, put });
  return cells;
}

/** Where the columns of one kind stand, by their key. */
function placesOf(columns: readonly TableColumn[], kind: TableColumn['of']): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, column] of columns.entries())
    if (column.of === kind) places.set(column.key, [...(places.get(column.key) ?? []), place]);
  return places;
}

function texts(
  database: Database,
  kind: 'param' | 'tag',
  { numbers, keys }: { numbers: string; keys: readonly string[] },
): Text[] {
  if (keys.length === 0) return [];
  return database
    .prepare<[string, string], Text>(
      `SELECT t.run, t.key, substr(t.value, 1, ${longestText}) AS value
       FROM json_each(?) w CROSS JOIN json_each(?) k CROSS JOIN ${kind}s t
       WHERE t.run = w.value AND t.key = k.value`,
    )
    .all(numbers, JSON.stringify(keys));
}

function seriesOf(database: Database, { numbers, keys }: { numbers: string; keys: readonly string[] }): Series[] {
  if (keys.length === 0) return [];
  return database
    .prepare<[string, string], Series>(
      `SELECT s.run, s.key, s.last_value AS last, s.last_is_nan AS nan, s.min_value AS min, s.min_step AS minStep,
              s.max_value AS max, s.max_step AS maxStep
       FROM json_each(?) w CROSS JOIN json_each(?) k CROSS JOIN metric_series s
       WHERE s.run = w.value AND s.key = k.value`,
    )
    .all(numbers, JSON.stringify(keys));
}

/** One number of a metric of very many runs, read as it lies by its key and not run by run. */
function oneNumber(
  database: Database,
  column: TableColumn | undefined,
  rules: MetricRules,
): [run: number, value: number | null, nan: 0 | 1][] {
  if (column?.of !== 'metric') return [];
  const direction = metricDirection(column.key, rules);
  const isOfBest = column.stat === 'best' || column.stat === 'step';
  if (isOfBest && direction === 'none') return [];
  const best = direction === 'up' ? 'max' : 'min';
  const value = { last: 'last_value', min: 'min_value', max: 'max_value', best: `${best}_value`, step: `${best}_step` };
  const nan = column.stat === 'last' ? 'last_is_nan' : '0';
  return database
    .prepare<[string]>(`SELECT run, ${value[column.stat]}, ${nan} FROM metric_series WHERE key = ?`)
    .raw()
    .all(column.key) as [number, number | null, 0 | 1][];
}

function metricCell(series: Series, column: TableColumn | undefined, rules: MetricRules): TableCell {
  if (column?.of !== 'metric') return null;
  const wire = (value: number | null): TableCell => (value === null ? null : toWire(value));
  if (column.stat === 'last') return series.nan === 1 ? 'NaN' : toWire(series.last);
  if (column.stat === 'min') return wire(series.min);
  if (column.stat === 'max') return wire(series.max);
  const direction = metricDirection(series.key, rules);
  if (direction === 'none') return null;
  if (column.stat === 'best') return wire(direction === 'up' ? series.max : series.min);
  return wire(direction === 'up' ? series.maxStep : series.minStep);
}
