// Routes that create, change, read and find runs.

import { SlipwayError } from '../../../base/errors';
import type { SearchPage } from '../../../lifecycle/runs/queries';
import type { RunRecord } from '../../../lifecycle/runs/run-record';
import { runStatus } from '../../../protocol/run';
import { runInfoJson, runPageText, runText } from '../wire/run-json';
import { viewOf, viewTypes } from './experiment-routes';
import type { Route, RouteRequest } from './route';

/** The statuses by their number in MLflow's protocol, which starts at 1. */
const statuses = ['', 'RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
const mostResults = 50_000;

function create({ runs, fields }: RouteRequest): string {
  const record = runs.createRun({
    experimentId: fields.text('experiment_id'),
    startTime: fields.integer('start_time') ?? runs.context.now(),
    name: fields.text('run_name'),
    userId: fields.text('user_id'),
    tags: fields.keyValues('tags'),
  });
  return `{"run":${runText(runs.queries.newRunData(record), true)}}`;
}

function update({ runs, fields }: RouteRequest): object {
  const runId = fields.runId();
  const endTime = fields.integer('end_time');
  const status = runStatus.safeParse(fields.choice('status', statuses)).data;
  const record = runs.updateRun(runId, {
    ...(status === undefined ? {} : { status }),
    ...(endTime === undefined ? {} : { endTime }),
    name: fields.text('run_name'),
  });
  return { run_info: runInfoJson(record) };
}

function search({ runs, texts, readers, fields }: RouteRequest): string | Promise<string> {
  const experimentIds = fields.texts('experiment_ids');
  const filter = fields.text('filter');
  const limit = fields.integer('max_results') ?? 1000;
  if (limit > mostResults) {
    throw new SlipwayError(
      'invalid',
      `Invalid value ${limit} for parameter 'max_results' supplied:  Hint: Value was of type 'int'. See the API docs for more information about request parameters.`,
    );
  }
  const request = {
    filter,
    limit,
    orderBy: fields.texts('order_by'),
    view: viewOf(fields.choice('run_view_type', viewTypes)),
    token: fields.optionalText('page_token'),
  };
  const { queries } = runs;
  const answer = ({ items, next }: SearchPage<RunRecord>): string =>
    runPageText({ items: texts.of(items, (records) => queries.data(records)), next });
  if (!queries.isLongSearch(experimentIds, request)) return answer(queries.runs(experimentIds, request));
  const query = { experimentIds, request };
  if (!queries.isShortPage(limit)) return readers.run('mlflowRuns', query);
  // Found on a thread, and read here as they are now: a record from there may be older than what is kept.
  return readers
    .run('mlflowRunNumbers', query)
    .then(({ items, next }) => answer({ items: queries.records(items), next }));
}

/** Routes of runs as a whole. */
export const runRoutes: readonly Route[] = [
  { method: 'POST', path: '/runs/create', answer: create },
  { method: 'POST', path: '/runs/update', answer: update },
  { method: 'POST', path: '/runs/search', reads: true, answer: search },
  {
    method: 'GET',
    path: '/runs/get',
    answer: ({ runs, recordings, fields }) => {
      const record = runs.getRun(fields.runId());
      const data = { ...runs.queries.runData(record), record: recordings.unsaved.withEnd(record) };
      return `{"run":${runText(data)}}`;
    },
  },
  {
    method: 'POST',
    path: '/runs/delete',
    answer: ({ runs, fields }) => {
      runs.deleteRun(fields.requiredText('run_id'));
      return {};
    },
  },
  {
    method: 'POST',
    path: '/runs/restore',
    answer: ({ runs, fields }) => {
      runs.restoreRun(fields.requiredText('run_id'));
      return {};
    },
  },
];
