// Writes a tracking database of MLflow from one moment of the workspace's own, which is only read.
import { type Database, explain, openLockFile, type Statement } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { SourceReport } from '../../import/source-report';
import { shortHash } from '../../import/source-tags';
import type { PointBlock } from '../../store/points/point-block';
import { storedPoints } from '../../store/points/stored-points';
import { type RegistryRow, writeRegistered } from './mlflow-registry';
import { createMlflowTables, mlflowIndexes } from './mlflow-schema';

/** `path` is a file that is not there yet; `source` a reading connection whose transaction has begun. */
export interface MlflowFileParts {
  path: string;
  source: Database;
  withModels: boolean;
  report: SourceReport;
}

/** A run's row in the workspace, and where MLflow is to look for its files. */
export interface ExportedRun {
  runId: string;
  address: string;
}

/** Undefined never is one: it is what TypeScript makes of a row's columns. */
type Value = string | number | bigint | null | undefined;

/** Every row that names another is written behind it, so that nothing is gained by looking for each. */
const settings = [
  'journal_mode = MEMORY',
  'synchronous = OFF',
  'locking_mode = EXCLUSIVE',
  'cache_size = -64000',
  'foreign_keys = OFF',
  // "SLex": who sees the file in a folder does not take it for a store that should be imported.
  `application_id = ${0x534c6578}`,
];
/** Rows of one statement: so many are bound at once that the call itself costs little. */
const pointsAtOnce = 50;
const pointColumns = 6;

/** One database on its way; `finish` or `close` ends it. */
export class MlflowFile {
  readonly #parts: MlflowFileParts;
  readonly #file: Database;
  readonly #many: Statement;
  readonly #one: Statement;

  /** Throws SlipwayError for a place that cannot be written. */
  constructor(parts: MlflowFileParts) {
    this.#parts = parts;
    this.#file = openLockFile(parts.path);
    // Nobody else knows the file, and one that is not finished is thrown away.
    for (const each of settings) {
      this.#file.pragma(each);
    }
    createMlflowTables(this.#file, parts.withModels);
    const row = `(${Array(pointColumns).fill('?').join(', ')})`;
    const insert = (rows: number): Statement =>
      this.#file.prepare(`INSERT OR IGNORE INTO metrics VALUES ${Array(rows).fill(row).join(', ')}`);
    this.#many = insert(pointsAtOnce);
    this.#one = insert(1);
    this.#file.exec('BEGIN');
  }

  /** Writes an experiment with its tags; `location` is where the files of its runs lie. */
  experiment(name: string, location: (experimentId: string) => string): void {
    const rows = this.#read(
      `SELECT experiment_id, name, lifecycle_stage, creation_time, last_update_time FROM experiments WHERE name = ?`,
      name,
    );
    for (const [id, given, stage, created, updated] of rows) {
      const cut = this.#cut(given, 256, 'names of experiments');
      this.#add('experiments', [id, cut, location(String(id)), stage, created, updated]);
      for (const [key, value] of this.#read('SELECT key, value FROM experiment_tags WHERE experiment_id = ?', id)) {
        this.#add('experiment_tags', [key, this.#cut(value, 5000, 'tags of experiments'), id]);
      }
    }
  }

  /** MLflow logs to experiment 0 where it is told nothing else, so there always is one. */
  defaultExperiment(location: string, now: number): void {
    this.#add('experiments', ['0', 'Default', location, 'active', now, now], 'OR IGNORE');
  }

