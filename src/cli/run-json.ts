// A run as `runs show --json` prints it: the fields every run has (docs/command-line.md), then all else that is known.
import type { ArtifactCount, FileDigest, MetricSummary, Recording, RunDetail, RunRecordJson } from '../protocol/run';

/** The metrics a recorder samples, by their names in the answer. */
export const resourceKeys = { cpu_percent: 'system/cpu_percent', memory_megabytes: 'system/memory_megabytes' } as const;

/** What the answer is made of; `resources` holds the metrics of `resourceKeys` that there are. */
export interface RunJsonParts {
  record: RunRecordJson;
  run: RunDetail;
  /** Null where they lie outside the folders Slipway reads. */
  artifacts: ArtifactCount | null;
  resources: readonly MetricSummary[];
}

/** The answer. Fields of the recording are null for a run that nobody recorded. */
export function runJson({ record, run, artifacts, resources }: RunJsonParts): Record<string, unknown> {
  return {
    ...record,
    experiment_name: run.experimentName,
    parent: run.parent === null ? null : { run_id: run.parent.runId, name: run.parent.name },
    child_count: run.childCount,
    state: run.state,
    user: run.userId,
    recorded: run.recorded,
    metric_count: run.metricCount,
    artifacts,
    datasets: run.datasets,
    models: run.models.map(({ modelId, name, status }) => ({ model_id: modelId, name, status })),
    resources: resourcesJson(resources),
    ...recordingJson(run.recording),
  };
}

function recordingJson(recording: Recording | null): Record<string, unknown> {
  return {
    command: recording?.command ?? null,
    cwd: recording?.cwd ?? null,
    pid: recording?.childPid ?? null,
    exit_code: recording?.exitCode ?? null,
    signal: recording?.signal ?? null,
    lost: recording?.lost ?? null,
    git: gitJson(recording?.git ?? null),
    environment: recording?.environment ?? null,
    host: recording?.host ?? null,
    inputs: recording?.inputs.map(({ written: _written, ...file }) => file) ?? null,
    outputs: recording?.outputs.map(outputJson) ?? null,
    output_bytes: recording?.outputBytes ?? null,
    problems: recording?.problems ?? null,
  };
}

function gitJson(git: Recording['git']): Record<string, unknown> | null {
  if (git === null) return null;
  const { diffTruncated, ...rest } = git;
  return { ...rest, diff_truncated: diffTruncated };
}

/** `written` is null where it is not known, as in runs recorded before it was looked at. */
function outputJson(file: FileDigest): FileDigest {
  return { ...file, written: file.written ?? null };
}

function resourcesJson(metrics: readonly MetricSummary[]): Record<string, unknown> | null {
  if (metrics.length === 0) return null;
  const found = Object.entries(resourceKeys).map(([name, key]) => {
    const metric = metrics.find((each) => each.key === key);
    return [name, metric === undefined ? null : { samples: metric.count, last: metric.last, max: metric.max }];
  });
  return Object.fromEntries(found);
}
