// The recordings table: what recorders wrote, and how far each of their files has been taken in.
import type { Database, Statement } from '../../../platform/sqlite/database';

/** The files of metric lines, by the column that says how far each has been read. */
export const offsetColumns = {
  metrics: 'metrics_offset',
  stdoutMetrics: 'stdout_metrics_offset',
  resources: 'resources_offset',
} as const;
export type MetricFileName = keyof typeof offsetColumns;

/** The findings of a recorder that are kept as its JSON. */
export type FindingName = 'git' | 'environment' | 'inputs' | 'outputs';

/** One row, with its run's id. `problems` is a JSON array of sentences. */
export interface RecordingRow {
  run: number;
  run_id: string;
  recorder_pid: number;
  recorder_mark: string | null;
  child_pid: number | null;
  child_mark: string | null;
  spec: string;
  git: string | null;
  environment: string | null;
  inputs: string | null;
  outputs: string | null;
  exit_code: number | null;
  signal: string | null;
  lost: string | null;
  /** When it was first asked to stop, in epoch milliseconds. */
  stop_asked: number | null;
  metrics_offset: number;
  stdout_metrics_offset: number;
  resources_offset: number;
  problems: string;
  done: 0 | 1;
}

/** A row without the code's state, whose diff may be megabytes. */
export type BriefRecordingRow = Omit<RecordingRow, 'git'>;

const briefColumns = `c.run, c.recorder_pid, c.recorder_mark, c.child_pid, c.child_mark, c.spec, c.environment, c.inputs,
  c.outputs, c.exit_code, c.signal, c.lost, c.stop_asked, c.metrics_offset, c.stdout_metrics_offset, c.resources_offset,
  c.problems, c.done`;

/** How a recording ended; `lost` says why there is no exit code. */
export interface RecordingEnd {
  exitCode: number | null;
  signal: string | null;
  lost: string | null;
}

/** Reads and writes recordings; knows no rule. */
export class RecordingStore {
  readonly #database: Database;
  readonly #find: Statement<[string], RecordingRow>;
  readonly #findBrief: Statement<[string], BriefRecordingRow>;
  readonly #git: Statement<[string], { git: string | null }>;
  readonly #unfinished: Statement<[], { run_id: string }>;
  readonly #written: Statement<[], { rows: number }>;

  constructor(database: Database) {
    this.#database = database;
    this.#find = database.prepare(
      'SELECT r.run_id, c.* FROM recordings c JOIN runs r ON r.run = c.run WHERE r.run_id = ?',
    );
    this.#findBrief = database.prepare(
      `SELECT r.run_id, ${briefColumns} FROM recordings c JOIN runs r ON r.run = c.run WHERE r.run_id = ?`,
    );
    this.#git = database.prepare('SELECT c.git FROM recordings c JOIN runs r ON r.run = c.run WHERE r.run_id = ?');
    this.#written = database.prepare('SELECT total_changes() AS rows');
    this.#unfinished = database.prepare(
      `SELECT r.run_id FROM recordings c JOIN runs r ON r.run = c.run
       WHERE c.done = 0 AND r.lifecycle_stage = 'active' ORDER BY r.start_time, r.run`,
    );
  }

  /** How many rows this connection has written so far: equal before and after when nothing moved in between. */
  get written(): number {
    return this.#written.get()?.rows ?? 0;
  }

  /** The recording of that run. */
  find(runId: string): RecordingRow | undefined {
    return this.#find.get(runId);
  }

  /** The recording of that run but for its code's state. */
  findBrief(runId: string): BriefRecordingRow | undefined {
    return this.#findBrief.get(runId);
  }

  /** The state of its code as JSON; null when there is none or it is not known yet. */
  git(runId: string): string | null {
    return this.#git.get(runId)?.git ?? null;
  }

  /** Ids of active runs whose recording is not wholly taken in, oldest first. */
  unfinished(): string[] {
    return this.#unfinished.all().map((row) => row.run_id);
  }

  /** True when no command was ever recorded. */
  isEmpty(): boolean {
    return this.#database.prepare('SELECT 1 FROM recordings LIMIT 1').get() === undefined;
  }

  /** Adds the recording of a run that has just begun. `spec` is run.json as it was read. */
  insert(row: { run: number; recorderPid: number; recorderMark: string | null; spec: string; problems: string }): void {
    this.#database
      .prepare('INSERT INTO recordings (run, recorder_pid, recorder_mark, spec, problems) VALUES (?, ?, ?, ?, ?)')
      .run(row.run, row.recorderPid, row.recorderMark, row.spec, row.problems);
  }

  /** Keeps who the child is. */
  setChild(run: number, pid: number, mark: string | null): void {
    this.#database.prepare('UPDATE recordings SET child_pid = ?, child_mark = ? WHERE run = ?').run(pid, mark, run);
  }

  /** Keeps a finding. */
  setFinding(run: number, name: FindingName, json: string): void {
    this.#database.prepare(`UPDATE recordings SET ${name} = ? WHERE run = ?`).run(json, run);
  }

  /** Moves on in a metric file; in the same transaction as the points read up to there. */
  setOffset(run: number, file: MetricFileName, offset: number): void {
    this.#database.prepare(`UPDATE recordings SET ${offsetColumns[file]} = ? WHERE run = ?`).run(offset, run);
  }

  /** Keeps when the run was asked to stop, the first time it is. */
  setStopAsked(run: number, time: number): void {
    this.#database
      .prepare('UPDATE recordings SET stop_asked = ? WHERE run = ? AND stop_asked IS NULL AND done = 0')
      .run(time, run);
  }

  /** Replaces the list of problems. */
  setProblems(run: number, json: string): void {
    this.#database.prepare('UPDATE recordings SET problems = ? WHERE run = ?').run(json, run);
  }

  /** The recording is wholly taken in. */
  finish(run: number, end: RecordingEnd): void {
    this.#database
      .prepare('UPDATE recordings SET exit_code = ?, signal = ?, lost = ?, done = 1 WHERE run = ?')
      .run(end.exitCode, end.signal, end.lost, run);
  }
}