  /** Writes all of a run but its points. */
  run({ runId, address }: ExportedRun): void {
    const rows = this.#read(
      'SELECT run, name, user_id, status, start_time, end_time, experiment_id FROM runs WHERE run_id = ?',
      runId,
    );
    for (const [run, name, user, status, start, end, experiment] of rows) {
      const own = [this.#cut(name, 250, 'names of runs'), 'UNKNOWN', '', '', this.#cut(user, 256, 'names of users')];
      this.#add('runs', [runId, ...own, status, start, end, '', 'active', address, experiment, null]);
      for (const table of ['params', 'tags']) {
        const pairs = this.#read(`SELECT key, value FROM ${table} WHERE run = ?`, run);
        for (const [key, value] of pairs) this.#add(table, [key, value, runId]);
      }
      this.#marks(runId, run);
      this.#inputs(runId, run, experiment);
      if (this.#parts.withModels) this.#models(runId, run);
    }
  }

  /**
   * Writes the points of those runs, and yields of each series how many it had: the caller may stop between two. Metric by
   * metric, because that is the order of MLflow's index: where every run in turn goes all over it, it takes four times as long.
   */
  *points(runIds: ReadonlySet<string>): Generator<number> {
    const keys = this.#read('SELECT DISTINCT key FROM metric_series ORDER BY key');
    for (const [key] of keys) {
      const series = this.#read(
        `SELECT s.series, s.last_value, s.last_time, s.last_step, s.last_is_nan, r.run_id
         FROM metric_series s JOIN runs r USING (run) WHERE s.key = ? AND s.count > 0 ORDER BY r.start_time, r.run`,
        key,
      );
      for (const [id, value, time, step, nan, run] of series) {
        const runId = String(run);
        if (!runIds.has(runId)) continue;
        this.#add('latest_metrics', [key, finite(Number(value)), time, step, nan, runId]);
        let count = 0;
        for (const block of storedPoints(this.#parts.source, Number(id))) {
          this.#block(runId, String(key), block);
          count += block.length;
        }
        yield count;
      }
    }
  }

  /** How many series those runs have. */
  seriesCount(runIds: ReadonlySet<string>): number {
    const counts = this.#read('SELECT r.run_id, count(*) FROM metric_series JOIN runs r USING (run) GROUP BY run');
    return counts.reduce((sum, [runId, count]) => sum + (runIds.has(String(runId)) ? Number(count) : 0), 0);
  }

  /** Writes a logged model; values that were measured by runs of which `isHere` says no stay out. */
  model(modelId: string, address: string, isHere: (runId: string) => boolean): void {
    const rows = this.#read(
      `SELECT experiment_id, name, creation_time, last_update_time, status, model_type, source_run_id, status_message
       FROM logged_models WHERE model_id = ?`,
      modelId,
    );
    for (const [experiment, name, created, updated, status, type, run, message] of rows) {
      const state = modelStates[String(status)] ?? 0;
      const times = [created, updated, state, 'active', type];
      this.#add('logged_models', [modelId, experiment, name, address, ...times, run, message]);
      for (const table of ['logged_model_params', 'logged_model_tags']) {
        const pairs = this.#read(`SELECT key, value FROM ${table} WHERE model_id = ?`, modelId);
        for (const [key, value] of pairs) this.#add(table, [modelId, experiment, key, value]);
      }
      this.#modelMetrics(modelId, experiment, isHere);
    }
  }

