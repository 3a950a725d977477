// A trace: one request through a program, told as a tree of spans.
import type { Assessment, AssessmentInput } from './assessment';

export const traceStates = ['STATE_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'] as const;
export type TraceState = (typeof traceStates)[number];

/** One tag of a trace, or one of its metadata. */
export interface TraceTag {
  key: string;
  value: string;
}

/** What is said of a trace. The time is epoch milliseconds, the duration milliseconds; null when it is not known. */
export interface TraceFacts {
  traceId: string;
  experimentId: string;
  requestTime: number;
  duration: number | null;
  state: TraceState;
  clientRequestId: string | null;
  requestPreview: string | null;
  responsePreview: string | null;
}

/** A trace as its client tells it once it has ended. */
export interface TraceInput extends TraceFacts {
  tags: readonly TraceTag[];
  metadata: readonly TraceTag[];
  assessments: readonly AssessmentInput[];
}

/** A trace's own fields; `trace` is its identity. */
export interface TraceRow extends TraceFacts {
  trace: number;
}

/** A trace with everything said of it, without its spans. */
export interface TraceRecord extends TraceRow {
  tags: TraceTag[];
  metadata: TraceTag[];
  assessments: Assessment[];
}

/** Keys of tags and metadata that clients and engine agree on. */
export const traceKeys = {
  name: 'mlflow.traceName',
  artifactLocation: 'mlflow.artifactLocation',
  spansLocation: 'mlflow.trace.spansLocation',
  sourceRun: 'mlflow.sourceRun',
  sizeStatistics: 'mlflow.trace.sizeStats',
  finalized: 'mlflow.trace.infoFinalized',
} as const;
