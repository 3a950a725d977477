// What requests say of traces.
import { SlipwayError } from '../../../base/errors';
import type { TraceSearchRequest } from '../../../lifecycle/traces/queries';
import { type TraceInput, type TraceTag, traceStates } from '../../../lifecycle/traces/trace';
import type { Fields } from '../wire/fields';
import { assessmentInput } from './assessment-json';
import { textMap } from './text-map';
import { durationOf, timestampOf } from './wire-time';

const usualResults = 100;
const mostResults = 500;

/** The trace that a client of 3.x tells. Throws `invalid` for what is missing or wrong. */
export function traceInput(fields: Fields, now: number): TraceInput {
  const info = fields.object('trace')?.object('trace_info');
  if (info === undefined) throw fields.missing('trace');
  const experimentId = experimentOf(info.object('trace_location'));
  if (experimentId === '') throw info.missing('trace_location');
  const optional = (name: string): string | null => info.optionalText(name) ?? null;
  return {
    traceId: info.requiredText('trace_id'),
    experimentId,
    requestTime: timestampOf(info, 'request_time') ?? now,
    duration: durationOf(info, 'execution_duration') ?? null,
    state: info.choice('state', traceStates) ?? 'STATE_UNSPECIFIED',
    clientRequestId: optional('client_request_id'),
    requestPreview: optional('request_preview'),
    responsePreview: optional('response_preview'),
    tags: tagMap(info, 'tags'),
    metadata: tagMap(info, 'trace_metadata'),
    assessments: info.items('assessments').map((each) => assessmentInput(each, now)),
  };
}

/** The trace that a client of 2.x begins, under an id of the engine's own. */
export function oldTraceInput(fields: Fields, made: { traceId: string; now: number }): TraceInput {
  return {
    traceId: made.traceId,
    experimentId: fields.requiredText('experiment_id'),
    requestTime: fields.integer('timestamp_ms') ?? made.now,
    duration: null,
    state: 'IN_PROGRESS',
    clientRequestId: null,
    requestPreview: null,
    responsePreview: null,
    tags: fields.keyValues('tags'),
    metadata: fields.keyValues('request_metadata'),
    assessments: [],
  };
}

/** A search by a client of 3.x. Throws `invalid` for what is missing or wrong. */
export function traceSearch(fields: Fields): TraceSearchRequest {
  if (fields.value('locations') === undefined) throw fields.missing('locations');
  const experimentIds = fields.items('locations').map(experimentOf);
  return { experimentIds: experimentIds.filter((id) => id !== ''), ...searchRest(fields) };
}

/** A search by a client of 2.x. Throws `invalid` for what is missing or wrong. */
export function oldTraceSearch(fields: Fields): TraceSearchRequest {
  if (fields.value('experiment_ids') === undefined) throw fields.missing('experiment_ids');
  return { experimentIds: fields.texts('experiment_ids'), ...searchRest(fields) };
}

function searchRest(fields: Fields): Omit<TraceSearchRequest, 'experimentIds'> {
  const limit = fields.integer('max_results') ?? usualResults;
  if (limit < 1 || limit > mostResults) {
    throw new SlipwayError(
      'invalid',
      `Invalid value ${limit} for parameter 'max_results' supplied: it must be between 1 and ${mostResults}.`,
    );
  }
  const orderBy = fields.texts('order_by');
  return { filter: fields.text('filter'), orderBy, limit, token: fields.optionalText('page_token') };
}

function experimentOf(location: Fields | undefined): string {
  return location?.object('mlflow_experiment')?.text('experiment_id') ?? '';
}

function tagMap(fields: Fields, name: string): TraceTag[] {
  return textMap(fields, name).map(([key, value]) => ({ key, value }));
}
