// Runs that are logged to be compared, and the answer of `slipway compare`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type EngineProcess, slipway } from './engine-process';

interface Logged {
  params?: Record<string, string>;
  metrics?: Record<string, number | string>;
  /** The digest of the data that it was judged on. */
  data?: string;
  status?: 'FINISHED' | 'FAILED' | 'RUNNING';
  file?: string;
}

/** A run over MLflow's REST, with its predictions through the CLI. */
export async function logRun(
  engine: EngineProcess,
  name: string,
  { params = {}, metrics = {}, data, status = 'FINISHED', file }: Logged,
): Promise<string> {
  const post = (route: string, body: unknown) => engine.json('POST', `/api/2.0/mlflow/${route}`, body);
  const { body } = await post('runs/create', { experiment_id: '0', run_name: name, start_time: Date.now() });
  const runId = (body as { run: { info: { run_id: string } } }).run.info.run_id;
  await post('runs/log-batch', {
    run_id: runId,
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: Date.now(), step: 0 })),
  });
  if (data !== undefined) {
    const dataset = { name: 'flights', digest: data, source_type: 'local', source: '{}' };
    const tags = [{ key: 'mlflow.data.context', value: 'holdout' }];
    await post('runs/log-inputs', { run_id: runId, datasets: [{ dataset, tags }] });
  }
  if (file !== undefined) {
    const path = join(engine.workspace, 'predictions.csv');
    writeFileSync(path, file);
    await slipway(['artifacts', 'put', runId, path, '--workspace', engine.workspace]);
  }
  if (status !== 'RUNNING') await post('runs/update', { run_id: runId, status, end_time: Date.now() });
  return runId;
}

interface Answer {
  verdict: string;
  sentence: string;
  metrics: Record<string, unknown>[];
  baseline_name: string;
  baseline_repeats: string[];
  candidates: {
    name: string;
    support: string[];
    changes: { what: string; name: string; baseline: string; candidate: string }[];
    comparable: { question: string; answer: string }[];
  }[];
}

/** The exit code and the parsed answer; nothing may be said on stderr. */
export async function compareRuns(
  engine: EngineProcess,
  ...words: string[]
): Promise<{ code: number | null; answer: Answer }> {
  const { code, stdout, stderr } = await slipway(['compare', ...words, '--json', '--workspace', engine.workspace]);
  expect(stderr).toBe('');
  return { code, answer: JSON.parse(stdout) };
}
