// What tells these runs apart: params that differ and metrics, each with one value a run.
import type { Database } from '../../../../../platform/sqlite/database';
import type { RelationStat } from '../../../../../protocol/comparison/relation-stat';
import type { RelationColumn, RelationValues } from '../../../../../protocol/comparison/relations';
import { isMachineMetric } from '../../../../../protocol/machine-metric';
import { type TableCell, type TableColumn, tableColumnId } from '../../../../../protocol/runs/run-table';
import { metricDirection } from '../../../reading/metric-direction';
import { readColumns } from '../../../table/store/column-values';
import { type FoundRun, type TableAsked, TableStates, tableRunsById } from '../../../table/store/found-runs';
import { columnValues } from '../column-kind';

/** So many params, and so many metrics, those that the most runs have. */
const mostNames = 150;
/** Beyond so many rows, names are sought in every n-th run. */
const mostRows = 1_000_000;

interface Name {
  key: string;
  runs: number;
  low: unknown;
  high: unknown;
}

/** The columns of the runs that are still there, in the order in which they were named. */
export function relationValues(
  database: Database,
  { runIds, stat, ...asked }: { runIds: readonly string[]; stat: RelationStat } & TableAsked,
): RelationValues {
  const runs = tableRunsById(database, runIds);
  const looked = thinned(database, runs);
  const params = namesOf(database, 'params', looked);
  const varied = params.filter(({ runs: count, low, high }) => count < looked.length || low !== high);
  const metrics = namesOf(database, 'metric_series', looked).sort((a, b) => rank(a) - rank(b));
  const columns: TableColumn[] = [
    ...mostFilled(varied).map(({ key }) => ({ of: 'param' as const, key })),
    ...mostFilled(metrics).map(({ key }) => ({ of: 'metric' as const, key, stat: statOf(key, stat, asked) })),
    { of: 'fact', key: 'duration' },
  ];
  const cells = readColumns(database, runs, { columns, rules: asked.rules });
  const states = new TableStates(database, asked);
  return {
    runs: runs.map((run) => ({ runId: run.runId, name: run.name, state: states.of(run) })),
    columns: columns
      .map((column, at) => relationColumn(column, cells[at] ?? [], asked))
      .filter(({ values }) => values.some((value) => value !== null)),
    constant: params.length - varied.length,
    left: Math.max(0, varied.length - mostNames) + Math.max(0, metrics.length - mostNames),
  };
}

/** A metric without a direction has no best value: the last one stands for it. */
function statOf(key: string, stat: RelationStat, { rules }: TableAsked): RelationStat {
  return stat === 'best' && metricDirection(key, rules) === 'none' ? 'last' : stat;
}

function relationColumn(column: TableColumn, cells: readonly TableCell[], { rules }: TableAsked): RelationColumn {
  if (column.of === 'fact') {
    const seconds = cells.map((cell) => (typeof cell === 'number' ? cell / 1000 : null));
    return { id: 'duration', of: 'duration', name: 'duration (s)', direction: 'none', kind: 'number', values: seconds };
  }
  if (column.of === 'metric') {
    const { key } = column;
    const direction = metricDirection(key, rules);
    return { id: `metric:${key}`, of: 'metric', name: key, direction, kind: 'number', values: [...cells] };
  }
  return { id: tableColumnId(column), of: 'param', name: column.key, direction: 'none', ...columnValues(cells) };
}

/** What the machine did comes after what the model did. */
function rank({ key }: Name): number {
  return isMachineMetric(key) ? 1 : 0;
}

function mostFilled(names: readonly Name[]): readonly Name[] {
  if (names.length <= mostNames) return names;
  const kept = new Set([...names].sort((a, b) => rank(a) - rank(b) || b.runs - a.runs).slice(0, mostNames));
  return names.filter((name) => kept.has(name));
}

/** Names in their order, in how many runs, with the least and the greatest value. */
function namesOf(database: Database, table: 'params' | 'metric_series', runs: readonly FoundRun[]): Name[] {
  const value = table === 'params' ? 't.value' : 't.last_value';
  return database
    .prepare<[string], Name>(
      `SELECT t.key, count(*) AS runs, min(${value}) AS low, max(${value}) AS high
       FROM json_each(?) w CROSS JOIN ${table} t WHERE t.run = w.value GROUP BY t.key ORDER BY t.key`,
    )
    .all(JSON.stringify(runs.map(({ run }) => run)));
}

function thinned(database: Database, runs: readonly FoundRun[]): readonly FoundRun[] {
  const rows = database
    .prepare<[string], number>(`SELECT count(*) FROM json_each(?) w CROSS JOIN params t WHERE t.run = w.value`)
    .pluck()
    .get(JSON.stringify(runs.map(({ run }) => run)));
  const every = Math.ceil((rows ?? 0) / mostRows);
  return every <= 1 ? runs : runs.filter((_, at) => at % every === 0);
}
