// What a bundle holds of runs, logged models and their experiments. Pure functions of the database, for a reader thread.
import type { Database } from '../../../../platform/sqlite/database';
import type { NamedReason } from '../../../../protocol/jobs/job';
import type { PartHead } from '../../../../workspace/bundle/bundle-part';
import { type Cell, cellOf, type PartLine, type PartRow, partRows } from '../../../../workspace/bundle/part-line';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import { storedPoints } from '../../store/points/stored-points';

/** Runs by id; null: all that are not in the trash. `everything`: the trash too, and runs that are still written to. */
export interface RunChoice {
  runIds: readonly string[] | null;
  everything: boolean;
  /** See `EngineStatus`. */
  silence: number;
  now: number;
}

/** Tables whose rows belong to one run by its number, and the order in which they are told. */
export const tablesOfRun = {
  params: 'key',
  tags: 'key',
  run_models: 'direction, model_id',
  recordings: 'run',
} as const;
/** The same for a logged model, by its id. */
export const tablesOfModel = {
  logged_model_params: 'key',
  logged_model_tags: 'key',
  logged_model_metrics: 'key, time, step, run_id, dataset_name, dataset_digest',
} as const;

/** Processes of one machine: of no use on another, and nobody's business there. */
const processColumns = ['recorder_pid', 'recorder_mark', 'child_pid', 'child_mark'];
const defaultExperiment = '0';
const pointsInLine = 500;
const chosen = '(? IS NULL OR r.run_id IN (SELECT value FROM json_each(?)))';

/** The runs to put into a bundle, oldest first, and those that are still written to and stay out. */
export function chosenRuns(database: Database, choice: RunChoice): { runs: PartHead[]; leftOut: NamedReason[] } {
  const ids = choice.runIds === null ? null : JSON.stringify(choice.runIds);
  const found = database
    .prepare<[string | null, string | null, number], PartHead & { status: string; open: number; active: number }>(
      `SELECT r.run_id AS id, r.name, e.name AS experiment, r.status, coalesce(c.done = 0, 0) AS open, r.last_activity AS active
       FROM runs r JOIN experiments e USING (experiment_id) LEFT JOIN recordings c USING (run)
       WHERE ${chosen} AND (? OR r.lifecycle_stage = 'active') ORDER BY r.start_time, r.run_id`,
    )
    .all(ids, ids, choice.everything ? 1 : 0);
  const runs: PartHead[] = [];
  const leftOut: NamedReason[] = [];
  for (const { status, open, active, ...head } of found) {
    const isLogged = (status === 'RUNNING' || status === 'SCHEDULED') && choice.now - active < choice.silence;
    if (!choice.everything && (open === 1 || isLogged)) leftOut.push({ name: head.name, why: 'it still runs' });
    else runs.push(head);
  }
  return { runs, leftOut };
}

/** The logged models that came out of these runs or went into them; all when `runIds` is null. `everything`: deleted ones too. */
export function chosenLoggedModels(
  database: Database,
  { runIds, everything }: Pick<RunChoice, 'runIds' | 'everything'>,
): PartHead[] {
  const ids = runIds === null ? null : JSON.stringify(runIds);
  return database
    .prepare<(string | number | null)[], PartHead>(
      `SELECT m.model_id AS id, m.name, e.name AS experiment FROM logged_models m JOIN experiments e USING (experiment_id)
       WHERE (? OR m.lifecycle_stage = 'active') AND (? IS NULL OR m.source_run_id IN (SELECT value FROM json_each(?))
         OR m.model_id IN (SELECT x.model_id FROM run_models x JOIN runs r USING (run) WHERE ${chosen}))
       ORDER BY m.model_id`,
    )
    .all(everything ? 1 : 0, ids, ids, ids, ids);
}

