// A workspace with something of every kind that a bundle can hold, written through the doors people use.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineProcess, slipway } from './engine-process';

const mlflow = '/api/2.0/mlflow';

/** The ids of what was made. */
export interface BundleWorkspace {
  /** Logged over REST, with everything. */
  richRun: string;
  plainRun: string;
  recordedRun: string;
  modelId: string;
}

/** Fills the engine's workspace. */
export async function fillWorkspace(engine: EngineProcess): Promise<BundleWorkspace> {
  const experimentId = String((await post(engine, 'experiments/create', { name: 'delay' })).experiment_id);
  await post(engine, 'experiments/set-experiment-tag', { experiment_id: experimentId, key: 'team', value: 'vision' });
  const richRun = await createRun(engine, experimentId, 'calm-elk');
  await fillRun(engine, richRun);
  const plainRun = await createRun(engine, '0', 'plain');
  await post(engine, 'runs/update', { run_id: plainRun, status: 'FAILED', end_time: 1_763_000_009_000 });
  const created = await post(engine, 'logged-models', {
    experiment_id: experimentId,
    name: 'classifier',
    source_run_id: richRun,
    params: [{ key: 'depth', value: '3' }],
  });
  const modelId = (created as { model: { info: { model_id: string } } }).model.info.model_id;
  await put(engine, `${experimentId}/models/${modelId}/artifacts/MLmodel`, 'flavors: {}\n');
  await post(engine, 'registered-models/create', { name: 'delay' });
  await post(engine, 'model-versions/create', {
    name: 'delay',
    source: `models:/${modelId}`,
    run_id: richRun,
    model_id: modelId,
  });
  await post(engine, 'registered-models/alias', { name: 'delay', alias: 'champion', version: '1' });
  await sendTrace(engine, experimentId, 250);
  writeFileSync(join(engine.workspace, 'in.csv'), 'a\n');
  const words = ['run', '--json', '--name', 'told', '--input', 'in.csv', '--', 'sh', '-c', 'echo said; exit 3'];
  const { stdout } = await slipway(words, { cwd: engine.workspace });
  return { richRun, plainRun, recordedRun: (JSON.parse(stdout) as { run_id: string }).run_id, modelId };
}

async function fillRun(engine: EngineProcess, runId: string): Promise<void> {
  const metrics = [
    { key: 'loss', value: 0.5, step: 0, timestamp: 1_763_000_000_000 },
    { key: 'loss', value: 'NaN', step: 1, timestamp: 1_763_000_001_000 },
    { key: 'loss', value: 'Infinity', step: 2, timestamp: 1_763_000_002_000 },
    { key: 'val loss', value: -1e-300, step: -3, timestamp: 1_763_000_002_000 },
  ];
  const many = Array.from({ length: 900 }, (_, step) => ({ key: 'auc', value: step / 7, step, timestamp: 5 + step }));
  await post(engine, 'runs/log-batch', {
    run_id: runId,
    metrics: [...metrics, ...many],
    params: [{ key: 'lr', value: '0.1' }],
    tags: [{ key: 'mlflow.note.content', value: 'Ein Wort über *alles* 🦌' }],
  });
  const dataset = { name: 'flights', digest: 'd1', source_type: 'local', source: '{"uri":"a.csv"}' };
  const tags = [{ key: 'mlflow.data.context', value: 'training' }];
  await post(engine, 'runs/log-inputs', { run_id: runId, datasets: [{ dataset, tags }] });
  const { run } = (await get(engine, `runs/get?run_id=${runId}`)) as { run: { info: { artifact_uri: string } } };
  const folder = run.info.artifact_uri.replace('mlflow-artifacts:/', '');
  await put(engine, `${folder}/plots/roc.txt`, 'a curve\n');
  await put(engine, `${folder}/same.txt`, 'a curve\n');
  await put(engine, `${folder}/ünïcode/empty`, '');
  await engine.client.api.runs.change.mutate({ changes: [{ runId, starred: true, expected: { starred: false } }] });
  await post(engine, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: 1_763_000_005_000 });
}

/** One trace of that many spans, as an OpenTelemetry exporter sends it. */
export async function sendTrace(engine: EngineProcess, experimentId: string, count: number): Promise<void> {
  const hex = (number: number): string => (number + 1).toString(16).padStart(16, '0');
  const spans = Array.from({ length: count }, (_, index) => ({
    traceId: hex(count).repeat(2),
    spanId: hex(index),
    ...(index === 0 ? {} : { parentSpanId: hex(0) }),
    name: `step ${index}`,
    startTimeUnixNano: `${1_763_000_000_000_000_000n + BigInt(index)}`,
    endTimeUnixNano: '1763000000900000001',
    attributes: [{ key: 'text', value: { stringValue: 'Ä' } }],
  }));
  const answer = await engine.fetch('/v1/traces', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-mlflow-experiment-id': experimentId },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
}

/** A run of that name, running. */
export async function createRun(engine: EngineProcess, experimentId: string, name: string): Promise<string> {
  const asked = { experiment_id: experimentId, run_name: name, start_time: 1_763_000_000_000, user_id: 'ada' };
  const { run } = (await post(engine, 'runs/create', asked)) as { run: { info: { run_id: string } } };
  return run.info.run_id;
}

/** A MLflow route that writes. Throws with its answer unless it says 200. */
export async function post(engine: EngineProcess, route: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await engine.json('POST', `${mlflow}/${route}`, body);
  if (answer.status !== 200) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A MLflow route that reads. */
export async function get(engine: EngineProcess, route: string): Promise<Record<string, unknown>> {
  return (await engine.json('GET', `${mlflow}/${route}`)).body;
}

/** Puts one artifact under its path below the artifact root. */
export async function put(engine: EngineProcess, path: string, body: string): Promise<void> {
  const address = `/api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
  const answer = await engine.fetch(address, { method: 'PUT', body });
  if (answer.status !== 200) throw new Error(`${path}: ${await answer.text()}`);
}

/** What a verb prints with `--json`. Throws what it says where it prints nothing. */
export async function json<T>(engine: EngineProcess, ...words: string[]): Promise<T> {
  const { stdout, stderr } = await slipway([...words, '--json', '--workspace', engine.workspace]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
