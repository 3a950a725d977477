// What was acknowledged survives SIGKILL of the engine at any moment.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from '../../src/platform/sqlite/database';
import { type EngineProcess, startEngine, temporaryFolder } from './engine-process';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mlflow = '/api/2.0/mlflow';

/** Everything one writer was told is kept. */
interface Acknowledged {
  runId: string;
  steps: number[];
  params: string[];
  finished: boolean;
}

describe('SIGKILL of the engine under load', () => {
  it('loses nothing acknowledged in any of five rounds, and the database stays sound', async () => {
    const kept: Acknowledged[] = [];
    for (let round = 0; round < 5; round++) {
      const engine = await startEngine({ workspace: folder });
      const stop = { now: false };
      const writers = Array.from({ length: 4 }, (_, writer) => write(engine, `${round}-${writer}`, { kept, stop }));
      await pause(250 + round * 90);
      await engine.end('SIGKILL');
      stop.now = true;
      await Promise.all(writers);
    }
    expect(kept.reduce((sum, run) => sum + run.steps.length, 0)).toBeGreaterThan(200);

    await using engine = await startEngine({ workspace: folder });
    for (const run of kept) await expectKept(engine, run);
    expect(await engine.client.api.engine.check.query()).toEqual({ problems: [] });
  });

  it('an artifact acknowledged before the kill has its bytes, one cut short leaves nothing', async () => {
    const first = await startEngine({ workspace: folder });
    const place = '/api/2.0/mlflow-artifacts/artifacts/0/aa/artifacts';
    const body = Buffer.alloc(3_000_000, 'slipway');
    const put = await first.fetch(`${place}/whole.bin`, { method: 'PUT', body });
    expect(put.status).toBe(200);
    const half = first
      .fetch(`${place}/half.bin`, {
        method: 'PUT',
        duplex: 'half',
        body: new ReadableStream({
          async pull(controller) {
            controller.enqueue(new Uint8Array(100_000));
            await pause(50);
          },
        }),
      } as RequestInit)
      .catch(() => undefined);
    await pause(400);
    await first.end('SIGKILL');
    await half;

    await using engine = await startEngine({ workspace: folder });
    const whole = await engine.fetch(`${place}/whole.bin`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(body)).toBe(true);
    expect((await engine.fetch(`${place}/half.bin`)).status).toBe(404);
  });
});

async function write(
  engine: EngineProcess,
  name: string,
  shared: { kept: Acknowledged[]; stop: { now: boolean } },
): Promise<void> {
  try {
    while (!shared.stop.now) {
      const created = await engine.json('POST', `${mlflow}/runs/create`, {
        experiment_id: '0',
        start_time: Date.now(),
        run_name: name,
      });
      if (created.status !== 200) throw new Error(JSON.stringify(created.body));
      const { run } = created.body as { run: { info: { run_id: string } } };
      const record: Acknowledged = { runId: run.info.run_id, steps: [], params: [], finished: false };
      shared.kept.push(record);
      for (let step = 0; step < 40; step += 4) {
        const metrics = [0, 1, 2, 3].map((i) => ({
          key: 'loss',
          value: 1 / (step + i + 1),
          timestamp: 1000 + step + i,
          step: step + i,
        }));
        const param = { key: `p${step}`, value: name };
        const answer = await engine.json('POST', `${mlflow}/runs/log-batch`, {
          run_id: record.runId,
          metrics,
          params: [param],
        });
        if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
        record.steps.push(...metrics.map((metric) => metric.step));
        record.params.push(param.key);
      }
      await engine.json('POST', `${mlflow}/runs/update`, {
        run_id: record.runId,
        status: 'FINISHED',
        end_time: Date.now(),
      });
      record.finished = true;
    }
  } catch (error) {
    // The engine is gone: what came back before counts, this one request does not.
    if (!(error instanceof TypeError) || !['fetch failed', 'terminated'].includes(error.message)) throw error;
  }
}

async function expectKept(engine: EngineProcess, run: Acknowledged): Promise<void> {
  const history = await engine.json('GET', `${mlflow}/metrics/get-history?run_id=${run.runId}&metric_key=loss`);
  const steps = ((history.body.metrics ?? []) as { step: number }[]).map((metric) => metric.step);
  expect(run.steps.filter((step) => !steps.includes(step))).toEqual([]);
  const got = await engine.json('GET', `${mlflow}/runs/get?run_id=${run.runId}`);
  const { info, data } = (got.body as { run: { info: { status: string }; data: { params?: { key: string }[] } } }).run;
  const params = (data.params ?? []).map((param) => param.key);
  expect(run.params.filter((param) => !params.includes(param))).toEqual([]);
  if (run.finished) expect(info.status).toBe('FINISHED');
  const database = openForReading(join(folder, '.slipway/slipway.db'));
  const wrong = database
    .prepare(
      'SELECT count(*) FROM metric_series s WHERE count <> (SELECT count(*) FROM metric_points p WHERE p.series = s.series)',
    )
    .pluck()
    .get();
  database.close();
  expect(wrong).toBe(0);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
