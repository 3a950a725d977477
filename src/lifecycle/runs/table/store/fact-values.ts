// The columns that every run has: asked for by their own statements, and only those that are shown.
import type { Database } from '../../../../platform/sqlite/database';
import type { FactName, TableCell, TableColumn } from '../../../../protocol/runs/run-table';
import { noteTag, parentTag } from '../../../../protocol/runs/run-tag';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import type { TableRun } from './column-values';

/** Each reads one value a run, of the runs whose numbers are the JSON list `?`. */
const statements: Partial<Record<FactName, string>> = {
  name: 'SELECT r.run, r.name AS value FROM json_each(?) w JOIN runs r ON r.run = w.value',
  started: 'SELECT r.run, r.start_time AS value FROM json_each(?) w JOIN runs r ON r.run = w.value',
  duration: 'SELECT r.run, r.end_time - r.start_time AS value FROM json_each(?) w JOIN runs r ON r.run = w.value',
  experiment: `SELECT r.run, e.name AS value FROM json_each(?) w JOIN runs r ON r.run = w.value
    JOIN experiments e ON e.experiment_id = r.experiment_id`,
  parent: `SELECT t.run, p.name AS value FROM json_each(?) w JOIN tags t ON t.run = w.value AND t.key = '${parentTag}'
    JOIN runs p ON p.run_id = t.value`,
  user: `SELECT r.run, nullif(r.user_id, '') AS value FROM json_each(?) w JOIN runs r ON r.run = w.value`,
  data: `SELECT w.value AS run, group_concat(d.name || '@' || substr(d.digest, 1, 8), ', ' ORDER BY d.name, d.digest) AS value
    FROM json_each(?) w JOIN run_inputs i ON i.run = w.value JOIN run_datasets d ON d.dataset = i.dataset GROUP BY w.value`,
  model: `SELECT r.run, group_concat(DISTINCT m.name) AS value FROM json_each(?) w JOIN runs r ON r.run = w.value
    JOIN logged_models m ON m.source_run_id = r.run_id AND m.lifecycle_stage = 'active' GROUP BY r.run`,
  commit: gitSql('commit'),
  branch: gitSql('branch'),
  note: `SELECT t.run, substr(t.value, 1, 200) AS value FROM json_each(?) w
    JOIN tags t ON t.run = w.value AND t.key = '${noteTag}'`,
};

/** What the recorder saw, else what MLflow's client said. */
function gitSql(what: 'commit' | 'branch'): string {
  const recorded = `(SELECT json_extract(g.git, '$.${what}') FROM recordings g WHERE g.run = w.value)`;
  const logged = `(SELECT t.value FROM tags t WHERE t.run = w.value AND t.key = 'mlflow.source.git.${what}')`;
  return `SELECT w.value AS run, coalesce(${recorded}, ${logged}) AS value FROM json_each(?) w`;
}

/** Puts the cells of the columns that are facts; a run's state is put by who knows the clock. */
export function readFacts(database: Database, runs: readonly TableRun[], { columns, numbers, put }: FactOptions): void {
  for (const [place, column] of columns.entries()) {
    if (column.of !== 'fact') continue;
    if (column.key === 'id') for (const { run, runId } of runs) put(run, place, runId);
    if (column.key === 'size') readSizes(database, numbers, (run, bytes) => put(run, place, bytes));
    const sql = statements[column.key];
    if (sql === undefined) continue;
    const rows = database.prepare<[string], { run: number; value: TableCell }>(sql).all(numbers);
    for (const { run, value } of rows) put(run, place, value);
  }
}

interface FactOptions {
  columns: readonly TableColumn[];
  /** The runs' numbers as JSON. */
  numbers: string;
  put: (run: number, place: number, value: TableCell) => void;
}

/** Bytes of the files that the workspace keeps for a run; of those that lie elsewhere nothing is known. */
function readSizes(database: Database, numbers: string, put: (run: number, bytes: number | null) => void): void {
  const rows = database
    .prepare<[string], { run: number; uri: string }>(
      'SELECT r.run, r.artifact_uri AS uri FROM json_each(?) w JOIN runs r ON r.run = w.value',
    )
    .all(numbers);
  const size = database
    .prepare<[string, string], number | null>('SELECT sum(size) FROM artifacts WHERE path >= ? AND path < ?')
    .pluck();
  for (const { run, uri } of rows) {
    const folder = proxiedFolder(uri);
    if (folder !== undefined) put(run, size.get(`${folder}/`, `${folder}0`) ?? null);
  }
}
