// Adds to a run what was salvaged of it: after its database was damaged it was taken in anew from its folder, and what was
// only in the database came back later.
import type { Database } from '../../../../platform/sqlite/database';
import { type Cell, insertRow, type PartLine, sqlValue, textIn } from '../../../../workspace/bundle/part-line';
import type { RunsService } from '../../service';

/** Tables of a run whose rows are added where their keys are free. */
const added = new Set(['params', 'tags', 'run_models']);

/** What is there stays as it is; only the name a run was given at random gives way to its own. */
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
  run(runId: string, lines: readonly PartLine[]): void {
    const { run, experimentId } = this.#runs.getRun(runId);
    this.#database
      .transaction(() => {
        let dataset = 0;
        for (const [table, row] of lines) {
          if (added.has(table)) this.#add(table, { ...row, run });
          else if (table === 'artifacts') this.#add(table, row);
          else if (table === 'run_datasets') dataset = this.#input(run, experimentId, row);
          else if (table === 'run_input_tags') this.#add(table, { ...row, run, dataset });
          else if (table === 'runs') this.#marks(run, row);
        }
      })
      .immediate();
    this.#runs.context.events.runChanged(runId);
  }

  #marks(run: number, row: Record<string, Cell>): void {
    this.#database
      .prepare('UPDATE runs SET starred = max(starred, ?), archived = max(archived, ?), name = ? WHERE run = ?')
      .run(Number(row.starred ?? 0), Number(row.archived ?? 0), textIn(row, 'name'), run);
    this.#database
      .prepare(`INSERT OR REPLACE INTO tags (run, key, value) VALUES (?, 'mlflow.runName', ?)`)
      .run(run, textIn(row, 'name'));
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
