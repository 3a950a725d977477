// The traces table with tags, metadata, runs and prompts. A deleted trace keeps its rows and is found no more.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { TraceFacts, TraceRow, TraceTag } from '../trace';

/** The columns of a trace `t`, named as in its record. */
export const traceColumns = `t.trace, t.trace_id AS traceId, t.experiment_id AS experimentId, t.request_time AS requestTime,
  t.duration, t.state, t.client_request_id AS clientRequestId, t.request_preview AS requestPreview,
  t.response_preview AS responsePreview`;

/** Which traces of an experiment to delete: at most `most` of the oldest, up to a time, or these. */
export interface TraceChoice {
  experimentId: string;
  before: number | null;
  most: number | null;
  traceIds: readonly string[] | null;
}

/** Writes traces; knows no rule. */
export class TraceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds a trace and returns its number. */
  insert(facts: TraceFacts): number {
    return Number(
      this.#run(
        `INSERT INTO traces (trace_id, experiment_id, request_time, duration, state, client_request_id, request_preview,
         response_preview) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        facts.traceId,
        facts.experimentId,
        facts.requestTime,
        facts.duration,
        facts.state,
        facts.clientRequestId,
        facts.requestPreview,
        facts.responsePreview,
      ),
    );
  }

  /** Replaces a trace's own fields, but for its id and experiment. */
  update(trace: number, facts: TraceFacts): void {
    this.#run(
      `UPDATE traces SET request_time = ?, duration = ?, state = ?, client_request_id = ?, request_preview = ?,
       response_preview = ? WHERE trace = ?`,
      facts.requestTime,
      facts.duration,
      facts.state,
      facts.clientRequestId,
      facts.requestPreview,
      facts.responsePreview,
      trace,
    );
  }

  /** The trace with that id, unless it is deleted. */
  byId(traceId: string): TraceRow | undefined {
    return prepared<[string], TraceRow>(
      this.#database,
      `SELECT ${traceColumns} FROM traces t WHERE t.trace_id = ? AND t.deleted_time IS NULL`,
    ).get(traceId);
  }

  /** Sets or replaces a tag. */
  setTag(trace: number, { key, value }: TraceTag): void {
    this.#run('INSERT OR REPLACE INTO trace_tags (trace, key, value) VALUES (?, ?, ?)', trace, key, value);
  }

  /** Removes a tag; false when it is not there. */
  deleteTag(trace: number, key: string): boolean {
    const statement = prepared<[number, string], never>(
      this.#database,
      'DELETE FROM trace_tags WHERE trace = ? AND key = ?',
    );
    return statement.run(trace, key).changes > 0;
  }

  /** Sets or replaces one of the metadata. */
  setMetadata(trace: number, { key, value }: TraceTag): void {
    this.#run('INSERT OR REPLACE INTO trace_metadata (trace, key, value) VALUES (?, ?, ?)', trace, key, value);
  }

  /** One of the metadata. */
  metadata(trace: number, key: string): string | undefined {
    return prepared<[number, string], { value: string }>(
      this.#database,
      'SELECT value FROM trace_metadata WHERE trace = ? AND key = ?',
    ).get(trace, key)?.value;
  }

  /** Notes that the trace is one of this run's. */
  addRun(trace: number, runId: string): void {
    this.#run('INSERT OR IGNORE INTO trace_runs (run_id, trace) VALUES (?, ?)', runId, trace);
  }

  /** The runs whose trace it is. */
  runs(trace: number): string[] {
    return prepared<[number], { runId: string }>(
      this.#database,
      'SELECT run_id AS runId FROM trace_runs WHERE trace = ?',
    )
      .all(trace)
      .map(({ runId }) => runId);
  }

  /** Notes that the trace used a version of a prompt, such as `greeting/2`. */
  addPrompt(trace: number, prompt: string): void {
    this.#run('INSERT OR IGNORE INTO trace_prompts (trace, prompt) VALUES (?, ?)', trace, prompt);
  }

  /** Marks traces as deleted and returns their numbers. */
  delete({ experimentId, before, most, traceIds }: TraceChoice, time: number): number[] {
    const ids = traceIds === null ? null : JSON.stringify(traceIds);
    return prepared<unknown[], { trace: number }>(
      this.#database,
      `UPDATE traces SET deleted_time = ? WHERE trace IN (
         SELECT t.trace FROM traces t
         WHERE t.experiment_id = ? AND t.deleted_time IS NULL AND (? IS NULL OR t.request_time <= ?)
           AND (? IS NULL OR t.trace_id IN (SELECT value FROM json_each(?)))
         ORDER BY t.request_time, t.trace_id LIMIT ?)
       RETURNING trace`,
    )
      .all(time, experimentId, before, before, ids, ids, most ?? -1)
      .map(({ trace }) => trace);
  }

  #run(sql: string, ...values: (string | number | null)[]): number | bigint {
    return prepared<unknown[], never>(this.#database, sql).run(...values).lastInsertRowid;
  }
}
