// Takes what lies in the trash out of the database for good: each thing in one transaction, points in many small ones.
import { systemCodeOf } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import { tablesOfModel, tablesOfRun } from '../../bundle/store/run-part';
import type { RunsService } from '../../service';

/** Something by its id, with the time (epoch milliseconds) before which it must have come into the trash. */
export interface DoomedThing {
  id: string;
  cutoff: number;
}

const used = 'something still refers to it';
const renewed = 'it was taken back or deleted anew meanwhile';

/** Erases runs, logged models and experiments that are in the trash still, and were so before a time. */
export class Erasure {
  readonly #runs: RunsService;
  readonly #database: Database;

  constructor(runs: RunsService) {
    this.#runs = runs;
    this.#database = runs.context.database;
  }

  /** Erases a run; its points become loose. Null, or why it stays. */
  run({ id, cutoff }: DoomedThing, isNeeded: (id: string) => boolean): string | null {
    let run = 0;
    const stays = this.#tryAll(() => {
      const found = this.#database
        .prepare<[string, number], { run: number; artifact_uri: string }>(
          `SELECT run, artifact_uri FROM runs WHERE run_id = ? AND lifecycle_stage = 'deleted' AND deleted_time < ?`,
        )
        .get(id, cutoff);
      if (found === undefined) throw new Stays(renewed);
      if (isNeeded(id)) throw new Stays(used);
      run = found.run;
      this.#rowsOfRun(run);
      this.#artifacts(found.artifact_uri);
      this.#do('INSERT OR REPLACE INTO erased_runs (run_id, time) VALUES (?, ?)', id, this.#runs.context.now());
    });
    if (stays !== null) return stays;
    this.#runs.forget(id, run);
    this.#runs.context.events.runChanged(id);
    return null;
  }

  /** Erases a logged model. Null, or why it stays. */
  loggedModel({ id, cutoff }: DoomedThing, isNeeded: (id: string) => boolean): string | null {
    return this.#tryAll(() => {
      const found = this.#database
        .prepare<[string, number], { artifact_uri: string }>(
          `SELECT artifact_uri FROM logged_models
           WHERE model_id = ? AND lifecycle_stage = 'deleted' AND last_update_time < ?`,
        )
        .get(id, cutoff);
      if (found === undefined) throw new Stays(renewed);
      if (isNeeded(id)) throw new Stays(used);
      for (const table of [...Object.keys(tablesOfModel), 'logged_models']) {
        this.#do(`DELETE FROM ${table} WHERE model_id = ?`, id);
      }
      this.#artifacts(found.artifact_uri);
    });
  }

  /** Erases an experiment that no run or logged model is in any more. Null, or why it stays. */
  experiment({ id, cutoff }: DoomedThing): string | null {
    const stays = this.#tryAll(() => {
      const isIn = (table: string): boolean =>
        this.#database.prepare(`SELECT 1 FROM ${table} WHERE experiment_id = ? LIMIT 1`).get(id) !== undefined;
      if (isIn('runs') || isIn('logged_models')) throw new Stays(used);
      const found = this.#database
        .prepare(
          `SELECT 1 FROM experiments WHERE experiment_id = ? AND lifecycle_stage = 'deleted' AND last_update_time < ?`,
        )
        .get(id, cutoff);
      if (found === undefined) throw new Stays(renewed);
      for (const table of ['run_datasets', 'experiment_tags', 'experiments']) {
        this.#do(`DELETE FROM ${table} WHERE experiment_id = ?`, id);
      }
    });
    if (stays === null) this.#runs.context.events.experimentsChanged();
    return stays;
  }

  #rowsOfRun(run: number): void {
    this.#do('INSERT INTO loose_series (series) SELECT series FROM metric_series WHERE run = ?', run);
    const datasets = this.#database.prepare('SELECT dataset FROM run_inputs WHERE run = ?').pluck().all(run);
    for (const table of [...Object.keys(tablesOfRun), 'metric_series', 'run_input_tags', 'run_inputs']) {
      this.#do(`DELETE FROM ${table} WHERE run = ?`, run);
    }
    for (const dataset of datasets) {
      this.#do(
        `DELETE FROM run_datasets WHERE dataset = ?
         AND NOT EXISTS (SELECT 1 FROM run_inputs WHERE run_inputs.dataset = run_datasets.dataset)`,
        Number(dataset),
      );
    }
    this.#do('DELETE FROM runs WHERE run = ?', run);
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

  /** Null, or why it stays; then nothing is changed. */
  #tryAll(write: () => void): string | null {
    try {
      this.#database.transaction(write).immediate();
      return null;
    } catch (error) {
      if (error instanceof Stays) return error.message;
      if (systemCodeOf(error)?.startsWith('SQLITE_CONSTRAINT') === true) return used;
      throw error;
    }
  }
}

class Stays extends Error {}
