// Routes that write into a run. These are the hot ones: fields are read by hand and every answer is `{}`.
import { SlipwayError } from '../../../base/errors';
import type { MetricInput } from '../../../lifecycle/runs/batch';
import { checkRunId } from '../../../lifecycle/runs/rules/validation';
import type { DatasetInput } from '../../../lifecycle/runs/store/run-data';
import type { Fields } from '../wire/fields';
import type { Route, RouteRequest } from './route';

const done = {};
const most = { metrics: 1000, params: 100, tags: 100, all: 1000 };

function metricOf(fields: Fields): MetricInput {
  const metric: MetricInput = {
    key: fields.requiredText('key'),
    value: fields.requiredDouble('value'),
    time: fields.requiredInteger('timestamp'),
    step: fields.wideInteger('step') ?? 0,
  };
  const modelId = fields.text('model_id');
  if (modelId === '') return metric;
  return {
    ...metric,
    modelId,
    datasetName: fields.text('dataset_name'),
    datasetDigest: fields.text('dataset_digest'),
  };
}

function checkCount(what: string, count: number, limit: number): void {
  if (count <= limit) return;
  throw new SlipwayError(
    'invalid',
    `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}

function logBatch({ runs, fields }: RouteRequest): object {
  const runId = fields.requiredText('run_id');
  checkRunId(runId);
  const metrics = fields.items('metrics').map(metricOf);
  const params = fields.keyValues('params');
  const tags = fields.keyValues('tags');
  checkCount('metrics', metrics.length, most.metrics);
  checkCount('params', params.length, most.params);
  checkCount('tags', tags.length, most.tags);
  checkCount('metrics, params, and tags', metrics.length + params.length + tags.length, most.all);
  runs.logBatch(runId, { metrics, params, tags });
  return done;
}

function datasetOf(fields: Fields): DatasetInput {
  const dataset = fields.object('dataset');
  if (dataset === undefined) throw new SlipwayError('invalid', 'Dataset cannot be None');
  return {
    name: dataset.text('name'),
    digest: dataset.text('digest'),
    sourceType: dataset.text('source_type'),
    source: dataset.text('source'),
    schema: dataset.optionalText('schema') ?? null,
    profile: dataset.optionalText('profile') ?? null,
    tags: fields.keyValues('tags'),
  };
}

function logInputs({ runs, fields }: RouteRequest): object {
  const runId = fields.requiredText('run_id');
  checkRunId(runId);
  const datasets = fields.items('datasets').map(datasetOf);
  const models = fields.items('models').map((model) => model.text('model_id'));
  runs.logInputs(runId, { datasets, models });
  return done;
}

function logOutputs({ runs, fields }: RouteRequest): object {
  const runId = fields.requiredText('run_id');
  if (fields.value('models') === undefined) throw fields.missing('models');
  const models = fields.items('models').map((model) => ({
    modelId: model.text('model_id'),
    step: model.integer('step') ?? 0,
  }));
  runs.logOutputs(runId, models);
  return done;
}

const modelFields = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

function logModel({ runs, fields }: RouteRequest): object {
  const runId = fields.requiredText('run_id');
  const text = fields.requiredText('model_json');
  let model: Record<string, unknown>;
  try {
    model = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new SlipwayError('invalid', `Malformed model info. \n ${text} \n is not a valid JSON.`, { cause: error });
  }
  const missing = modelFields.filter((field) => !Object.hasOwn(Object(model), field));
  if (missing.length > 0) {
    const list = missing.map((field) => `'${field}'`).join(', ');
    throw new SlipwayError('invalid', `Model json is missing mandatory fields: {${list}}`);
  }
  const { run_id, utc_time_created, artifact_path, model_uuid, flavors } = model;
  runs.recordModel(runId, {
    run_id,
    artifact_path,
    utc_time_created,
    ...(model_uuid === undefined ? {} : { model_uuid }),
    flavors: withoutConfig(flavors),
  });
  return done;
}

/** A flavour's `config` can be of any size and is in the model's own file. */
function withoutConfig(flavors: unknown): object {
  const entries = Object.entries(Object(flavors) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, flavor]) => {
      if (typeof flavor !== 'object' || flavor === null) return [name, flavor];
      return [name, Object.fromEntries(Object.entries(flavor).filter(([key]) => key !== 'config'))];
    }),
  );
}

/** Routes that write into a run. */
export const loggingRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/runs/log-metric',
    answer: ({ runs, fields }) => {
      runs.logMetric(fields.runId(), metricOf(fields));
      return done;
    },
  },
  {
    method: 'POST',
    path: '/runs/log-parameter',
    answer: ({ runs, fields }) => {
      runs.logParam(fields.runId(), { key: fields.requiredText('key'), value: fields.text('value') });
      return done;
    },
  },
  {
    method: 'POST',
    path: '/runs/set-tag',
    answer: ({ runs, fields }) => {
      runs.setTag(fields.runId(), { key: fields.requiredText('key'), value: fields.text('value') });
      return done;
    },
  },
  {
    method: 'POST',
    path: '/runs/delete-tag',
    answer: ({ runs, fields }) => {
      runs.deleteTag(fields.requiredText('run_id'), fields.requiredText('key'));
      return done;
    },
  },
  { method: 'POST', path: '/runs/log-batch', answer: logBatch },
  { method: 'POST', path: '/runs/log-inputs', answer: logInputs },
  { method: 'POST', path: '/runs/outputs', answer: logOutputs },
  { method: 'POST', path: '/runs/log-model', answer: logModel },
];
