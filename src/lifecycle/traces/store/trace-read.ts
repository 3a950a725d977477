// Reads traces with everything said of them. Pure functions of the database.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { TraceRecord, TraceRow, TraceTag } from '../trace';
import { assessmentsOf } from './assessment-store';
import { traceColumns } from './trace-store';

type KeyTable = 'trace_tags' | 'trace_metadata';

/** The traces of these rows, in their order, with tags, metadata and assessments. */
export function readTraces(database: Database, rows: readonly TraceRow[]): TraceRecord[] {
  const numbers = rows.map(({ trace }) => trace);
  const tags = keysOf(database, 'trace_tags', numbers);
  const metadata = keysOf(database, 'trace_metadata', numbers);
  const assessments = assessmentsOf(database, numbers);
  return rows.map((row) => ({
    ...row,
    tags: tags.get(row.trace) ?? [],
    metadata: metadata.get(row.trace) ?? [],
    assessments: assessments.get(row.trace) ?? [],
  }));
}

/** The traces with these ids, in this order; those there are none of are left out. */
export function tracesById(database: Database, traceIds: readonly string[]): TraceRow[] {
  return prepared<[string], TraceRow>(
    database,
    `SELECT ${traceColumns} FROM json_each(?) wanted JOIN traces t ON t.trace_id = wanted.value
     WHERE t.deleted_time IS NULL ORDER BY wanted.key`,
  ).all(JSON.stringify([...new Set(traceIds)]));
}

function keysOf(database: Database, table: KeyTable, traces: readonly number[]): Map<number, TraceTag[]> {
  const rows = prepared<[string], TraceTag & { trace: number }>(
    database,
    `SELECT trace, key, value FROM ${table} WHERE trace IN (SELECT value FROM json_each(?)) ORDER BY trace, key`,
  ).all(JSON.stringify(traces));
  const found = new Map<number, TraceTag[]>();
  for (const { trace, key, value } of rows) {
    const known = found.get(trace);
    if (known === undefined) found.set(trace, [{ key, value }]);
    else known.push({ key, value });
  }
  return found;
}
