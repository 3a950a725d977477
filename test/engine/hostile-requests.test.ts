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
import { type HostileRequest, type HostileTarget, hostileRequests } from './hostile-request';

const seed = 20_261_122;
const rounds = 40;

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
  { method: 'GET', path: `${logged}/directories` },
  { method: 'GET', path: `${logged}/files` },
  { method: 'POST', path: '/api/2.0/mlflow/upload-artifact' },
  { method: 'GET', path: '/api/runs/:runId/artifacts/*' },
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

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let engine: EngineProcess;
let known: string[];

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

beforeAll(async () => {
  engine = await startEngine({ token: '' });
  const create = async (path: string, body: unknown): Promise<Record<string, { info: Record<string, string> }>> =>
    (await engine.json('POST', `/api/2.0/mlflow/${path}`, body)).body as never;
  const { run } = await create('runs/create', { experiment_id: '0', start_time: 1 });
  const { model } = await create('logged-models', { experiment_id: '0', name: 'n' });
  known = [run?.info.run_id ?? '', model?.info.model_id ?? '', '0', 'n'];
  await create('runs/log-metric', { run_id: known[0], key: 'm', value: 1, timestamp: 1 });
});
afterAll(async () => {
  agent.destroy();
  await engine[Symbol.asyncDispose]();
});

describe('hostile requests', () => {
  it.each(targets)('$method $path answers them all', async (target) => {
    const property = fc.asyncProperty(hostileRequests(target, known), async (hostile) => {
      const answer = await send(hostile);
      if (!isSound(answer)) throw new Error(`${answer.status} ${answer.text.slice(0, 500)}`);
    });
    await fc.assert(property, { seed, numRuns: rounds, interruptAfterTimeLimit: 20_000 });
    expect(await (await engine.fetch('/health')).text()).toBe('OK');
  });
});
