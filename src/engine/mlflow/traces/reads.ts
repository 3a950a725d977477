// The answers about traces that may take long, as readings a reader thread can make: the whole answer as JSON text.
import { TraceQueries, type TraceSearchRequest } from '../../../lifecycle/traces/queries';
import type { Database } from '../../../platform/sqlite/database';
import { traceGrammar } from '../search-grammar';
import { tracePageJson, wholeTraceJson } from './trace-json';

/** A search, as it is sent to a thread; `isOld` asks for the form that clients of 2.x know. */
export interface TraceSearchQuery {
  request: TraceSearchRequest;
  isOld: boolean;
}

function mlflowTraces(database: Database, { request, isOld }: TraceSearchQuery): string {
  return JSON.stringify(tracePageJson(new TraceQueries(database, traceGrammar).search(request), isOld));
}

/** Null while spans are missing that the client has told of, unless a part is allowed. */
function mlflowTrace(database: Database, query: { traceId: string; allowPartial: boolean }): string | null {
  const [found] = new TraceQueries(database, traceGrammar).whole([query.traceId]);
  if (found === undefined || !(found.isWhole || query.allowPartial)) return null;
  return JSON.stringify({ trace: wholeTraceJson(found) });
}

function mlflowTraceBatch(database: Database, traceIds: readonly string[]): string {
  const found = new TraceQueries(database, traceGrammar).whole(traceIds).filter(({ isWhole }) => isWhole);
  return JSON.stringify(found.length === 0 ? {} : { traces: found.map(wholeTraceJson) });
}

/** By name, for the engine's table of readings. */
export const traceReads = { mlflowTraces, mlflowTrace, mlflowTraceBatch };
