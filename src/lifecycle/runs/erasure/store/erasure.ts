// Takes what lies in the trash out of the database for good: each thing in one transaction, points in many small ones.
import { systemCodeOf } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import { tablesOfModel, tablesOfRun } from '../../bundle/store/run-part';
import type { RunsService } from '../../service';

/** Erases runs, logged models and experiments that are in the trash still. */
export class Erasure {
  readonly #runs: RunsService;
  readonly #database: Database;

  constructor(runs: RunsService) {
    this.#runs = runs;
    this.#database = runs.context.database;
  }

  /** Erases a run that is still in the trash; its points become loose. False when it stays: something needs it. */
  run(runId: string, isNeeded: () => boolean): boolean {
    const found = this.#database
      .prepare<[string], { run: number; artifact_uri: string }>(
        `SELECT run, artifact_uri FROM runs WHERE run_id = ? AND lifecycle_stage = 'deleted'`,
      )
      .get(runId);
    if (found === undefined || isNeeded()) return false;
    const { run } = found;
    const isErased = this.#tryAll(() => {
      this.#do('INSERT INTO loose_series (series) SELECT series FROM metric_series WHERE run = ?', run);
      const datasets = this.#database.prepare('SELECT dataset FROM run_inputs WHERE run = ?').pluck().all(run);
      for (const table of [...Object.keys(tablesOfRun), 'metric_series', 'run_input_tags', 'run_inputs']) {
        this.#do(`DELETE FROM ${table} WHERE run = ?`, run);
      }
      for (const dataset of datasets) {
        this.#do(
          `DELETE FROM run_datasets WHERE dataset = ?1
           AND NOT EXISTS (SELECT 1 FROM run_inputs WHERE dataset = ?1)`,
          Number(dataset),
        );
      }
      this.#do('DELETE FROM runs WHERE run = ?', run);
      this.#artifacts(found.artifact_uri);
      this.#do('INSERT OR REPLACE INTO erased_runs (run_id, time) VALUES (?, ?)', runId, this.#runs.context.now());
    });
    if (!isErased) return false;
    this.#runs.forget(runId, run);
    this.#runs.context.events.runChanged(runId);
    return true;
  }

  /** Erases a logged model that is still in the trash. */
  loggedModel(modelId: string): boolean {
    const found = this.#database
      .prepare<[string], { artifact_uri: string }>(
        `SELECT artifact_uri FROM logged_models WHERE model_id = ? AND lifecycle_stage = 'deleted'`,
      )
      .get(modelId);
    if (found === undefined) return false;
    return this.#tryAll(() => {
      for (const table of [...Object.keys(tablesOfModel), 'logged_models']) {
        this.#do(`DELETE FROM ${table} WHERE model_id = ?`, modelId);
      }
      this.#artifacts(found.artifact_uri);
    });
  }

  /** Erases an experiment in the trash that no run or logged model is in any more. False while one is. */
  experiment(id: string): boolean {
    const isErased = this.#tryAll(() => {
      const tables = ['runs', 'logged_models'];
      const isUsed = tables.some(
        (table) =>
          this.#database.prepare(`SELECT 1 FROM ${table} WHERE experiment_id = ? LIMIT 1`).get(id) !== undefined,
      );
      if (isUsed) throw new StillUsed();
      this.#do('DELETE FROM run_datasets WHERE experiment_id = ?', id);
      this.#do('DELETE FROM experiment_tags WHERE experiment_id = ?', id);
      this.#do(`DELETE FROM experiments WHERE experiment_id = ? AND lifecycle_stage = 'deleted'`, id);
    });
    if (isErased) this.#runs.context.events.experimentsChanged();
    return isErased;
  }

  #artifacts(artifactUri: string): void {
    const folder = proxiedFolder(artifactUri);
    if (folder === undefined) return;
    for (const table of ['artifacts', 'artifacts_trash']) {
      this.#do(`DELETE FROM ${table} WHERE path > ? AND path < ?`, `${folder}/`, `${folder}0`);
    }
  }

  #do(sql: string, ...values: (string | number)[]): void {
    this.#database.prepare(sql).run(...values);
  }

  /** False, with nothing changed, when other rows refer to what would go. */
  #tryAll(write: () => void): boolean {
    try {
      this.#database.transaction(write).immediate();
      return true;
    } catch (error) {
      if (error instanceof StillUsed || systemCodeOf(error)?.startsWith('SQLITE_CONSTRAINT') === true) return false;
      throw error;
    }
  }
}

class StillUsed extends Error {}
