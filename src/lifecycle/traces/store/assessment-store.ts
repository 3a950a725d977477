// The trace_assessments table: what filters ask in columns, the rest as JSON.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { Assessment } from '../assessment';

interface Row {
  trace: number;
  content: string;
  valid: 0 | 1;
}

function recordOf({ content, valid }: Row): Assessment {
  return { ...(JSON.parse(content) as Assessment), valid: valid === 1 };
}

/** Keeps assessments; knows no rule. */
export class AssessmentStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds an assessment, or replaces the one with its id. */
  put(trace: number, assessment: Assessment): void {
    const { assessmentId, name, kind, value, valid, overrides } = assessment;
    prepared<unknown[], never>(
      this.#database,
      `INSERT INTO trace_assessments (trace, assessment_id, name, kind, value, valid, overrides, content)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (trace, assessment_id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
         value = excluded.value, valid = excluded.valid, overrides = excluded.overrides, content = excluded.content`,
    ).run(
      trace,
      assessmentId,
      name,
      kind,
      JSON.stringify(value ?? null),
      valid ? 1 : 0,
      overrides,
      JSON.stringify(assessment),
    );
  }

  /** The assessment with that id. */
  find(trace: number, assessmentId: string): Assessment | undefined {
    const row = prepared<[number, string], Row>(
      this.#database,
      'SELECT trace, content, valid FROM trace_assessments WHERE trace = ? AND assessment_id = ?',
    ).get(trace, assessmentId);
    return row === undefined ? undefined : recordOf(row);
  }

  /** Says whether an assessment still holds. */
  setValid(trace: number, assessmentId: string, valid: boolean): void {
    prepared<unknown[], never>(
      this.#database,
      'UPDATE trace_assessments SET valid = ? WHERE trace = ? AND assessment_id = ?',
    ).run(valid ? 1 : 0, trace, assessmentId);
  }

  /** Removes an assessment, if it is there. */
  delete(trace: number, assessmentId: string): void {
    prepared<unknown[], never>(
      this.#database,
      'DELETE FROM trace_assessments WHERE trace = ? AND assessment_id = ?',
    ).run(trace, assessmentId);
  }
}

/** The assessments of traces, by the number of the trace, in the order they were made. */
export function assessmentsOf(database: Database, traces: readonly number[]): Map<number, Assessment[]> {
  const rows = prepared<[string], Row>(
    database,
    `SELECT trace, content, valid FROM trace_assessments
     WHERE trace IN (SELECT value FROM json_each(?)) ORDER BY assessment`,
  ).all(JSON.stringify(traces));
  const found = new Map<number, Assessment[]>();
  for (const row of rows) found.set(row.trace, [...(found.get(row.trace) ?? []), recordOf(row)]);
  return found;
}
