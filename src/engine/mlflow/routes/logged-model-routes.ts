// Routes of logged models.
import { SlipwayError } from '../../../base/errors';
import type { DatasetChoice } from '../../../lifecycle/runs/store/logged-model-search';
import type { Fields } from '../wire/fields';
import { loggedModelJson, statusOf, wireStatuses } from '../wire/logged-model-json';
import type { Route, RouteRequest } from './route';

function create({ runs, fields }: RouteRequest): object {
  const experimentId = fields.requiredText('experiment_id');
  const name = fields.text('name');
  const model = runs.models.create({
    experimentId,
    ...(name === '' ? {} : { name }),
    modelType: fields.text('model_type'),
    sourceRunId: fields.text('source_run_id'),
    params: fields.keyValues('params'),
    tags: fields.keyValues('tags'),
  });
  return { model: loggedModelJson(model) };
}

function finalize({ runs, fields, parts }: RouteRequest): object {
  const status = fields.choice('status', wireStatuses);
  if (status === undefined) throw fields.missing('status');
  return { model: loggedModelJson(runs.models.finalize(modelId(parts), statusOf(status))) };
}

function modelId(parts: Readonly<Record<string, string>>): string {
  return parts.modelId ?? '';
}

function optional(fields: Fields, name: string): string | undefined {
  return fields.text(name) || undefined;
}

function datasetOf(fields: Fields): DatasetChoice {
  const name = fields.text('dataset_name');
  if (name === '') throw new SlipwayError('invalid', '`dataset_name` in the `datasets` clause must be specified.');
  return { name, digest: optional(fields, 'dataset_digest') };
}

function search({ runs, fields }: RouteRequest): object {
  if (fields.value('experiment_ids') === undefined) throw fields.missing('experiment_ids');
  const experimentIds = fields.texts('experiment_ids');
  const filter = fields.text('filter');
  const datasets = fields.items('datasets').map(datasetOf);
  const limit = fields.integer('max_results') || 100;
  const orderBy = fields.items('order_by').map((order) => ({
    fieldName: order.text('field_name'),
    ascending: order.flag('ascending', true),
    datasetName: optional(order, 'dataset_name'),
    datasetDigest: optional(order, 'dataset_digest'),
  }));
  const token = fields.optionalText('page_token');
  const { items, next } = runs.queries.loggedModels({ experimentIds, filter, datasets, limit, orderBy, token });
  return {
    ...(items.length === 0 ? {} : { models: items.map(loggedModelJson) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

/** Routes of logged models. */
export const loggedModelRoutes: readonly Route[] = [
  { method: 'POST', path: '/logged-models', answer: create },
  { method: 'POST', path: '/logged-models/search', reads: true, answer: search },
  {
    method: 'GET',
    path: '/logged-models/:modelId',
    answer: ({ runs, fields, parts }) => ({
      model: loggedModelJson(runs.models.get(modelId(parts), fields.flag('allow_deleted', false))),
    }),
  },
  { method: 'PATCH', path: '/logged-models/:modelId', answer: finalize },
  {
    method: 'DELETE',
    path: '/logged-models/:modelId',
    answer: ({ runs, parts }) => {
      runs.models.delete(modelId(parts));
      return {};
    },
  },
  {
    method: 'POST',
    path: '/logged-models/:modelId/params',
    answer: ({ runs, fields, parts }) => {
      runs.models.logParams(modelId(parts), fields.keyValues('params'));
      return {};
    },
  },
  {
    method: 'PATCH',
    path: '/logged-models/:modelId/tags',
    answer: ({ runs, fields, parts }) => {
      runs.models.setTags(modelId(parts), fields.keyValues('tags'));
      return {};
    },
  },
  {
    method: 'DELETE',
    path: '/logged-models/:modelId/tags/:key',
    answer: ({ runs, parts }) => {
      runs.models.deleteTag(modelId(parts), parts.key ?? '');
      return {};
    },
  },
];
