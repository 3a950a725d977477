// Many clients at once: eight that log single metrics, two that read; then the same beside large work.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tell } from '../bench/measurement';
import { cli, type EngineProcess, node, slipway, startEngine, temporaryFolder } from '../engine/engine-process';
import { KeptConnection, percentile } from './kept-connection';
import { storeOf } from './stores';

const mlflow = '/api/2.0/mlflow';
const seconds = 10;

let large = '';
beforeAll(() => {
  large = storeOf(100_000);
});
afterAll(() => rmSync(large, { recursive: true, force: true }));

/** Asks over and over until told to stop; the milliseconds each answer took. */
async function keepAsking(
  engine: EngineProcess,
  stop: { now: boolean },
  next: (turn: number) => Request,
): Promise<number[]> {
  using connection = new KeptConnection(engine.url, engine.client.headers);
  const taken: number[] = [];
  for (let turn = 0; !stop.now; turn++) {
    const { method, path, body, pause = 0 } = next(turn);
    taken.push((await connection.ask(method, path, body)).took);
    if (pause > 0) await delay(pause);
  }
  return taken;
}

interface Request {
  method: string;
  path: string;
  body?: unknown;
  /** Milliseconds to wait afterwards. */
  pause?: number;
}

async function newRun(engine: EngineProcess): Promise<string> {
  const { body } = await engine.json('POST', `${mlflow}/runs/create`, { experiment_id: '0', start_time: Date.now() });
  return (body as { run: { info: { run_id: string } } }).run.info.run_id;
}

async function writer(engine: EngineProcess, stop: { now: boolean }, pause = 0): Promise<number[]> {
  const runId = await newRun(engine);
  return keepAsking(engine, stop, (step) => ({
    method: 'POST',
    path: `${mlflow}/runs/log-metric`,
    body: { run_id: runId, key: 'loss', value: 1 / (step + 1), timestamp: Date.now(), step },
    pause,
  }));
}

function reader(engine: EngineProcess, stop: { now: boolean }): Promise<number[]> {
  const body = { experiment_ids: ['0'], max_results: 20, order_by: ['metrics.loss DESC'] };
  return keepAsking(engine, stop, () => ({ method: 'POST', path: `${mlflow}/runs/search`, body }));
}

async function forAWhile<T>(work: (stop: { now: boolean }) => Promise<T>[]): Promise<T[]> {
  const stop = { now: false };
  const all = work(stop);
  setTimeout(() => {
    stop.now = true;
  }, seconds * 1000);
  return Promise.all(all);
}

/** An export of all 100,000 runs, as far as it comes. */
async function exportForAWhile(file: string): Promise<void> {
  const child = spawn(node, [cli, 'export', file, '--experiment', 'many'], { cwd: large, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const isOver = await Promise.race([ended.then(() => true), delay(seconds * 2000)]);
  if (isOver === undefined) child.kill('SIGINT');
  await ended;
}

it('eight writers and two readers', async () => {
  await using engine = await startEngine();
  for (let run = 0; run < 50; run++) await newRun(engine);
  const alone = (await forAWhile((stop) => [reader(engine, stop), reader(engine, stop)])).flat();
  const both = await forAWhile((stop) => [
    ...Array.from({ length: 8 }, () => writer(engine, stop)),
    reader(engine, stop),
    reader(engine, stop),
  ]);
  const [written, read] = [both.slice(0, 8).flat(), both.slice(8).flat()];
  tell({
    crowdedSingle: percentile(written, 0.99),
    crowdedSingles: written.length / seconds,
    crowdedRead: percentile(read, 0.99),
    crowdedReads: read.length / seconds,
    readsAlone: alone.length / seconds,
  });
});

it('one writer beside an import, an export and searches over 100,000 runs', async () => {
  const place = temporaryFolder('slipway-load-');
  const bundle = join(place, 'runs.slipway');
  const source = storeOf(2000);
  try {
    expect((await slipway(['export', bundle], { cwd: source })).code).toBe(0);
    await slipway(['engine', 'stop'], { cwd: source });
    await using engine = await startEngine({ workspace: large });
    const found = await engine.json('GET', `${mlflow}/experiments/get-by-name?experiment_name=many`);
    const { experiment_id } = (found.body as { experiment: { experiment_id: string } }).experiment;
    const stop = { now: false };
    const single = writer(engine, stop, 5);
    // What holds up the loop holds up an answer that takes none of its time.
    const health = keepAsking(engine, stop, () => ({ method: 'GET', path: '/health', pause: 10 }));
    const search = keepAsking(engine, stop, () => ({
      method: 'POST',
      path: `${mlflow}/runs/search`,
      body: {
        experiment_ids: [experiment_id],
        filter: "metrics.m0 > 0.9 and params.p3 LIKE '%2%'",
        order_by: ['metrics.m1 DESC'],
        max_results: 1000,
      },
    }));
    const imported = await slipway(['import', bundle], { cwd: large });
    expect([imported.code, imported.stderr]).toEqual([0, '']);
    await exportForAWhile(join(place, 'out.slipway'));
    stop.now = true;
    const [written, waited, searched] = await Promise.all([single, health, search]);
    tell({
      busySingle: percentile(written, 0.99),
      busySingleWorst: Math.max(...written),
      busyLoop: percentile(waited, 0.99),
      busyLoopWorst: Math.max(...waited),
      busySearches: searched.length,
    });
  } finally {
    for (const folder of [source, place]) rmSync(folder, { recursive: true, force: true });
  }
});
