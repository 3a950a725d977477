// What a bundle holds of traces, and how it is brought in: each with its spans, tags, links and assessments.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import type { LandedPart, PartHead } from '../../../../workspace/bundle/bundle-part';
import { insertRow, type PartLine, partRows } from '../../../../workspace/bundle/part-line';

/** Tables whose rows belong to one trace by its number, and the order in which they are told. */
const tablesOfTrace = {
  trace_tags: 'key',
  trace_metadata: 'key',
  trace_runs: 'run_id',
  trace_prompts: 'prompt',
  spans: 'start_ns, span_id',
  trace_assessments: 'assessment_id',
} as const;

/** The traces that were made in these runs; all when `runIds` is null. Deleted ones stay out. */
export function chosenTraces(database: Database, runIds: readonly string[] | null): PartHead[] {
  const ids = runIds === null ? null : JSON.stringify(runIds);
  return database
    .prepare<(string | null)[], PartHead>(
      `SELECT t.trace_id AS id, t.trace_id AS name, e.name AS experiment FROM traces t
       JOIN experiments e USING (experiment_id)
       WHERE t.deleted_time IS NULL AND e.lifecycle_stage = 'active' AND (? IS NULL OR t.trace IN
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

/** Adds a trace in one transaction. Throws SlipwayError `already-exists`, `invalid` or `newer-schema`; then nothing changed. */
export function landTrace(database: Database, part: LandedPart): void {
  const [first, ...others] = part.lines;
  if (first?.[0] !== 'traces' || first[1].trace_id !== part.id) {
    throw new SlipwayError('invalid', `The part of the trace ${part.id} in the bundle is not about it.`);
  }
  database
    .transaction(() => {
      const taken = database.prepare('SELECT 1 FROM traces WHERE trace_id = ? AND deleted_time IS NULL').get(part.id);
      if (taken !== undefined) throw new SlipwayError('already-exists', `The trace ${part.id} exists.`);
      const trace = insertRow(database, 'traces', { ...first[1], experiment_id: part.experimentId });
      for (const [table, row] of others) {
        if (!Object.hasOwn(tablesOfTrace, table)) {
          throw new SlipwayError('newer-schema', `The bundle holds ${table}, which is unknown here. Update Slipway.`);
        }
        insertRow(database, table, { ...row, trace });
      }
    })
    .immediate();
}

/** True while a trace, deleted or not, is in that experiment. */
export function hasTraces(database: Database, experimentId: string): boolean {
  return database.prepare('SELECT 1 FROM traces WHERE experiment_id = ? LIMIT 1').get(experimentId) !== undefined;
}