  /** Writes a registered model from its rows, and returns how many versions it has; `addressOf` says where files are that lay at an address here. */
  registered(rows: Iterable<RegistryRow>, addressOf: (address: string) => string): number {
    const { path, report } = this.#parts;
    return writeRegistered(rows, { file: this.#file, path, report, addressOf });
  }

  /** Adds the indexes one by one, each with its name, and closes the file. */
  *finish(): Generator<string> {
    for (const [name, columns] of mlflowIndexes(this.#parts.withModels)) {
      yield name;
      this.#run(`CREATE INDEX ${name} ON ${columns}`);
    }
    this.#run('COMMIT');
    this.#file.pragma('journal_mode = DELETE');
    this.#file.close();
  }

  /** Lets go of the file; nothing when it is closed. */
  close(): void {
    this.#file.close();
  }

  #run(sql: string): void {
    try {
      this.#file.exec(sql);
    } catch (error) {
      throw explain(error, this.#parts.path);
    }
  }

  #block(runId: string, key: string, { steps, times, values }: PointBlock): void {
    const { length } = values;
    const row = (at: number): Value[] => {
      const value = values[at] ?? 0;
      const nan = Number.isNaN(value);
      return [key, nan ? 0 : finite(value), times[at] ?? 0, runId, steps[at] ?? 0, nan ? 1 : 0];
    };
    let at = 0;
    for (; at + pointsAtOnce <= length; at += pointsAtOnce) {
      const bound: Value[] = [];
      for (let next = at; next < at + pointsAtOnce; next += 1) bound.push(...row(next));
      this.#write(this.#many, bound);
    }
    for (; at < length; at += 1) this.#write(this.#one, row(at));
  }

  /** What a person marked a run with, which MLflow has no place for but tags. */
  #marks(runId: string, run: Value): void {
    for (const [starred, archived] of this.#read('SELECT starred, archived FROM runs WHERE run = ?', run)) {
      if (Number(starred) === 1) this.#add('tags', ['slipway.starred', 'true', runId], 'OR IGNORE');
      if (Number(archived) === 1) this.#add('tags', ['slipway.archived', 'true', runId], 'OR IGNORE');
    }
  }

  #inputs(runId: string, run: Value, experiment: Value): void {
    const inputs = this.#read(
      `SELECT d.dataset, d.name, d.digest, d.source_type, d.source, d.schema, d.profile
       FROM run_inputs i JOIN run_datasets d USING (dataset) WHERE i.run = ?`,
      run,
    );
    for (const [dataset, name, digest, ...rest] of inputs) {
      const uuid = shortHash(`${experiment}\0${name}\0${digest}`);
      const input = shortHash(`${runId}\0${uuid}`);
      this.#add('datasets', [uuid, experiment, name, digest, ...rest], 'OR IGNORE');
      this.#input([input, 'DATASET', uuid, 'RUN', runId], 0);
      const tags = this.#read('SELECT key, value FROM run_input_tags WHERE run = ? AND dataset = ?', run, dataset);
      for (const [key, value] of tags) this.#add('input_tags', [input, key, value]);
    }
  }

  #models(runId: string, run: Value): void {
    for (const [model, direction, step] of this.#read(
      `SELECT x.model_id, x.direction, x.step FROM run_models x JOIN logged_models m USING (model_id)
       WHERE x.run = ? AND m.lifecycle_stage = 'active'`,
      run,
    )) {
      const kind = String(direction).toUpperCase();
      const input = shortHash(`${runId}\0${direction}\0${model}`);
      this.#input([input, `RUN_${kind}`, runId, `MODEL_${kind}`, model], step);
    }
  }

  #input(columns: Value[], step: Value): void {
    this.#add('inputs', this.#parts.withModels ? [...columns, step] : columns);
  }

  #modelMetrics(modelId: string, experiment: Value, isHere: (runId: string) => boolean): void {
    const rows = this.#read(
      `SELECT key, time, step, value, is_nan, run_id, dataset_name, dataset_digest
       FROM logged_model_metrics WHERE model_id = ?`,
      modelId,
    );
    const { report } = this.#parts;
    for (const [key, time, step, value, nan, run, dataset, digest] of rows) {
      const id = String(run);
      if (!isHere(id)) report.leave('values of logged models', 'the runs that measured them are not exported');
      else {
        const own = [modelId, key, time, step, Number(nan) === 1 ? null : value, experiment, id, null];
        const added = this.#add('logged_model_metrics', [...own, dataset || null, digest || null], 'OR IGNORE');
        if (!added) report.leave('values of logged models', 'MLflow keeps one per metric, run, time and step');
      }
    }
  }

  #cut(text: Value, most: number, what: string): string {
    const whole = String(text ?? '');
    if (whole.length <= most) return whole;
    this.#parts.report.leave(`ends of ${what}`, `MLflow keeps ${most} characters`);
    return Array.from(whole).slice(0, most).join('');
  }

  #read(sql: string, ...values: Value[]): Value[][] {
    const statement = prepared<unknown[], Value[]>(this.#parts.source, sql);
    return statement
      .safeIntegers(true)
      .raw(true)
      .all(...values);
  }

  /** False when it is there already, which `otherwise` allows. */
  #add(table: string, values: readonly Value[], otherwise = ''): boolean {
    const places = values.map(() => '?').join(', ');
    return this.#write(prepared(this.#file, `INSERT ${otherwise} INTO ${table} VALUES (${places})`), values);
  }

  #write(statement: Statement, values: readonly Value[]): boolean {
    try {
      return statement.run(...values).changes > 0;
    } catch (error) {
      throw explain(error, this.#parts.path);
    }
  }
}

const modelStates: Readonly<Record<string, number>> = { PENDING: 1, READY: 2, FAILED: 3 };

/** MLflow keeps the largest doubles in place of infinities. */
function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
