// What a damaged tracking database of MLflow has lost, as far as its other tables tell: runs, experiments, series of points.
import { basename } from 'node:path';
import type { SourceReport } from '../source-report';
import type { SourceExperiment } from '../source-run';
import type { ForeignTables } from './foreign-tables';

const ofRuns = ['tags', 'params', 'latest_metrics', 'metrics'];
const mostKeys = 20;

/** Names the runs whose record is lost, and the metrics of others whose last point is. */
export function reportLosses(tables: ForeignTables, { path, report }: { path: string; report: SourceReport }): void {
  const names = new Map(tables.rows('runs').map((row) => [String(row.run_uuid), String(row.name ?? row.run_uuid)]));
  // Each run counts as a place of its own, so that all are named.
  const problem = (run: string, why: string): void => report.problem(`${basename(path)}, run ${run}`, '', why);
  const mentioned = ofRuns.flatMap((table) => tables.grouped(table, 'run_uuid', '1 AS n').map(({ id }) => String(id)));
  for (const id of new Set(mentioned)) {
    if (!names.has(id)) problem(id, 'its record cannot be read, so it is not taken');
  }
  const unread = tables.rows(
    'latest_metrics',
    `AS l WHERE NOT EXISTS (SELECT 1 FROM metrics m WHERE m.key = l.key AND m.timestamp = l.timestamp
       AND m.step = l.step AND m.run_uuid = l.run_uuid)`,
  );
  for (const [id, rows] of Map.groupBy(unread, (row) => String(row.run_uuid))) {
    const name = names.get(id);
    if (name === undefined) continue;
    const keys = rows.map(({ key }) => String(key));
    const more = keys.length > mostKeys ? ` and ${keys.length - mostKeys} more` : '';
    problem(
      `${name} (${id})`,
      `points are missing, the last ones among them, of ${keys.slice(0, mostKeys).join(', ')}${more}`,
    );
  }
}

/** Experiments of which only the number is left, in the runs that lay in them. */
export function lostExperiments(tables: ForeignTables): [id: string, SourceExperiment][] {
  const known = new Set(tables.rows('experiments').map((row) => String(row.experiment_id)));
  const named = tables.grouped('runs', 'experiment_id', '1 AS n').map(({ id }) => String(id));
  return named.filter((id) => !known.has(id)).map((id) => [id, { id, name: `Recovered ${id}` }]);
}
