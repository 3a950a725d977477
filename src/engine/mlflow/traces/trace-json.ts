// Traces and spans in MLflow's JSON: the form of 3.x, and that of 2.x.
import type { TracePage, WholeTrace } from '../../../lifecycle/traces/queries';
import type { SpanContent, SpanRecord } from '../../../lifecycle/traces/span';
import type { TraceRecord, TraceTag } from '../../../lifecycle/traces/trace';
import { filled } from '../wire/run-json';
import { assessmentJson } from './assessment-json';
import { durationText, timestampText } from './wire-time';

/** A trace without its spans. */
export function traceInfoJson(trace: TraceRecord): object {
  return {
    trace_id: trace.traceId,
    ...(trace.clientRequestId === null ? {} : { client_request_id: trace.clientRequestId }),
    trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: trace.experimentId } },
    request_time: timestampText(trace.requestTime),
    ...(trace.duration === null ? {} : { execution_duration: durationText(trace.duration) }),
    state: trace.state,
    trace_metadata: mapOf(trace.metadata),
    tags: mapOf(trace.tags),
    ...(trace.requestPreview === null ? {} : { request_preview: trace.requestPreview }),
    ...(trace.responsePreview === null ? {} : { response_preview: trace.responsePreview }),
    ...filled({ assessments: trace.assessments.map((each) => assessmentJson(trace.traceId, each)) }),
  };
}

/** A trace without its spans, as clients of 2.x know it. */
export function oldTraceInfoJson(trace: TraceRecord): object {
  return {
    request_id: trace.traceId,
    experiment_id: trace.experimentId,
    timestamp_ms: trace.requestTime,
    ...(trace.duration === null ? {} : { execution_time_ms: trace.duration }),
    status: trace.state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : trace.state,
    request_metadata: trace.metadata,
    tags: trace.tags,
  };
}

/** A trace with its spans. */
export function wholeTraceJson({ trace, spans }: WholeTrace): object {
  return { trace_info: traceInfoJson(trace), ...filled({ spans: spans.map((span) => spanJson(trace.traceId, span)) }) };
}

/** One page of traces without their spans. */
export function tracePageJson({ items, next }: TracePage, isOld: boolean): object {
  return {
    ...filled({ traces: items.map(isOld ? oldTraceInfoJson : traceInfoJson) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

function mapOf(tags: readonly TraceTag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function spanJson(traceId: string, span: SpanRecord): object {
  const { kind, message, attributes, events, links } = JSON.parse(span.content) as SpanContent;
  return {
    trace_id: base64Of(traceId.replace(/^tr-/, '')),
    span_id: base64Of(span.spanId),
    ...(span.parentId === null ? {} : { parent_span_id: base64Of(span.parentId) }),
    name: span.name,
    kind,
    start_time_unix_nano: span.startNs,
    ...(span.endNs === null ? {} : { end_time_unix_nano: span.endNs }),
    ...filled({
      attributes,
      events,
      links: links.map((link) => ({
        trace_id: base64Of(link.trace_id),
        span_id: base64Of(link.span_id),
        ...filled({ attributes: link.attributes }),
      })),
    }),
    status: { ...(message === '' ? {} : { message }), code: `STATUS_CODE_${span.status}` },
  };
}

function base64Of(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
