// The differential oracle: sessions of the real clients, each request of which is put to MLflow's own server and to
// Slipway; every field of every answer has to be the same, but for the differences that are allowed by name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, repository, startEngine } from '../engine/engine-process';
import { clientInterpreter, runClientScript } from './client-script';
import { type AllowedDifference, allowedDifferences, hasNoOrder } from './oracle/allowed-differences';
import { type Difference, differences } from './oracle/difference';
import type { Exchange } from './oracle/exchange';
import { LockstepProxy } from './oracle/lockstep-proxy';
import { type PeerServer, startPeerServer } from './oracle/peer-server';

const newest = 'SLIPWAY_TEST_PYTHON_MLFLOW3';
const clients = { '3.18.0': newest, '2.22.5': 'SLIPWAY_TEST_PYTHON_MLFLOW2' };
const used = new Set<AllowedDifference>();
let engine: EngineProcess;
let peer: PeerServer;
let proxy: LockstepProxy;
let ended: { code: number | null; said: string }[];

function session(python: string): Promise<{ code: number | null; said: string }> {
  // What MLflow refuses is answered once, and what a client has to say comes in one order.
  const env = { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', MLFLOW_ENABLE_ASYNC_TRACE_LOGGING: 'false' };
  return runClientScript(python, join(repository, 'test/mlflow/oracle/session'), { url: proxy.url, env });
}

/** What differs and may not, as lines to read: of each kind the first, and how many there are. */
function unexplained(): string[] {
  const kinds = new Map<string, { line: string; count: number }>();
  for (const exchange of proxy.exchanges) {
    for (const difference of differences(exchange, proxy.known, hasNoOrder)) {
      const allowed = allowedDifferences.find((each) => each.covers(difference));
      if (allowed) used.add(allowed);
      else {
        const kind = `${difference.request} ${difference.field.replace(/\d+/g, '*')} ${exchange.mlflow.status}`;
        const { line, count } = kinds.get(kind) ?? { line: shown(exchange, difference), count: 0 };
        kinds.set(kind, { line, count: count + 1 });
      }
    }
  }
  return [...kinds.values()].map(({ line, count }) => `${count} × ${line}`);
}

function shown({ number, question }: Exchange, { field, mlflow, slipway }: Difference): string {
  const brief = (value: unknown): string => String(JSON.stringify(value)).slice(0, 500);
  const asked = `${question.method} ${decodeURIComponent(question.path)} ${question.body.subarray(0, 300)}`;
  return `request ${number}: ${asked}\n  ${field}\n  MLflow:  ${brief(mlflow)}\n  Slipway: ${brief(slipway)}`;
}

beforeAll(async () => {
  const begun = Date.now();
  [peer, engine] = await Promise.all([startPeerServer(clientInterpreter(newest)), startEngine({ token: '' })]);
  proxy = await LockstepProxy.start({ mlflow: peer.url, slipway: engine.url, begun });
  // Side by side: while one client thinks, the other asks.
  ended = await Promise.all(Object.values(clients).map((variable) => session(clientInterpreter(variable))));
}, 300_000);
afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await peer?.[Symbol.asyncDispose]();
  await engine?.[Symbol.asyncDispose]();
});

// A second try would ask two servers that are no longer new.
describe('beside the server of MLflow', { retry: 0 }, () => {
  it('the sessions of both clients come to their end', () => {
    expect(ended.map(({ code, said }) => (code === 0 ? '' : said))).toEqual(['', '']);
  });

  it.each(Object.keys(clients))('client %s asked at least two hundred times', (version) => {
    const asked = proxy.exchanges.filter(({ question }) => question.headers['user-agent']?.endsWith(`/${version}`));
    expect(asked.length).toBeGreaterThanOrEqual(200);
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
