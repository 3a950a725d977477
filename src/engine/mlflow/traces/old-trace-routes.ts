// Routes of traces, as clients of 2.x ask them: a trace is begun, its spans are uploaded as an artifact, it is ended.
import { randomBytes } from 'node:crypto';
import type { TraceState } from '../../../lifecycle/traces/trace';
import type { Route, RouteRequest } from '../routes/route';
import { oldTraceInput, oldTraceSearch } from './trace-fields';
import { oldTraceInfoJson } from './trace-json';

const oldStatuses = ['TRACE_STATUS_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'] as const;

function begin({ traces, fields }: RouteRequest): object {
  const input = oldTraceInput(fields, { traceId: `tr-${randomBytes(16).toString('hex')}`, now: traces.now() });
  traces.traces.begin(input);
  return { trace_info: oldTraceInfoJson(traces.queries.trace(input.traceId)) };
}

function end({ traces, fields, parts }: RouteRequest): object {
  const traceId = parts.traceId ?? '';
  traces.traces.end(traceId, {
    time: fields.integer('timestamp_ms') ?? traces.now(),
    state: stateOf(fields.choice('status', oldStatuses)),
    tags: fields.keyValues('tags'),
    metadata: fields.keyValues('request_metadata'),
  });
  return { trace_info: oldTraceInfoJson(traces.queries.trace(traceId)) };
}

function stateOf(status: (typeof oldStatuses)[number] | undefined): TraceState {
  return status === undefined || status === 'TRACE_STATUS_UNSPECIFIED' ? 'STATE_UNSPECIFIED' : status;
}

/** Routes of traces of the second version of the API alone. */
export const oldTraceRoutes: readonly Route[] = [
  { method: 'POST', path: '/traces', answer: begin },
  { method: 'PATCH', path: '/traces/:traceId', answer: end },
  {
    method: 'GET',
    path: '/traces/:traceId/info',
    answer: ({ traces, parts }) => ({ trace_info: oldTraceInfoJson(traces.queries.trace(parts.traceId ?? '')) }),
  },
  {
    method: 'GET',
    path: '/traces',
    answer: ({ readers, fields }) => readers.run('mlflowTraces', { request: oldTraceSearch(fields), isOld: true }),
  },
];
