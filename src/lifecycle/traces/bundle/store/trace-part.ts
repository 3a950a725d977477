// What a bundle holds of traces, and how it is brought in: each with its spans, tags, links and assessments.
import { SlipwayError, systemCodeOf } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { PartHead } from '../../../../workspace/bundle/bundle-part';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, partRows } from '../../../../workspace/bundle/part-line';

/** Tables whose rows belong to one trace by its number, and the order in which they are told. */
export const tablesOfTrace = {
  trace_tags: 'key',
  trace_metadata: 'key',
  trace_runs: 'run_id',
  trace_prompts: 'prompt',
  spans: 'start_ns, span_id',
  trace_assessments: 'assessment_id',
} as const;

/** A trace to bring in; `line` is the first of its part. */
export interface BegunTrace {
  id: string;
  experimentId: string;
  line: PartLine;
}

/** A trace to be written: what it goes by is its id. */
export interface ChosenTrace extends PartHead {
  experimentId: string;
}

/** The traces that were made in these runs; all when `runIds` is null. Deleted ones stay out. */
export function chosenTraces(database: Database, runIds: readonly string[] | null): ChosenTrace[] {
  const ids = runIds === null ? null : JSON.stringify(runIds);
  return database
    .prepare<(string | null)[], ChosenTrace>(
      `SELECT t.trace_id AS id, t.trace_id AS name, t.experiment_id AS experimentId FROM traces t
       WHERE t.deleted_time IS NULL AND (? IS NULL OR t.trace IN
         (SELECT trace FROM trace_runs WHERE run_id IN (SELECT value FROM json_each(?))))
       ORDER BY t.request_time, t.trace_id`,
    )
    .all(ids, ids);
}

/** Everything of one trace; nothing when there is none. */
export function* traceLines(database: Database, traceId: string): Generator<PartLine> {
  const query = { where: 'trace_id = ? AND deleted_time IS NULL', values: [traceId], order: 'trace' };
  for (const { trace, experiment_id, ...row } of partRows(database, 'traces', query)) {
    yield ['traces', row];
    const own = { where: 'trace = ?', values: [Number(trace)], omit: ['trace', 'assessment'] };
    for (const [table, order] of Object.entries(tablesOfTrace)) {
      for (const each of partRows(database, table, { ...own, order })) yield [table, each];
    }
  }
}

/**
 * Adds a trace that nobody finds yet, by the first line of its part, and returns its number. Throws SlipwayError `invalid`.
 * What is not finished is as good as deleted, and erased with the trash.
 */
export function beginTrace(database: Database, { id, experimentId, line }: BegunTrace): number {
  if (line[0] !== 'traces' || line[1].trace_id !== id) {
    throw new SlipwayError('invalid', `The part of the trace ${id} in the bundle is not about it.`);
  }
  const row = { ...line[1], experiment_id: experimentId, deleted_time: 0 };
  return landWhole(database, id, () => insertRow(database, 'traces', row));
}

/** Adds rows of a trace that was begun. Throws SlipwayError `invalid`, or `newer-schema` for tables unknown here. */
export function addTraceRows(database: Database, trace: number, lines: readonly PartLine[]): void {
  landWhole(database, 'A row of the trace', () => {
    for (const [table, row] of lines) {
      if (!Object.hasOwn(tablesOfTrace, table)) throw unknownTable(table);
      insertRow(database, table, { ...row, trace });
    }
  });
}

/** From now on the trace is found. Throws SlipwayError `already-exists` when another one has its id by now. */
export function finishTrace(database: Database, trace: number): void {
  try {
    database.prepare('UPDATE traces SET deleted_time = NULL WHERE trace = ?').run(trace);
  } catch (error) {
    if (systemCodeOf(error)?.startsWith('SQLITE_CONSTRAINT') !== true) throw error;
    throw new SlipwayError('already-exists', 'another trace with its id is here', { cause: error });
  }
}
