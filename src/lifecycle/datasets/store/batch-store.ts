// What is compared from version to version, and what of it somebody found right. Reads and writes rows; knows no rule.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { BatchMeasure, BatchMeasures } from '../../../protocol/datasets/contract/check';

/** A version's number that is expected. */
export interface ExpectedRow {
  version: number;
  measure: BatchMeasure;
  column: string | null;
}

/** Keeps them. */
export class BatchStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  put(version: number, measures: BatchMeasures, time: number): void {
    prepared(
      this.#database,
      'INSERT INTO dataset_batches (version, measures, time) VALUES (?, ?, ?) ON CONFLICT (version) DO UPDATE SET measures = excluded.measures, time = excluded.time',
    ).run(version, JSON.stringify(measures), time);
  }

  /** Of those versions that were measured. */
  measures(versions: readonly number[]): Map<number, BatchMeasures> {
    const rows = prepared<[string], { version: number; measures: string }>(
      this.#database,
      'SELECT version, measures FROM dataset_batches WHERE version IN (SELECT value FROM json_each(?))',
    ).all(JSON.stringify(versions));
    return new Map(rows.map(({ version, measures }) => [version, JSON.parse(measures) as BatchMeasures]));
  }

  expected(versions: readonly number[]): ExpectedRow[] {
    const rows = prepared<[string], { version: number; measure: BatchMeasure; column_name: string }>(
      this.#database,
      'SELECT version, measure, column_name FROM dataset_expected WHERE version IN (SELECT value FROM json_each(?))',
    ).all(JSON.stringify(versions));
    return rows.map(({ version, measure, column_name }) => ({ version, measure, column: column_name || null }));
  }

  /** Whether it was so before. */
  setExpected({ version, measure, column }: ExpectedRow, by: { actor: string; time: number } | null): boolean {
    const key = [version, measure, column ?? ''] as const;
    const was = prepared(
      this.#database,
      'DELETE FROM dataset_expected WHERE version = ? AND measure = ? AND column_name = ?',
    ).run(...key);
    if (by !== null) {
      prepared(
        this.#database,
        'INSERT INTO dataset_expected (version, measure, column_name, actor, time) VALUES (?, ?, ?, ?, ?)',
      ).run(...key, by.actor, by.time);
    }
    return was.changes > 0;
  }
}
