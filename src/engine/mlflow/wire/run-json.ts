// Runs and what belongs to them in MLflow's JSON. Absent fields and empty lists are left out, as protobuf does.

import type { RunPoint, SearchPage } from '../../../lifecycle/runs/queries';
import type { RunRecord } from '../../../lifecycle/runs/run-record';
import type { HistoryPoint } from '../../../lifecycle/runs/store/metric-history';
import type { DatasetInput, RunData } from '../../../lifecycle/runs/store/run-data';
import { toWire, type WireInteger, type WireNumber } from '../../../protocol/number';

/** Writes digits as they are; known to V8 and not yet to the type library. */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => object };

/** One point as clients read it. A step that a double would round is written digit by digit. */
export function metricJson(point: { key: string; value: number; time: number; step: WireInteger }): {
  key: string;
  value: WireNumber;
  timestamp: number;
  step: number | object;
} {
  const step = typeof point.step === 'string' ? rawJSON(point.step) : point.step;
  return { key: point.key, value: toWire(point.value), timestamp: point.time, step };
}

/** A run's own fields. `run_uuid` is for clients before 1.0. */
export function runInfoJson(record: RunRecord): object {
  return {
    run_uuid: record.runId,
    experiment_id: record.experimentId,
    run_name: record.name,
    user_id: record.userId,
    status: record.status,
    start_time: record.startTime,
    ...(record.endTime ? { end_time: record.endTime } : {}),
    artifact_uri: record.artifactUri,
    lifecycle_stage: record.lifecycleStage,
    run_id: record.runId,
  };
}

/** A whole run. A new one is answered without `outputs`. */
export function runJson(data: RunData, isNew = false): object {
  return {
    info: runInfoJson(data.record),
    data: filled({ metrics: data.metrics.map(metricJson), params: data.params, tags: data.tags }),
    inputs: filled({
      dataset_inputs: data.datasets.map(datasetInputJson),
      model_inputs: data.modelInputs.map(({ modelId }) => ({ model_id: modelId })),
    }),
    ...(isNew ? {} : { outputs: outputsJson(data) }),
  };
}

function outputsJson(data: RunData): object {
  return filled({ model_outputs: data.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })) });
}

function datasetInputJson({ tags, ...dataset }: DatasetInput): object {
  return {
    ...filled({ tags }),
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      ...(dataset.schema === null ? {} : { schema: dataset.schema }),
      ...(dataset.profile === null ? {} : { profile: dataset.profile }),
    },
  };
}

/** One page of runs. */
export function runPageJson({ items, next }: SearchPage<RunData>): object {
  return {
    ...filled({ runs: items.map((item) => runJson(item)) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

/** One page of a metric's history. */
export function historyJson(key: string, { items, next }: SearchPage<HistoryPoint>): object {
  return {
    ...filled({ metrics: items.map((point) => metricJson({ key, ...point })) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

/** Points of several runs; each names its run. */
export function runPointsJson(key: string, points: readonly RunPoint[]): object[] {
  return points.map((point) => ({ ...metricJson({ key, ...point }), run_id: point.runId }));
}

/** Points of several runs, as the answer to a request for samples. */
export function samplesJson(key: string, points: readonly RunPoint[]): object {
  return filled({ metrics: runPointsJson(key, points) });
}

/** The object without its empty lists. */
export function filled(lists: Readonly<Record<string, readonly unknown[]>>): object {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
