// A workspace into which stores are imported, and what clients then see of it.
import { type EngineProcess, slipway, startEngine } from '../engine/engine-process';
import type { Point } from './written-store';

/** What `slipway import --json` prints. */
export interface ImportSaid {
  code: number | null;
  stderr: string;
  source: { tool: string; what: string; path: string } | null;
  imported: Record<string, number>;
  updated: Record<string, number>;
  skipped: Record<string, number>;
  points: number;
  refused: { name: string; why: string }[];
  problems: { name: string; why: string }[];
  left_out: { name: string; why: string }[];
}

/** A run as the tracking API tells it. */
export interface RunSeen {
  id: string;
  experiment: string;
  name: string;
  status: string;
  start: number;
  end: number;
  params: Record<string, string>;
  tags: Record<string, string>;
  metrics: string[];
  inputs: [name: string, digest: string, profile: string][];
}

interface WireRun {
  info: Record<string, string> & { start_time: number; end_time: number };
  data: Record<'metrics' | 'params' | 'tags', { key: string; value: string }[] | undefined>;
  inputs: { dataset_inputs?: { dataset: { name: string; digest: string; profile: string } }[] };
}

/** `await using workspace = await importWorkspace()`. */
export class ImportWorkspace {
  constructor(readonly engine: EngineProcess) {}

  /** Runs `slipway import` to its end. */
  async import(path: string, ...flags: string[]): Promise<ImportSaid> {
    const { code, stdout, stderr } = await slipway(['import', path, '--json', ...flags], {
      cwd: this.engine.workspace,
    });
    const said = (stdout === '' ? {} : JSON.parse(stdout)) as Omit<ImportSaid, 'code' | 'stderr'>;
    return { ...said, code, stderr };
  }

  /** All active runs by id. */
  async runs(): Promise<Map<string, RunSeen>> {
    const found = new Map<string, RunSeen>();
    const { body } = await this.engine.json('POST', '/api/2.0/mlflow/experiments/search', { max_results: 100 });
    const experiments = new Map(
      (body.experiments as { experiment_id: string; name: string }[]).map((each) => [each.experiment_id, each.name]),
    );
    const search = { experiment_ids: [...experiments.keys()], max_results: 1000 };
    const answer = await this.engine.json('POST', '/api/2.0/mlflow/runs/search', search);
    for (const run of (answer.body.runs ?? []) as WireRun[]) {
      const seen = seenRun(run, experiments.get(run.info.experiment_id ?? '') ?? '');
      found.set(seen.id, seen);
    }
    return found;
  }

  /** The run of that name. */
  async run(name: string): Promise<RunSeen> {
    const run = [...(await this.runs()).values()].find((each) => each.name === name);
    if (run === undefined) throw new Error(`There is no run ${name}.`);
    return run;
  }

  /** All points of a metric, by step, time and value. */
  async points(runId: string, key: string): Promise<Point[]> {
    const query = new URLSearchParams({ run_id: runId, metric_key: key, max_results: '25000' });
    const response = await this.engine.fetch(`/api/2.0/mlflow/metrics/get-history?${query}`);
    const text = (await response.text()).replace(/"step":\s*(-?\d+)/g, '"step":"$1"');
    const { metrics = [] } = JSON.parse(text) as {
      metrics?: { step: string; timestamp: number; value: number | string }[];
    };
    return sortedPoints(metrics.map(({ step, timestamp, value }) => [step, timestamp, Number(value)]));
  }

  /** The text of a file of a run. */
  async file(runId: string, path: string): Promise<string> {
    const response = await this.engine.fetch(`/get-artifact?${new URLSearchParams({ run_uuid: runId, path })}`);
    return response.text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine[Symbol.asyncDispose]();
  }
}

/** A workspace of its own with an engine. */
export async function importWorkspace(): Promise<ImportWorkspace> {
  return new ImportWorkspace(await startEngine());
}

/** Points in an order that does not depend on how they were read. */
export function sortedPoints(points: readonly Point[]): Point[] {
  return [...points].sort((a, b) => Number(a[0]) - Number(b[0]) || a[1] - b[1] || a[2] - b[2]);
}

function seenRun({ info, data, inputs }: WireRun, experiment: string): RunSeen {
  const pairs = (list: { key: string; value: string }[] = []): Record<string, string> =>
    Object.fromEntries(list.map(({ key, value }) => [key, value]));
  return {
    id: info.run_id ?? '',
    experiment,
    name: info.run_name ?? '',
    status: info.status ?? '',
    start: info.start_time,
    end: info.end_time,
    params: pairs(data.params),
    tags: pairs(data.tags),
    metrics: (data.metrics ?? []).map(({ key }) => key).sort(),
    inputs: (inputs.dataset_inputs ?? []).map(({ dataset }) => [dataset.name, dataset.digest, dataset.profile]),
  };
}
