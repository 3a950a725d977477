// What a trace looks like to panels and other clients of ours.
import type { Page } from '../run';

export type TraceState = 'STATE_UNSPECIFIED' | 'OK' | 'ERROR' | 'IN_PROGRESS';

/** A trace as a row. The time is epoch milliseconds, the duration milliseconds, null while it is not known. */
export interface TraceSummary {
  traceId: string;
  name: string | null;
  requestTime: number;
  duration: number | null;
  state: TraceState;
  /** The beginning of what was asked. */
  requestPreview: string | null;
  spans: number;
}

/** The traces of a run, the newest first; `total` counts all of them. */
export type TracePage = Page<TraceSummary> & { total: number };

/** A span as a row: milliseconds from the start of the trace, and how long it took, null while it runs. */
export interface SpanSummary {
  spanId: string;
  parentId: string | null;
  name: string;
  type: string;
  status: 'UNSET' | 'OK' | 'ERROR';
  start: number;
  duration: number | null;
}

/** What somebody says of a trace; `value` is JSON. */
export interface TraceAssessment {
  assessmentId: string;
  name: string;
  kind: 'feedback' | 'expectation' | 'issue';
  value?: unknown;
  rationale: string | null;
  source: string | null;
}

/** One trace with the rows of its spans, roots first, then in the order of their start. */
export interface TraceTree {
  traceId: string;
  requestTime: number;
  duration: number | null;
  state: TraceState;
  tags: { key: string; value: string }[];
  assessments: TraceAssessment[];
  spans: SpanSummary[];
}

/** Something that happened in a span, milliseconds from the start of the trace. */
export interface SpanEventDetail {
  name: string;
  time: number;
  attributes: Record<string, unknown>;
}

/** One span with all that was logged of it; inputs and outputs are undefined where there are none. */
export interface SpanDetail extends SpanSummary {
  /** Why it failed, as far as it says. */
  message: string;
  inputs?: unknown;
  outputs?: unknown;
  attributes: Record<string, unknown>;
  events: SpanEventDetail[];
}
