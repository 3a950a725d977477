// Routes that read metric histories.
import { SlipwayError } from '../../base/errors';
import type { Route, RouteRequest } from './route';
import { metricJson } from './run-json';

function getHistory({ runs, fields }: RouteRequest): object {
  const runId = fields.runId();
  const key = fields.requiredText('metric_key');
  const limit = fields.integer('max_results') ?? null;
  if (limit !== null && limit < 1) {
    throw new SlipwayError(
      'invalid',
      `Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer.`,
    );
  }
  const { items, next } = runs.queries.history({ runId, key, limit, token: fields.optionalText('page_token') });
  return {
    ...(items.length === 0 ? {} : { metrics: items.map((point) => metricJson({ key, ...point })) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

/** Routes of metrics. */
export const metricRoutes: readonly Route[] = [{ method: 'GET', path: '/metrics/get-history', answer: getHistory }];
