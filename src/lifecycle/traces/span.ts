// A span: one timed step of a trace.
import type { Attribute } from './any-value';

export type SpanStatus = 'UNSET' | 'OK' | 'ERROR';

/** Something that happened at one moment of a span, such as an exception. The time is epoch nanoseconds, in digits. */
export interface SpanEvent {
  time_unix_nano: string;
  name: string;
  attributes: Attribute[];
}

/** A span of another trace that this one has to do with; ids are hex. */
export interface SpanLink {
  trace_id: string;
  span_id: string;
  attributes: Attribute[];
}

/** What of a span is kept as it came; `kind` is the protocol's word, `message` says why the status is an error. */
export interface SpanContent {
  kind: string;
  message: string;
  attributes: Attribute[];
  events: SpanEvent[];
  links: SpanLink[];
}

/** A span's own fields. Times are epoch nanoseconds, in digits; no end while it runs. Ids are hex. */
export interface SpanRow {
  spanId: string;
  parentId: string | null;
  name: string;
  type: string;
  status: SpanStatus;
  startNs: string;
  endNs: string | null;
}

/** A span as it is logged; `traceId` has the form of MLflow's. */
export interface SpanInput extends SpanRow {
  traceId: string;
  content: SpanContent;
}

/** A span as it is kept; `content` is the JSON of its `SpanContent`. */
export interface SpanRecord extends SpanRow {
  content: string;
}
