// What was computed of versions: profiles, checks, drift. Reads and writes rows; knows no rule.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { ResultKind, ResultVerdict } from '../../../protocol/datasets/dataset';

/** One result; `value` is JSON. */
export interface ResultRow {
  kind: ResultKind;
  digest: string;
  verdict: ResultVerdict | null;
  summary: string;
  time: number;
  value: string;
}

/** Keeps results. */
export class ResultStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps a result in place of one that was computed with the same. */
  put(version: number, { kind, digest, verdict, summary, time, value }: ResultRow): void {
    prepared(
      this.#database,
      `INSERT INTO dataset_results (version, kind, digest, verdict, summary, time, value) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (version, kind, digest) DO UPDATE SET verdict = excluded.verdict, summary = excluded.summary,
         time = excluded.time, value = excluded.value`,
    ).run(version, kind, digest, verdict, summary, time, value);
  }

  /** The result computed with that, or with null the newest of the kind. */
  find(version: number, kind: ResultKind, digest: string | null): ResultRow | undefined {
    const columns = 'kind, digest, verdict, summary, time, value';
    if (digest === null) {
      const sql = `SELECT ${columns} FROM dataset_results WHERE version = ? AND kind = ? ORDER BY time DESC, result DESC LIMIT 1`;
      return prepared<[number, string], ResultRow>(this.#database, sql).get(version, kind);
    }
    const sql = `SELECT ${columns} FROM dataset_results WHERE version = ? AND kind = ? AND digest = ?`;
    return prepared<[number, string, string], ResultRow>(this.#database, sql).get(version, kind, digest);
  }
}
