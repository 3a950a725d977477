// What the spans of a trace say about the trace as a whole.
import { attributeOf } from '../any-value';
import type { SpanInput } from '../span';
import type { TraceFacts, TraceState, TraceTag } from '../trace';

const tagPrefix = 'mlflow.traceTag.';
const longestPreview = 1000;
const nanoseconds = 1_000_000n;

/** Milliseconds, rounded down, of nanoseconds in digits. */
function milliseconds(nanosecondDigits: string): number {
  return Number(BigInt(nanosecondDigits) / nanoseconds);
}

/** The trace as some of its spans tell it. Without a root among them it is in progress, without previews or tags. */
export function summaryOf(spans: readonly SpanInput[]): Omit<TraceFacts, 'traceId' | 'experimentId'> {
  const root = rootOf(spans);
  const start = Math.min(...spans.map(({ startNs }) => milliseconds(startNs)));
  const ends = spans.flatMap(({ endNs }) => (endNs === null ? [] : [milliseconds(endNs)]));
  return {
    requestTime: start,
    duration: ends.length === 0 ? null : Math.max(0, Math.max(...ends) - start),
    state: root === undefined ? 'IN_PROGRESS' : stateOf(root),
    clientRequestId: null,
    requestPreview: previewOf(root, 'mlflow.spanInputs'),
    responsePreview: previewOf(root, 'mlflow.spanOutputs'),
  };
}

/** The tags of the trace that its root carries. */
export function tagsOf(spans: readonly SpanInput[]): TraceTag[] {
  const attributes = rootOf(spans)?.content.attributes ?? [];
  return attributes
    .filter(({ key }) => key.startsWith(tagPrefix) && key.length > tagPrefix.length)
    .map(({ key }) => ({ key: key.slice(tagPrefix.length), value: textOf(attributeOf(attributes, key)) }));
}

function rootOf(spans: readonly SpanInput[]): SpanInput | undefined {
  return spans.find(({ parentId }) => parentId === null);
}

function stateOf(root: SpanInput): TraceState {
  if (root.endNs === null) return 'IN_PROGRESS';
  return root.status === 'ERROR' ? 'ERROR' : 'OK';
}

function previewOf(root: SpanInput | undefined, key: string): string | null {
  const value = root === undefined ? undefined : attributeOf(root.content.attributes, key);
  if (value === undefined || value === null) return null;
  return textOf(value).slice(0, longestPreview);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
