// Adds to a run what was salvaged of it: after its database was damaged it was taken in anew from its folder, and what was
// only in the database came back later.
import type { Database } from '../../../../platform/sqlite/database';
import { type Cell, insertRow, type PartLine, sqlValue, textIn } from '../../../../workspace/bundle/part-line';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import type { RunsService } from '../../service';

/** What was salvaged of a run that is here; `experimentId` is that of its own experiment here. */
export interface MendedRun {
  id: string;
  experimentId: string;
  lines: readonly PartLine[];
}

/** Tables of a run whose rows are added where their keys are free. */
const added = new Set(['params', 'tags', 'run_models']);

/**
 * What is there stays as it is; only what a folder does not tell gives way to what was salvaged: the run's name, its
 * experiment, where its files lie, and that it was in the trash.
 */
export class RunMerging {
  readonly #database: Database;
  readonly #runs: RunsService;

  constructor(runs: RunsService) {
    this.#runs = runs;
    this.#database = runs.context.database;
  }

  /** Adds points that are not there yet; see `RunsService.logBatch`. */
  points(runId: string, key: string, points: readonly (readonly Cell[])[]): void {
    const metrics = points.map(([step = 0, time = 0, value = 0, nan = 0]) => ({
      key,
      step: sqlValue(step) as number,
      time: Number(sqlValue(time)),
      value: nan === 1 ? Number.NaN : Number(sqlValue(value)),
    }));
    if (this.#runs.getRun(runId).lifecycleStage === 'active') this.#runs.logBatch(runId, { metrics });
  }

  /** Adds everything else, in one transaction. */
  run({ id, experimentId, lines }: MendedRun): void {
    const { run } = this.#runs.getRun(id);
    this.#database
      .transaction(() => {
        this.#database.prepare('UPDATE runs SET experiment_id = ? WHERE run = ?').run(experimentId, run);
        let dataset = 0;
        for (const [table, row] of lines) {
          if (added.has(table)) this.#add(table, { ...row, run });
          else if (table === 'artifacts') this.#add(table, row);
          else if (table === 'run_datasets') dataset = this.#input(run, experimentId, row);
          else if (table === 'run_input_tags') this.#add(table, { ...row, run, dataset });
          else if (table === 'runs') {
            this.#marks(run, row);
            this.#place(run, textIn(row, 'artifact_uri'));
          }
        }
      })
      .immediate();
    this.#runs.forget(id, run);
    this.#runs.context.events.runChanged(id);
  }

  #marks(run: number, row: Record<string, Cell>): void {
    this.#database
      .prepare('UPDATE runs SET starred = max(starred, ?), archived = max(archived, ?), name = ? WHERE run = ?')
      .run(Number(row.starred ?? 0), Number(row.archived ?? 0), textIn(row, 'name'), run);
    if (row.lifecycle_stage === 'deleted') {
      this.#database
        .prepare(`UPDATE runs SET lifecycle_stage = 'deleted', deleted_time = coalesce(deleted_time, ?) WHERE run = ?`)
        .run(Number(row.deleted_time ?? this.#runs.context.now()), run);
    }
    this.#database
      .prepare(`INSERT OR REPLACE INTO tags (run, key, value) VALUES (?, 'mlflow.runName', ?)`)
      .run(run, textIn(row, 'name'));
  }

  /** The run's files lie where they always did; what was logged since goes there too. */
  #place(run: number, artifactUri: string): void {
    const here = this.#database
      .prepare<[number], string>('SELECT artifact_uri FROM runs WHERE run = ?')
      .pluck()
      .get(run);
    const [from, to] = [proxiedFolder(here ?? ''), proxiedFolder(artifactUri)];
    if (from === to || from === undefined || to === undefined) return;
    for (const table of ['artifacts', 'artifacts_trash']) {
      this.#database
        .prepare(`UPDATE OR IGNORE ${table} SET path = ? || substr(path, ?) WHERE path > ? AND path < ?`)
        .run(to, from.length + 1, `${from}/`, `${from}0`);
    }
    this.#database.prepare('UPDATE runs SET artifact_uri = ? WHERE run = ?').run(artifactUri, run);
  }

  #input(run: number, experimentId: string, row: Record<string, Cell>): number {
    const find = this.#database
      .prepare<unknown[], number>(
        'SELECT dataset FROM run_datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
      )
      .pluck();
    const values = [experimentId, textIn(row, 'name'), textIn(row, 'digest')];
    const dataset =
      find.get(...values) ?? insertRow(this.#database, 'run_datasets', { ...row, experiment_id: experimentId });
    this.#add('run_inputs', { run, dataset: Number(dataset) });
    return Number(dataset);
  }

  #add(table: string, row: Record<string, Cell>): void {
    const columns = Object.keys(row);
    this.#database
      .prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      .run(...columns.map((name) => sqlValue(row[name] ?? null)));
  }
}
