// The differential oracle: sessions of the real clients, each request of which is put to MLflow's own server and to
// Slipway; every field of every answer has to be the same, but for the differences that are allowed by name.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, repository, startEngine, temporaryFolder } from '../engine/engine-process';
import { type AllowedDifference, allowedDifferences, hasNoOrder } from './oracle/allowed-differences';
import { differences } from './oracle/difference';
import { LockstepProxy } from './oracle/lockstep-proxy';
import { type PeerServer, startPeerServer } from './oracle/peer-server';

const newest = 'SLIPWAY_TEST_PYTHON_MLFLOW3';
const clients = { 'MLflow 3': newest, 'MLflow 2': 'SLIPWAY_TEST_PYTHON_MLFLOW2' };
const used = new Set<AllowedDifference>();
let engine: EngineProcess;
let peer: PeerServer;
let proxy: LockstepProxy;

function interpreter(variable: string): string {
  const path = process.env[variable];
  if (path !== undefined && path !== '') return path;
  throw new Error(`${variable} must name a Python with that MLflow client. Run the tests with \`npm test\`.`);
}

function session(python: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [join(repository, 'test/mlflow/oracle/session')], {
      cwd: temporaryFolder('slipway-session-'),
      env: {
        ...process.env,
        MLFLOW_TRACKING_URI: proxy.url,
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
        MLFLOW_ENABLE_ASYNC_TRACE_LOGGING: 'false',
        GIT_PYTHON_REFRESH: 'quiet',
        PYTHONWARNINGS: 'ignore',
        PYTHONDONTWRITEBYTECODE: '1',
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

/** What differs and may not, as lines to read. */
function unexplained(): string[] {
  return proxy.exchanges.flatMap((exchange) => {
    const asked = `${decodeURIComponent(exchange.question.path)} ${exchange.question.body.subarray(0, 300)}`;
    return differences(exchange, proxy.known, hasNoOrder).flatMap((difference) => {
      const allowed = allowedDifferences.find((each) => each.covers(difference));
      if (allowed) used.add(allowed);
      if (allowed) return [];
      const [mlflow, slipway] = [difference.mlflow, difference.slipway].map((each) => JSON.stringify(each)?.slice(0, 400));
      return [`${exchange.number} ${exchange.question.method} ${asked}\n  ${difference.field}\n  MLflow:  ${mlflow}\n  Slipway: ${slipway}`];
    });
  });
}

beforeAll(async () => {
  [peer, engine] = await Promise.all([startPeerServer(interpreter(newest)), startEngine({ token: '' })]);
  proxy = await LockstepProxy.start(peer.url, engine.url);
}, 120_000);
afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await peer?.[Symbol.asyncDispose]();
  await engine?.[Symbol.asyncDispose]();
});

describe('beside the server of MLflow', () => {
  it.each(Object.entries(clients))('the session of the client of %s comes to its end', async (_name, variable) => {
    const before = proxy.exchanges.length;
    const { code, said } = await session(interpreter(variable));
    expect(code === 0 ? '' : said).toBe('');
    expect(proxy.exchanges.length - before).toBeGreaterThanOrEqual(200);
  });

  it('every answer is the same, field by field, but for what is allowed', () => {
    expect(unexplained().join('\n')).toBe('');
  });

  it('no difference is allowed that does not occur', () => {
    expect(allowedDifferences.filter((each) => !used.has(each)).map((each) => each.name)).toEqual([]);
  });

  it('the documentation tells of every difference that is allowed', () => {
    const told = readFileSync(join(repository, 'docs/mlflow-differences.md'), 'utf8');
    expect(allowedDifferences.filter((each) => !told.includes(`| ${each.row} |`)).map((each) => each.name)).toEqual([]);
  });
});
