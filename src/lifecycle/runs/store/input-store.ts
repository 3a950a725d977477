// Which datasets and models went into a run, and which models came out.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { DatasetInput } from './run-data';

/** Writes a run's inputs and outputs; knows no rule. */
export class InputStore {
  readonly #insertDataset: Statement;
  readonly #dataset: Statement<[string, string, string], { dataset: number }>;
  readonly #insertInput: Statement;
  readonly #insertTag: Statement;
  readonly #insertModel: Statement;

  constructor(database: Database) {
    this.#insertDataset = database.prepare(
      `INSERT OR IGNORE INTO run_datasets (experiment_id, name, digest, source_type, source, schema, profile)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#dataset = database.prepare(
      'SELECT dataset FROM run_datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
    );
    this.#insertInput = database.prepare('INSERT OR IGNORE INTO run_inputs (run, dataset) VALUES (?, ?)');
    this.#insertTag = database.prepare(
      'INSERT OR REPLACE INTO run_input_tags (run, dataset, key, value) VALUES (?, ?, ?, ?)',
    );
    this.#insertModel = database.prepare(
      `INSERT INTO run_models (run, model_id, direction, step) VALUES (?, ?, ?, ?)
       ON CONFLICT (run, direction, model_id) DO UPDATE SET step = excluded.step`,
    );
  }

  /** Notes that a dataset went into a run. The first use of a dataset by a run stays, with its tags. */
  addDataset(run: number, experimentId: string, input: DatasetInput): void {
    const { name, digest, sourceType, source, schema, profile } = input;
    this.#insertDataset.run(experimentId, name, digest, sourceType, source, schema, profile);
    const dataset = this.#dataset.get(experimentId, name, digest)?.dataset;
    if (dataset === undefined || this.#insertInput.run(run, dataset).changes === 0) return;
    for (const tag of input.tags) this.#insertTag.run(run, dataset, tag.key, tag.value);
  }

  /** Notes that a model went into or came out of a run. */
  addModel(run: number, direction: 'input' | 'output', model: { modelId: string; step: number }): void {
    this.#insertModel.run(run, model.modelId, direction, model.step);
  }
}
