// Routes of experiments.
import { SlipwayError } from '../../../base/errors';
import type { ViewType } from '../../../lifecycle/runs/queries';
import { datasetsJson, experimentJson } from '../wire/experiment-json';
import type { Route, RouteRequest } from './route';

/** The views by their number in MLflow's protocol. */
export const viewTypes: readonly (ViewType | 'UNSPECIFIED')[] = ['UNSPECIFIED', 'ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'];

/** The stages a request asks for; active ones unless it says otherwise. */
export function viewOf(view: ViewType | 'UNSPECIFIED' | undefined): ViewType {
  return view === undefined || view === 'UNSPECIFIED' ? 'ACTIVE_ONLY' : view;
}

function create({ runs, fields }: RouteRequest): object {
  const name = fields.requiredText('name');
  const artifactLocation = fields.text('artifact_location');
  return { experiment_id: runs.experiments.create({ name, artifactLocation, tags: fields.keyValues('tags') }) };
}

function getByName({ runs, fields }: RouteRequest): object {
  const name = fields.requiredText('experiment_name');
  const found = runs.experiments.findByName(name);
  if (found === undefined) throw new SlipwayError('not-found', `Could not find experiment with name '${name}'`);
  return { experiment: experimentJson(found) };
}

function search({ runs, fields }: RouteRequest): object {
  const view = viewOf(fields.choice('view_type', viewTypes));
  const { items, next } = runs.queries.experiments({
    view,
    limit: fields.integer('max_results') ?? 1000,
    orderBy: fields.texts('order_by'),
    filter: fields.text('filter'),
    token: fields.optionalText('page_token'),
  });
  return {
    ...(items.length === 0 ? {} : { experiments: items.map((item) => experimentJson(runs.experiments.placed(item))) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

const mostExperiments = 20;

function searchDatasets({ runs, readers, fields }: RouteRequest): object | Promise<string> {
  const experimentIds = fields.texts('experiment_ids');
  if (experimentIds.length === 0) {
    throw new SlipwayError('invalid', 'SearchDatasets request must specify at least one experiment_id.');
  }
  if (experimentIds.length > mostExperiments) {
    throw new SlipwayError(
      'invalid',
      `SearchDatasets request cannot specify more than ${mostExperiments} experiment_ids. Received ${experimentIds.length} experiment_ids.`,
    );
  }
  // Every run of the experiments is looked at, whatever is found.
  if (runs.queries.isLongSearch(experimentIds, { filter: '', limit: 0 }))
    return readers.run('mlflowDatasets', experimentIds);
  return datasetsJson(runs.queries.datasets(experimentIds));
}

/** All routes of experiments. */
export const experimentRoutes: readonly Route[] = [
  { method: 'POST', path: '/experiments/create', answer: create },
  { method: 'GET', path: '/experiments/get-by-name', answer: getByName },
  { method: 'POST', path: '/experiments/search', reads: true, answer: search },
  { method: 'GET', path: '/experiments/search', answer: search },
  { method: 'POST', path: '/experiments/search-datasets', reads: true, answer: searchDatasets },
  {
    method: 'GET',
    path: '/experiments/get',
    answer: ({ runs, fields }) => ({
      experiment: experimentJson(runs.experiments.get(fields.requiredText('experiment_id'))),
    }),
  },
  {
    method: 'POST',
    path: '/experiments/update',
    answer: ({ runs, fields }) => {
      runs.experiments.rename(fields.requiredText('experiment_id'), fields.requiredText('new_name'));
      return {};
    },
  },
  {
    method: 'POST',
    path: '/experiments/delete',
    answer: ({ runs, fields }) => {
      runs.experiments.delete(fields.requiredText('experiment_id'));
      return {};
    },
  },
  {
    method: 'POST',
    path: '/experiments/restore',
    answer: ({ runs, fields }) => {
      runs.experiments.restore(fields.requiredText('experiment_id'));
      return {};
    },
  },
  {
    method: 'POST',
    path: '/experiments/set-experiment-tag',
    answer: ({ runs, fields }) => {
      const id = fields.requiredText('experiment_id');
      runs.experiments.setTag(id, { key: fields.requiredText('key'), value: fields.text('value') });
      return {};
    },
  },
  {
    method: 'POST',
    path: '/experiments/delete-experiment-tag',
    answer: ({ runs, fields }) => {
      runs.experiments.deleteTag(fields.requiredText('experiment_id'), fields.requiredText('key'));
      return {};
    },
  },
];