/** The names of the experiments that are not in the trash, by their ids. */
export function activeExperiments(database: Database): Map<string, string> {
  const rows = database
    .prepare<[], { id: string; name: string }>(
      `SELECT experiment_id AS id, name FROM experiments WHERE lifecycle_stage = 'active'`,
    )
    .all();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Experiments by name, and their own lines. */
export function* experimentLines(database: Database, name: string): Generator<PartLine> {
  for (const row of partRows(database, 'experiments', { where: 'name = ?', values: [name], order: 'name' })) {
    const { creation_time, last_update_time, artifact_location, ...rest } = row;
    const id = String(row.experiment_id);
    // The default one is there from the start, in every workspace at another time.
    const times = id === defaultExperiment ? {} : { creation_time, last_update_time };
    const own = artifact_location === `mlflow-artifacts:/${id}` ? {} : { artifact_location };
    yield ['experiments', { ...rest, ...times, ...own } as PartRow];
    const tags = { where: 'experiment_id = ?', values: [id], order: 'key', omit: ['experiment_id'] };
    for (const tag of partRows(database, 'experiment_tags', tags)) yield ['experiment_tags', tag];
  }
}

/** Everything SQLite holds of one run; nothing when there is none. */
export function* runLines(database: Database, runId: string): Generator<PartLine> {
  const query = { where: 'run_id = ?', values: [runId], order: 'run' };
  for (const { run, experiment_id, ...row } of partRows(database, 'runs', query)) {
    yield ['runs', row];
    const ofRun = { where: 'run = ?', values: [Number(run)], omit: ['run', ...processColumns] };
    for (const [table, order] of Object.entries(tablesOfRun)) {
      for (const each of partRows(database, table, { ...ofRun, order })) yield [table, each];
    }
    yield* inputLines(database, Number(run));
    yield* artifactLines(database, String(row.artifact_uri));
    for (const { series, ...each } of partRows(database, 'metric_series', { ...ofRun, order: 'key' })) {
      yield* pointLines(database, Number(series), String(each.key));
      yield ['metric_series', each];
    }
  }
}

/** Everything SQLite holds of one logged model; nothing when there is none. */
export function* loggedModelLines(database: Database, modelId: string): Generator<PartLine> {
  const query = { where: 'model_id = ?', values: [modelId], omit: ['experiment_id'] };
  for (const row of partRows(database, 'logged_models', { ...query, order: 'model_id' })) {
    yield ['logged_models', row];
    const ofModel = { ...query, omit: ['model_id'] };
    for (const [table, order] of Object.entries(tablesOfModel)) {
      for (const each of partRows(database, table, { ...ofModel, order })) yield [table, each];
    }
    yield* artifactLines(database, String(row.artifact_uri));
  }
}

function* inputLines(database: Database, run: number): Generator<PartLine> {
  const inputs = database
    .prepare<[number], { dataset: number }>(
      `SELECT i.dataset FROM run_inputs i JOIN run_datasets d USING (dataset)
       WHERE i.run = ? ORDER BY d.name, d.digest`,
    )
    .all(run);
  for (const { dataset } of inputs) {
    const omit = ['dataset', 'experiment_id', 'run'];
    const own = { where: 'dataset = ?', values: [dataset], order: 'dataset', omit };
    for (const row of partRows(database, 'run_datasets', own)) yield ['run_datasets', row];
    const tags = { where: 'run = ? AND dataset = ?', values: [run, dataset], order: 'key', omit };
    for (const row of partRows(database, 'run_input_tags', tags)) yield ['run_input_tags', row];
  }
}

function* artifactLines(database: Database, artifactUri: string): Generator<PartLine> {
  const folder = proxiedFolder(artifactUri);
  if (folder === undefined) return;
  const below = { where: 'path > ? AND path < ?', values: [`${folder}/`, `${folder}0`], order: 'path' };
  for (const row of partRows(database, 'artifacts', below)) yield ['artifacts', row];
}

function* pointLines(database: Database, series: number, key: string): Generator<PartLine> {
  let points: Cell[][] = [];
  for (const block of storedPoints(database, series)) {
    for (let at = 0; at < block.length; at++) {
      const { step, time, value, nan } = block.key(at);
      points.push([step, time, value, nan].map(cellOf));
      if (points.length < pointsInLine) continue;
      yield ['metric_points', { key }, points];
      points = [];
    }
  }
  if (points.length > 0) yield ['metric_points', { key }, points];
}
