// Routes that read metric histories.
import { SlipwayError } from '../../../base/errors';
import type { Fields } from '../wire/fields';
import { historyText, runPointsJson, samplesJson } from '../wire/run-json';
import type { Answer, Route, RouteRequest } from './route';

const most = { runs: 100, points: 25_000, pointsOfRun: 2500 };

function getHistory({ runs, readers, fields }: RouteRequest): Answer {
  const runId = fields.runId();
  const key = fields.requiredText('metric_key');
  const limit = fields.integer('max_results') ?? null;
  if (limit !== null) checkPositive(limit);
  const request = { runId, key, limit, token: fields.optionalText('page_token') };
  if (runs.queries.isLongHistory([runId], key)) return readers.run('mlflowHistory', request);
  return historyText(runs.queries.history(request));
}

function checkPositive(limit: number): void {
  if (limit >= 1) return;
  throw new SlipwayError(
    'invalid',
    `Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer.`,
  );
}

/** MLflow's page asks this one; `metrics` is there even when it is empty. */
function getHistoryBulk({ runs, readers, fields }: RouteRequest): object | Promise<string> {
  const runIds = fields.texts('run_id');
  if (runIds.length === 0) {
    throw new SlipwayError('invalid', 'GetMetricHistoryBulk request must specify at least one run_id.');
  }
  if (runIds.length > most.runs) {
    throw new SlipwayError(
      'invalid',
      `GetMetricHistoryBulk request cannot specify more than ${most.runs} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  const key = fields.optionalText('metric_key');
  if (key === undefined) throw new SlipwayError('invalid', 'GetMetricHistoryBulk request must specify a metric_key.');
  const limit = fields.integer('max_results') ?? most.points;
  checkPositive(limit);
  const request = { runIds, key, limit: Math.min(limit, most.points) };
  if (runs.queries.isLongHistory(runIds, key)) return readers.run('mlflowBulkHistory', request);
  return { metrics: runPointsJson(key, runs.queries.bulkHistory(request)) };
}

function getHistorySamples({ runs, readers, fields }: RouteRequest): object | Promise<string> {
  const runIds = fields.texts('run_ids');
  if (runIds.length === 0) throw fields.missing('run_ids');
  if (runIds.length > most.runs) {
    throw explained(
      `GetMetricHistoryBulkInterval request must specify at most ${most.runs} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  const key = fields.requiredText('metric_key');
  const limit = fields.integer('max_results') ?? most.pointsOfRun;
  if (limit < 1 || limit > most.pointsOfRun) {
    throw explained(`max_results must be between 1 and ${most.pointsOfRun}.`);
  }
  const request = { runIds, key, limit, steps: stepsOf(fields) };
  if (runs.queries.isLongHistory(runIds, key)) return readers.run('mlflowHistorySamples', request);
  return samplesJson(key, runs.queries.historySamples(request));
}

function stepsOf(fields: Fields): readonly [number | bigint, number | bigint] | null {
  const start = fields.wideInteger('start_step');
  const end = fields.wideInteger('end_step');
  if (start === undefined && end === undefined) return null;
  if (start === undefined || end === undefined) {
    throw new SlipwayError('invalid', 'If either start step or end step are specified, both must be specified.');
  }
  if (start <= end) return [start, end];
  throw new SlipwayError(
    'invalid',
    `end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
  );
}

function explained(message: string): SlipwayError {
  return new SlipwayError('invalid', `${message} See the API docs for more information about request parameters.`);
}

/** Routes of metrics. */
export const metricRoutes: readonly Route[] = [
  { method: 'GET', path: '/metrics/get-history', answer: getHistory },
  { method: 'GET', path: '/metrics/get-history-bulk', answer: getHistoryBulk },
  { method: 'GET', path: '/metrics/get-history-bulk-interval', answer: getHistorySamples },
];
