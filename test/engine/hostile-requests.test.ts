// Every route under fire: whatever is sent, the answer is a refusal or a result, never a failure of ours, and the engine
// goes on. A failing case is printed with its seed and can be repeated with it.
import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlflowRoutes, routeUrl } from '../../src/engine/mlflow/register';
import { laterPaths } from '../../src/engine/mlflow/routes/later-routes';
import { apiRouter } from '../../src/protocol/api';
import { apiRoute } from '../../src/protocol/api-route';
import { type EngineProcess, startEngine } from './engine-process';
import { type HostileRequest, type HostileTarget, hostileRequests, type PlausibleRequest } from './hostile-request';

/** The same requests every time; others, and more of them, for whoever hunts. */
const seed = Number(process.env.SLIPWAY_HOSTILE_SEED ?? 20_261_122);
const rounds = Number(process.env.SLIPWAY_HOSTILE_ROUNDS ?? 40);

const files = '/api/2.0/mlflow-artifacts/artifacts';
const logged = '/api/2.0/mlflow/logged-models/:modelId/artifacts';
/** What is mounted by hand. Left out: the stream of events, which takes nothing, and the request to end. */
const others: HostileTarget[] = [
  ...['GET', 'PUT', 'DELETE'].map((method) => ({ method, path: `${files}/*` })),
  { method: 'GET', path: files },
  { method: 'POST', path: '/api/2.0/mlflow-artifacts/mpu/create/*' },
  { method: 'GET', path: '/api/2.0/mlflow-artifacts/presigned/*' },
  { method: 'GET', path: '/api/2.0/mlflow/artifacts/list' },
  { method: 'GET', path: '/get-artifact' },
  { method: 'GET', path: '/model-versions/get-artifact' },
  { method: 'GET', path: `${logged}/directories` },
  { method: 'GET', path: `${logged}/files` },
  { method: 'POST', path: '/api/2.0/mlflow/upload-artifact' },
  { method: 'GET', path: '/api/runs/:runId/artifacts/*' },
  { method: 'POST', path: '/v1/traces' },
  { method: 'GET', path: '/*' },
];
const typed = Object.entries(apiRouter._def.procedures)
  .filter(([name]) => name !== 'engine.stop')
  .map(([name, procedure]) => {
    const isQuery = (procedure as unknown as { _def: { type: string } })._def.type === 'query';
    return { method: isQuery ? 'GET' : 'POST', path: `${apiRoute}/${name}` };
  });
const targets: HostileTarget[] = [
  ...mlflowRoutes.map((route) => ({ method: route.method, path: routeUrl(route) })),
  ...typed,
  ...others,
  { method: 'POST', path: `${laterPaths[0]}/*` },
];

type Made = { info: Record<string, string> };

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let engine: EngineProcess;

/** Sends the path exactly as written, which `fetch` would tidy. */
function send({ method, path, body, contentType }: HostileRequest): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(engine.url);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const headers = { ...length, ...(contentType === undefined ? {} : { 'content-type': contentType }) };
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A refusal is JSON in the words of its surface; whatever is not a refusal is fine. */
function isSound({ status, text }: { status: number; text: string }): boolean {
  if (status < 400 || status === 416) return true;
  if (status >= 500 && status !== 501) return false;
  const said = JSON.parse(text) as Record<string, unknown>;
  return 'error_code' in said || 'error' in said || 'code' in said;
}

async function ask(method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  return (await engine.json(method, `/api/2.0/mlflow/${path}`, body)).body;
}

/** A run, a logged model and a version of a registered model that are there, whatever the requests before did. */
async function plausibleNow(path: string): Promise<PlausibleRequest> {
  await ask('POST', 'experiments/restore', { experiment_id: '0' });
  const point = { key: 'm', value: '1', timestamp: 1, step: 1 };
  const run = (await ask('POST', 'runs/create', { experiment_id: '0', start_time: 1 })).run as Made;
  const model = (await ask('POST', 'logged-models', { experiment_id: '0', name: 'n' })).model as Made;
  const { run_id = '' } = run.info;
  const { model_id = '' } = model.info;
  await ask('POST', 'runs/log-metric', { run_id, ...point });
  await ask('POST', 'runs/set-tag', { run_id, key: 'm', value: '1' });
  await ask('PATCH', `logged-models/${model_id}/tags`, { tags: [{ key: 'm', value: '1' }] });
  await ask('POST', 'registered-models/create', { name: 'n' });
  const { model_version } = await ask('POST', 'model-versions/create', { name: 'n', source: `models:/${model_id}` });
  const version = (model_version as { version?: string } | undefined)?.version ?? '1';
  await ask('POST', 'registered-models/alias', { name: 'n', alias: 'a', version });
  const file = `0/${run_id}/artifacts/a.txt`;
  await engine.fetch(`${files}/${file}`, { method: 'PUT', body: 'x', headers: { 'content-type': 'text/plain' } });
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: '{}', schema: '{}', profile: '{}' };
  const fields = {
    ...{ run_id, ...point, model_id, name: 'n', version, alias: 'a', stage: 'Staging', metric_key: 'm', path: 'a.txt' },
    ...{ experiment_id: '0', experiment_ids: ['0'], experiment_name: 'Default', run_ids: [run_id], max_results: 10 },
    ...{ metrics: [point], params: [{ key: 'p', value: '1' }], tags: [{ key: 't', value: '1' }], new_name: 'new' },
    ...{ datasets: [{ dataset, tags: [], dataset_name: 'd' }], models: [{ model_id, step: 0 }], run_name: 'r' },
    ...{ model_json: JSON.stringify({ run_id, artifact_path: 'm', utc_time_created: '', flavors: {} }), order_by: [] },
    ...{ status: 'LOGGED_MODEL_READY', source: `models:/${model_id}`, artifact_file_path: 'a', description: 'd' },
  };
  const typedFields = {
    ...{ runId: run_id, limit: 10, page: null, keys: ['m'], key: 'm', path: 'a.txt', from: 0, text: 'x', buckets: 20 },
    ...{ runIds: [run_id], wanted: run_id, axis: 'step', direction: 'up', filter: 'metrics.m > 0', orderBy: [] },
    changes: [{ runId: run_id, name: 'r', tags: { t: '1' } }],
  };
  return {
    fields: path.startsWith(apiRoute) ? typedFields : fields,
    parts: { ':modelId': model_id, ':key': 'm', ':runId': run_id, '*': file },
  };
}

beforeAll(async () => {
  engine = await startEngine({ token: '' });
});
afterAll(async () => {
  agent.destroy();
  await engine[Symbol.asyncDispose]();
});

describe('hostile requests', () => {
  it.each(targets)('$method $path answers them all', async (target) => {
    const requests = hostileRequests(target, await plausibleNow(target.path));
    const property = fc.asyncProperty(requests, async (hostile) => {
      const answer = await send(hostile);
      if (!isSound(answer)) throw new Error(`${answer.status} ${answer.text.slice(0, 500)}`);
    });
    await fc.assert(property, { seed, numRuns: rounds, interruptAfterTimeLimit: 30_000 });
    expect(await (await engine.fetch('/health')).text()).toBe('OK');
  });
});
