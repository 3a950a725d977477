// Traces of a run as people are shown them. Functions of a connection, so that a reader thread can make them.
import type { Database } from '../../../platform/sqlite/database';
import type { SpanDetail, TracePage, TraceTree } from '../../../protocol/runs/trace';
import { traceNotFound } from '../queries';
import type { SpanContent, SpanInput, SpanRecord } from '../span';
import { spansOf } from '../store/span-store';
import { readTraces, tracesById } from '../store/trace-read';
import { countTracesOfRun, isTraceOfRun, tracesOfRun } from '../store/trace-search';
import type { TraceRecord } from '../trace';
import { spanDetail, spanSummary, startOf } from './span-view';
import { uploadedSpans } from './uploaded-spans';

/** One trace of a run. `uploaded` is the file its client put its spans in; null when the database has them. */
export interface TraceQuery {
  runId: string;
  traceId: string;
  uploaded: string | null;
}

/** The traces of a run, the newest first. The page is the number of rows before it. */
function traceList(
  database: Database,
  { runId, limit, page }: { runId: string; limit: number; page: string | null },
): TracePage {
  const offset = page === null ? 0 : Math.max(0, Math.trunc(Number(page)) || 0);
  const items = tracesOfRun(database, { runId, limit: limit + 1, offset });
  const next = items.length > limit ? String(offset + limit) : null;
  return { items: items.slice(0, limit), next, total: countTracesOfRun(database, runId) };
}

/** The trace of a run. Throws SlipwayError `not-found` when the run has no such trace. */
export function traceOfRun(database: Database, { runId, traceId }: Omit<TraceQuery, 'uploaded'>): TraceRecord {
  const [trace] = readTraces(database, tracesById(database, [traceId]));
  const isOfRun = trace !== undefined && isTraceOfRun(database, trace.trace, runId);
  if (!isOfRun) throw traceNotFound(traceId);
  return trace;
}

/** A trace with the rows of its spans. Throws as `traceOfRun`. */
function traceTree(database: Database, query: TraceQuery): TraceTree {
  const trace = traceOfRun(database, query);
  const spans = spansFrom(database, trace, query.uploaded);
  const origin = startOf(spans);
  return {
    traceId: trace.traceId,
    requestTime: trace.requestTime,
    duration: trace.duration,
    state: trace.state,
    tags: trace.tags.filter(({ key }) => !key.startsWith('mlflow.')),
    assessments: trace.assessments
      .filter(({ valid }) => valid)
      .map(({ assessmentId, name, kind, value, rationale, source }) => ({
        assessmentId,
        name,
        kind,
        value,
        rationale,
        source: source === null ? null : source.id || source.type,
      })),
    spans: spans.map((span) => spanSummary(span, origin)),
  };
}

/** One span with all that was logged of it; null when the trace has no such span. Throws as `traceOfRun`. */
function traceSpan(database: Database, query: TraceQuery & { spanId: string }): SpanDetail | null {
  const spans = spansFrom(database, traceOfRun(database, query), query.uploaded);
  const span = spans.find(({ spanId }) => spanId === query.spanId);
  if (span === undefined) return null;
  const content = typeof span.content === 'string' ? (JSON.parse(span.content) as SpanContent) : span.content;
  return spanDetail(span, content, startOf(spans));
}

function spansFrom(database: Database, trace: TraceRecord, uploaded: string | null): (SpanRecord | SpanInput)[] {
  return uploaded === null ? spansOf(database, trace.trace) : uploadedSpans(trace.traceId, uploaded);
}

/** By name, for the engine's table of readings. */
export const tracePanelReads = { traceList, traceTree, traceSpan };
export type TracePanelReads = typeof tracePanelReads;
