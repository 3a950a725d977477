// What was acknowledged survives SIGKILL of the engine at any moment.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from '../../src/platform/sqlite/database';
import { type EngineProcess, startEngine, temporaryFolder } from './engine-process';
import { randomNumbers } from './random-filter';

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
  artifacts: string[];
  /** Versions of the model that is named after the run. */
  versions: string[];
  finished: boolean;
}

/** Rounds, and how much an engine acknowledges in one of them at most before it is killed. */
const [rounds, most] = [50, 24];
/** Which of it is the last, in each round; `SEED` in the environment takes that of a failure again. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

describe('SIGKILL of the engine under load', () => {
  const name = `loses nothing acknowledged in ${rounds} rounds, and the database stays sound (seed ${seed})`;
  it(name, { timeout: 400_000 }, async () => {
    const random = randomNumbers(seed);
    const kept: Acknowledged[] = [];
    for (let round = 0; round < rounds; round++) {
      const engine = await startEngine({ workspace: folder });
      expect((await engine.client.api.engine.status.query()).warnings).toEqual([]);
      const stop = { now: false };
      const enough = acknowledgements(kept) + random() * most;
      const writers = Promise.all([0, 1, 2].map((writer) => write(engine, `${round}-${writer}`, { kept, stop })));
      const reached = async (): Promise<void> => {
        while (acknowledgements(kept) < enough && !stop.now) await pause(1);
      };
      // The other writers are anywhere in what they do; a few milliseconds put the one that was answered last there, too.
      await Promise.race([reached().then(() => pause(random() * 10)), writers]);
      await engine.end('SIGKILL');
      stop.now = true;
      await writers;
    }
    for (const what of ['steps', 'params', 'artifacts', 'versions'] as const)
      expect(kept.reduce((sum, run) => sum + run[what].length, 0)).toBeGreaterThan(50);

    await using engine = await startEngine({ workspace: folder });
    for (const run of kept) await expectKept(engine, run);
    expectSums();
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

function acknowledgements(kept: readonly Acknowledged[]): number {
  return kept.reduce((sum, run) => sum + run.params.length + run.artifacts.length + run.versions.length, 0);
}

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
      const record: Acknowledged = {
        runId: run.info.run_id,
        steps: [],
        params: [],
        artifacts: [],
        versions: [],
        finished: false,
      };
      shared.kept.push(record);
      await engine.json('POST', `${mlflow}/registered-models/create`, { name: record.runId });
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
        const path = `${step}/weights.bin`;
        const put = await engine.fetch(artifact(record.runId, path), { method: 'PUT', body: bytesOf(name, path) });
        if (put.status !== 200) throw new Error(await put.text());
        record.artifacts.push(path);
        const version = { name: record.runId, source: `mlflow-artifacts:/0/${record.runId}/artifacts/${step}` };
        const made = await engine.json('POST', `${mlflow}/model-versions/create`, { ...version, run_id: record.runId });
        if (made.status !== 200) throw new Error(JSON.stringify(made.body));
        record.versions.push((made.body as { model_version: { version: string } }).model_version.version);
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

function artifact(runId: string, path: string): string {
  return `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${path}`;
}

/** Other bytes for every file, so that each is kept by itself. */
function bytesOf(name: string, path: string): Buffer<ArrayBuffer> {
  return Buffer.alloc(20_000, `${name} ${path} `);
}

async function expectKept(engine: EngineProcess, run: Acknowledged): Promise<void> {
  const history = await engine.json('GET', `${mlflow}/metrics/get-history?run_id=${run.runId}&metric_key=loss`);
  const steps = ((history.body.metrics ?? []) as { step: number }[]).map((metric) => metric.step);
  expect(run.steps.filter((step) => !steps.includes(step))).toEqual([]);
  const got = await engine.json('GET', `${mlflow}/runs/get?run_id=${run.runId}`);
  const { info, data } = (
    got.body as { run: { info: { status: string; run_name: string }; data: { params?: { key: string }[] } } }
  ).run;
  const params = (data.params ?? []).map((param) => param.key);
  expect(run.params.filter((param) => !params.includes(param))).toEqual([]);
  if (run.finished) expect(info.status).toBe('FINISHED');
  for (const path of run.artifacts) {
    const bytes = Buffer.from(await (await engine.fetch(artifact(run.runId, path))).arrayBuffer());
    expect([path, bytes.equals(bytesOf(info.run_name, path))]).toEqual([path, true]);
  }
  if (run.versions.length === 0) return;
  const found = await engine.json(
    'GET',
    `${mlflow}/model-versions/search?filter=${encodeURIComponent(`name = '${run.runId}'`)}`,
  );
  const versions = (found.body as { model_versions: { version: string }[] }).model_versions.map((each) => each.version);
  expect(run.versions.filter((version) => !versions.includes(version))).toEqual([]);
}

/** What is kept beside the points, so that nobody has to count them, is right. */
function expectSums(): void {
  const database = openForReading(join(folder, '.slipway/slipway.db'));
  const wrong = database
    .prepare(
      `SELECT count(*) FROM metric_series s WHERE count <>
         (SELECT count(*) FROM metric_points p WHERE p.series = s.series) +
         (SELECT coalesce(sum(count), 0) FROM metric_packs p WHERE p.series = s.series)`,
    )
    .pluck()
    .get();
  database.close();
  expect(wrong).toBe(0);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
