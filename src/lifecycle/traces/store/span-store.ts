// The spans table. Nanoseconds are 64-bit whole numbers, which leave and enter as digits.
import type { Database, Statement } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { SpanInput, SpanRecord } from '../span';

/** Writes spans; one that is sent again takes the place of the first. */
export class SpanStore {
  readonly #put: Statement;

  constructor(database: Database) {
    this.#put = database.prepare(
      `INSERT INTO spans (trace, span_id, parent_id, name, type, status, start_ns, end_ns, content)
       VALUES (?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), ?)
       ON CONFLICT (trace, span_id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name,
         type = excluded.type, status = excluded.status, start_ns = excluded.start_ns, end_ns = excluded.end_ns,
         content = excluded.content`,
    );
  }

  /** Adds or replaces a span of a trace. */
  put(trace: number, { spanId, parentId, name, type, status, startNs, endNs, content }: SpanInput): void {
    this.#put.run(trace, spanId, parentId, name, type, status, startNs, endNs, JSON.stringify(content));
  }
}

/** The spans of a trace: roots first, then in the order of their start. */
export function spansOf(database: Database, trace: number): SpanRecord[] {
  return prepared<[number], SpanRecord>(
    database,
    `SELECT span_id AS spanId, parent_id AS parentId, name, type, status, CAST(start_ns AS TEXT) AS startNs,
       CAST(end_ns AS TEXT) AS endNs, content
     FROM spans WHERE trace = ? ORDER BY parent_id IS NOT NULL, start_ns, span_id`,
  ).all(trace);
}

/** How many spans these traces have in all, counted up to `most`. */
export function countSpans(database: Database, traces: readonly number[], most: number): number {
  return (
    prepared<[string, number], { count: number }>(
      database,
      `SELECT count(*) AS count FROM (
         SELECT 1 FROM spans WHERE trace IN (SELECT value FROM json_each(?)) LIMIT ?)`,
    ).get(JSON.stringify(traces), most)?.count ?? 0
  );
}
