// What can be asked about traces, of one database.
import { SlipwayError } from '../../base/errors';
import type { Database } from '../../platform/sqlite/database';
import type { SearchGrammar } from '../../workspace/search-grammar';
import { traceCondition } from './search/trace-filter';
import { traceOrder } from './search/trace-order';
import type { SpanRecord } from './span';
import { countSpans, spansOf } from './store/span-store';
import { readTraces, tracesById } from './store/trace-read';
import { searchTraces } from './store/trace-search';
import { type TraceRecord, traceKeys } from './trace';

/** What a search takes; an empty filter finds every trace of the experiments. */
export interface TraceSearchRequest {
  experimentIds: readonly string[];
  filter: string;
  orderBy: readonly string[];
  limit: number;
  token: string | undefined;
}

/** One page; `next` is the token of the following one. */
export interface TracePage {
  items: TraceRecord[];
  next: string | undefined;
}

/** A trace with its spans. `isWhole` is false while fewer spans have come than its client said there are. */
export interface WholeTrace {
  trace: TraceRecord;
  spans: SpanRecord[];
  isWhole: boolean;
}

/** With more spans than this an answer may take more than the 20 ms that the engine's loop can spare. */
const mostSpans = 200;

/** Answers questions about traces. */
export class TraceQueries {
  readonly #database: Database;
  readonly #grammar: SearchGrammar;

  constructor(database: Database, grammar: SearchGrammar) {
    this.#database = database;
    this.#grammar = grammar;
  }

  /** Traces that a filter finds. Throws SlipwayError `invalid` for what it cannot read. */
  search({ experimentIds, filter, orderBy, limit, token }: TraceSearchRequest): TracePage {
    const order = traceOrder(orderBy, this.#grammar);
    const condition = traceCondition(this.#grammar.filter(filter));
    const offset = this.#grammar.offset(token);
    const { items, more } = searchTraces(this.#database, { experimentIds, condition, order, limit, offset });
    return { items, next: more ? this.#grammar.token(offset + limit) : undefined };
  }

  /** The trace. Throws SlipwayError `not-found`, also for a deleted one. */
  trace(traceId: string): TraceRecord {
    const [found] = this.traces([traceId]);
    if (found === undefined) throw traceNotFound(traceId);
    return found;
  }

  /** The traces with these ids, in their order; those there are none of are left out. */
  traces(traceIds: readonly string[]): TraceRecord[] {
    return readTraces(this.#database, tracesById(this.#database, traceIds));
  }

  /** The traces with these ids and their spans. */
  whole(traceIds: readonly string[]): WholeTrace[] {
    return this.traces(traceIds).map((trace) => {
      const spans = spansOf(this.#database, trace.trace);
      return { trace, spans, isWhole: spans.length >= Math.max(1, spansTold(trace)) };
    });
  }

  /** True when these traces have so many spans that they should be read on another thread. */
  isLong(traceIds: readonly string[]): boolean {
    const traces = tracesById(this.#database, traceIds).map(({ trace }) => trace);
    return countSpans(this.#database, traces, mostSpans + 1) > mostSpans;
  }
}

/** The refusal of a trace there is none of. */
export function traceNotFound(traceId: string): SlipwayError {
  return new SlipwayError('not-found', `Trace with ID '${traceId}' not found.`);
}

function spansTold({ metadata }: TraceRecord): number {
  const text = metadata.find(({ key }) => key === traceKeys.sizeStatistics)?.value;
  try {
    return Number((JSON.parse(text ?? '{}') as { num_spans?: unknown }).num_spans ?? 0) || 0;
  } catch {
    return 0;
  }
}
