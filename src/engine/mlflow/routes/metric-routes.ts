// Routes that read metric histories.
import { SlipwayError } from '../../../base/errors';
import { historyJson } from '../wire/run-json';
import type { Route, RouteRequest } from './route';

function getHistory({ runs, readers, fields }: RouteRequest): object | Promise<string> {
  const runId = fields.runId();
  const key = fields.requiredText('metric_key');
  const limit = fields.integer('max_results') ?? null;
  if (limit !== null && limit < 1) {
    throw new SlipwayError(
      'invalid',
      `Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer.`,
    );
  }
  const request = { runId, key, limit, token: fields.optionalText('page_token') };
  if (runs.queries.isLongHistory(runId, key)) return readers.run('mlflowHistory', request);
  return historyJson(key, runs.queries.history(request));
}

/** Routes of metrics. */
export const metricRoutes: readonly Route[] = [{ method: 'GET', path: '/metrics/get-history', answer: getHistory }];
