// Logged models in MLflow's JSON.
import type {
  LoggedModelMetric,
  LoggedModelRecord,
  LoggedModelStatus,
} from '../../../lifecycle/runs/logged-models/logged-model';
import { filled, metricJson } from './run-json';

/** The statuses by their number in MLflow's protocol. */
export const wireStatuses = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
] as const;

const toWireStatus: Readonly<Record<LoggedModelStatus, (typeof wireStatuses)[number]>> = {
  UNSPECIFIED: 'LOGGED_MODEL_STATUS_UNSPECIFIED',
  PENDING: 'LOGGED_MODEL_PENDING',
  READY: 'LOGGED_MODEL_READY',
  FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
};

/** The status behind its name in the protocol. */
export function statusOf(wire: (typeof wireStatuses)[number]): LoggedModelStatus {
  const found = Object.entries(toWireStatus).find(([, name]) => name === wire);
  return found === undefined ? 'UNSPECIFIED' : (found[0] as LoggedModelStatus);
}

/** One logged model. */
export function loggedModelJson(model: LoggedModelRecord): object {
  return {
    info: {
      model_id: model.modelId,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdateTime,
      artifact_uri: model.artifactUri,
      status: toWireStatus[model.status],
      model_type: model.modelType,
      source_run_id: model.sourceRunId ?? '',
      ...(model.statusMessage === null ? {} : { status_message: model.statusMessage }),
      ...filled({ tags: model.tags }),
    },
    data: filled({
      params: model.params,
      metrics: model.metrics.map((metric) => modelMetricJson(model.modelId, metric)),
    }),
  };
}

function modelMetricJson(modelId: string, metric: LoggedModelMetric): object {
  return {
    ...metricJson(metric),
    ...(metric.datasetName === '' ? {} : { dataset_name: metric.datasetName }),
    ...(metric.datasetDigest === '' ? {} : { dataset_digest: metric.datasetDigest }),
    model_id: modelId,
    run_id: metric.runId,
  };
}
