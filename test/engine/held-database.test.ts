// Another program holds the database's write lock, as a backup tool or a SQLite browser does.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SlipwayError } from '../../src/base/errors';
import { WriteQueue } from '../../src/workspace/write-queue';
import { type EngineProcess, node, repository, slipway, startEngine } from './engine-process';

const mlflow = '/api/2.0/mlflow';
const program = `
  const db = new (require('better-sqlite3'))(process.argv[1]);
  db.exec('BEGIN IMMEDIATE');
  process.stdout.write('held');
  process.stdin.on('end', () => { db.exec('ROLLBACK'); process.exit(0); }).resume();
`;

/** A second process that holds the write lock of the engine's database until `letGo`. */
async function hold(engine: EngineProcess): Promise<{ letGo: () => Promise<void> }> {
  const child: ChildProcess = spawn(node, ['-e', program, `${engine.workspace}/.slipway/slipway.db`], {
    cwd: repository,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return {
    letGo: async () => {
      const gone = once(child, 'exit');
      child.stdin?.end();
      await gone;
    },
  };
}

async function newRun(engine: EngineProcess): Promise<string> {
  const { body } = await engine.json('POST', `${mlflow}/runs/create`, { experiment_id: '0', start_time: 1 });
  return (body.run as { info: { run_id: string } }).info.run_id;
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a database held by another program', () => {
  it('for 12 s: reads and health are answered meanwhile, writes wait and are answered in order', async () => {
    await using engine = await startEngine();
    const runId = await newRun(engine);
    const holder = await hold(engine);
    const answered: number[] = [];
    const writes = Array.from({ length: 20 }, async (_, turn) => {
      await pause(turn * 150);
      const { status, body } = await engine.json('POST', `${mlflow}/experiments/create`, { name: `turn ${turn}` });
      answered.push(turn);
      return status === 200 ? Number(body.experiment_id) : status;
    });
    const artifact = engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/a.txt`, {
      method: 'PUT',
      body: 'kept',
    });
    // An engine that waits in SQLite for the lock answers a few of these before this test's time is over.
    const end = Date.now() + 12_000;
    for (let reads = 0; reads < 100 || Date.now() < end; reads += 1) {
      expect((await fetch(`${engine.url}/health`)).status).toBe(200);
      expect((await engine.json('GET', `${mlflow}/runs/get?run_id=${runId}`)).status).toBe(200);
      expect((await engine.json('POST', `${mlflow}/runs/search`, { experiment_ids: ['0'] })).status).toBe(200);
      await pause(50);
    }
    expect(answered).toEqual([]);
    const { warnings } = await engine.client.api.engine.status.query();
    expect(warnings.join()).toMatch(/Another program holds .*slipway\.db, so 21 writes wait\. Close it there\./);

    await holder.letGo();
    // Ids are given in the order of writing.
    expect(await Promise.all(writes)).toEqual(Array.from({ length: 20 }, (_, turn) => turn + 1));
    expect((await artifact).status).toBe(200);
    expect((await engine.client.api.engine.status.query()).warnings).toEqual([]);
  });

  it('a client that gave up has written nothing, and its second try is written once', async () => {
    await using engine = await startEngine();
    const runId = await newRun(engine);
    const holder = await hold(engine);
    const batch = { run_id: runId, metrics: [{ key: 'm', value: 1, timestamp: 5, step: 1 }], params: [] };
    const create = { experiment_id: '0', start_time: 2, run_name: 'given up' };
    const impatient = (path: string, body: unknown): Promise<unknown> =>
      engine.fetch(mlflow + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(400),
      });
    await expect(impatient('/runs/log-batch', batch)).rejects.toThrow(/timeout/);
    await expect(impatient('/runs/create', create)).rejects.toThrow(/timeout/);
    const again = engine.json('POST', `${mlflow}/runs/log-batch`, batch);
    await pause(200);
    await holder.letGo();
    expect((await again).status).toBe(200);
    expect((await engine.client.api.runs.list.query({ text: 'given up' })).total).toBe(0);
    const history = await engine.client.api.metrics.history.query({ runId, key: 'm', limit: 10 });
    expect(history.items).toEqual([{ step: 1, time: 5, value: 1 }]);
  });

  it('a command recorded meanwhile is taken in afterwards, in the experiment it was started for', async () => {
    await using engine = await startEngine();
    const holder = await hold(engine);
    const running = slipway([
      'run',
      '--workspace',
      engine.workspace,
      '--experiment',
      'named',
      '--json',
      '--',
      'sh',
      '-c',
      'echo out; sleep 1',
    ]);
    await pause(2500);
    await holder.letGo();
    const { code, stdout } = await running;
    expect(code).toBe(0);
    const { run_id: runId } = JSON.parse(stdout) as { run_id: string };
    await expect
      .poll(async () => (await engine.client.api.runs.records.query({ runIds: [runId] }))[0]?.status, {
        timeout: 10_000,
      })
      .toBe('FINISHED');
    const run = await engine.client.api.runs.get.query({ runId });
    expect([run.experimentName, run.recording?.exitCode, run.recording?.problems]).toEqual(['named', 0, []]);
  });

  it('the engine can be ended while it waits', async () => {
    await using engine = await startEngine();
    const runId = await newRun(engine);
    const holder = await hold(engine);
    const write = engine.json('POST', `${mlflow}/runs/set-tag`, { run_id: runId, key: 'a', value: 'b' }).catch(() => 0);
    await pause(200);
    expect(await took(() => engine.end())).toBeLessThan(8000);
    expect(engine.child.exitCode).toBe(0);
    await write;
    await holder.letGo();
  });
});

describe('writes that wait', () => {
  it('beyond what memory is kept for are refused, and those before them are written', async () => {
    const queue = new WriteQueue('.', { writes: 3, bytes: 100 });
    let held = true;
    const written: number[] = [];
    const write = (n: number) => () => {
      if (held) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
      written.push(n);
    };
    const first = queue.run(write(1), { bytes: 60 });
    expect(() => queue.run(write(2), { bytes: 60 })).toThrow(/so much waits for it already that no more is taken/);
    const others = [queue.run(write(3)), queue.run(write(4))];
    let refused: unknown;
    try {
      queue.run(write(5));
    } catch (error) {
      refused = error;
    }
    expect(SlipwayError.is(refused, 'overloaded')).toBe(true);
    held = false;
    await Promise.all([first, ...others]);
    expect(written).toEqual([1, 3, 4]);
    expect(queue.size).toBe(0);
  });
});
