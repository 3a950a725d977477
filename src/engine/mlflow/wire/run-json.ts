// Runs and what belongs to them in MLflow's JSON. Absent fields and empty lists are left out, as protobuf does.

import type { RunPoint, SearchPage } from '../../../lifecycle/runs/queries';
import type { RunRecord } from '../../../lifecycle/runs/run-record';
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

/** A whole run, as text. A new one is answered without `outputs`. */
export function runText(data: RunData, isNew = false): string {
  const { record, metrics, params, tags, datasets, modelInputs } = data;
  const inputs = filled({
    dataset_inputs: datasets.map(datasetInputJson),
    model_inputs: modelInputs.map(({ modelId }) => ({ model_id: modelId })),
  });
  const info = JSON.stringify(runInfoJson(record));
  const outputs = isNew ? '' : `,"outputs":${JSON.stringify(outputsJson(data))}`;
  return `{"info":${info},"data":${listsText({ metrics, params, tags })},"inputs":${JSON.stringify(inputs)}${outputs}}`;
}

/** An object of lists that are JSON already, without the empty ones. */
function listsText(lists: Readonly<Record<string, string>>): string {
  const some = Object.entries(lists).filter(([, list]) => list !== '[]');
  return `{${some.map(([name, list]) => `"${name}":${list}`).join()}}`;
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

/** One page of runs that are text already. */
export function runPageText({ items, next }: SearchPage<string>): string {
  const runs = items.length === 0 ? '' : `"runs":[${items.join()}]`;
  return `{${[runs, tokenText(next)].filter((part) => part !== '').join()}}`;
}

/** One page of a metric's history, as UTF-8. */
export function historyText({ list, next }: { list: Buffer | undefined; next: string | undefined }): Buffer {
  if (list === undefined) return Buffer.from('{}');
  const end = next === undefined ? '}' : `,${tokenText(next)}}`;
  return Buffer.concat([Buffer.from('{"metrics":'), list, Buffer.from(end)]);
}

function tokenText(next: string | undefined): string {
  return next === undefined ? '' : `"next_page_token":${JSON.stringify(next)}`;
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
