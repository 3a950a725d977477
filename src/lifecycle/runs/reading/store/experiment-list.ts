// Experiments as rows of a tree, the most lately used first.
import type { Database } from '../../../../platform/sqlite/database';
import type { Experiment, Page } from '../../../../protocol/run';
import { pageToken, readPageToken } from '../page-token';
import { type ActivityClock, runningCounts } from './live-runs';

interface Row {
  experimentId: string;
  name: string;
  lastUpdateTime: number;
}

/** One page of the active experiments. `lastUpdateTime` is the later of their own change and their newest run. */
export function listExperiments(
  database: Database,
  query: { limit: number; page: string | null } & ActivityClock,
): Page<Experiment> {
  const all = activeExperiments(database);
  const after = query.page === null ? undefined : readPageToken(query.page, ['number', 'string']);
  const rest = after === undefined ? all : all.filter((row) => isAfter(row, after));
  const rows = rest.slice(0, query.limit);
  const running = runningCounts(database, { ...query, archived: false });
  const count = database.prepare<[string], { runs: number }>(
    `SELECT count(*) AS runs FROM runs WHERE experiment_id = ? AND lifecycle_stage = 'active' AND archived = 0`,
  );
  const items = rows.map((row) => ({
    ...row,
    runCount: count.get(row.experimentId)?.runs ?? 0,
    runningCount: running.get(row.experimentId) ?? 0,
  }));
  const last = rows.at(-1);
  const more = rest.length > rows.length && last !== undefined;
  return { items, next: more ? pageToken([last.lastUpdateTime, last.experimentId]) : null };
}

function activeExperiments(database: Database): Row[] {
  const rows = database
    .prepare<[], Row>(
      `SELECT e.experiment_id AS experimentId, e.name,
              max(e.last_update_time, coalesce((SELECT r.start_time FROM runs r
                WHERE r.experiment_id = e.experiment_id AND r.lifecycle_stage = 'active'
                ORDER BY r.start_time DESC LIMIT 1), 0)) AS lastUpdateTime
       FROM experiments e WHERE e.lifecycle_stage = 'active'`,
    )
    .all();
  return rows.sort((a, b) => b.lastUpdateTime - a.lastUpdateTime || (a.experimentId < b.experimentId ? -1 : 1));
}

function isAfter(row: Row, after: readonly (string | number)[]): boolean {
  const [time, id] = after as [number, string];
  return row.lastUpdateTime < time || (row.lastUpdateTime === time && row.experimentId > id);
}
