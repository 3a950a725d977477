// Charts through the engine: long series on reader threads, live curves that do not jump, events that say "look again".
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenForEvents } from '../../src/client/event-stream';
import { type EngineProcess, startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

const long = 'd'.repeat(32);
const live = 'e'.repeat(32);
const repeats = ['1', '2', '3'].map((digit) => digit.repeat(32));
const length = 40_000;

/** A spike of one point, and a stretch that is not a number. */
function lossAt(step: number): number {
  if (step === 12_345) return 100;
  if (step >= 30_000 && step < 30_010) return Number.NaN;
  return 1 / (1 + step / 1000);
}

describe('buckets', () => {
  let workspace: string;
  let engine: EngineProcess;
  beforeAll(async () => {
    workspace = seedWorkspace(({ runs, clock }) => {
      const experimentId = runs.createExperiment({ name: 'charts' });
      const startTime = clock.now - length;
      for (const runId of [long, live]) runs.createRun({ runId, experimentId, userId: 'ada', startTime });
      for (let from = 0; from < length; from += 1000) {
        const points = Array.from({ length: 1000 }, (_, index) => from + index);
        runs.logBatch(long, {
          metrics: points.map((step) => ({ key: 'loss', value: lossAt(step), time: startTime + step, step })),
        });
      }
      runs.logBatch(long, { metrics: [{ key: 'acc', value: 0.5, time: startTime + 1500, step: 7 }] });
      for (const [index, runId] of repeats.entries()) {
        runs.createRun({ runId, experimentId, userId: 'ada', startTime: startTime + index });
        const points = Array.from({ length: 6 - index }, (_, step) => step);
        runs.logBatch(runId, {
          metrics: points.flatMap((step) => [
            { key: 'loss', value: step + index, time: startTime + step, step },
            { key: 'epoch', value: (step % 3) + index, time: startTime + step, step },
          ]),
        });
      }
    });
    engine = await startEngine({ workspace });
  });
  afterAll(async () => {
    await engine.end();
    rmSync(workspace, { recursive: true });
  });

  const cut = (query: Partial<Parameters<typeof engine.client.api.metrics.buckets.query>[0]>) =>
    engine.client.api.metrics.buckets.query({ runId: long, keys: ['loss'], axis: 'step', buckets: 500, ...query });

  it('a long series keeps its spike in place and its gaps marked', async () => {
    const [series] = await cut({});
    expect(series?.points).toBe(length);
    expect(series?.x.length).toBeLessThanOrEqual(500);
    const at = series?.max.indexOf(100) ?? -1;
    expect(series?.maxX[at]).toBe(12_345);
    expect(series?.marks).toEqual([{ x: 30_000, kind: 'NaN', count: 10 }]);
  });

  it('a smoothed curve is the same at every zoom, and gaps do not bend it', async () => {
    const averages = new Map<number, number>();
    let [sum, weights] = [0, 0];
    for (let step = 0; step < length; step++) {
      if (Number.isFinite(lossAt(step))) [sum, weights] = [sum * 0.9 + lossAt(step), weights * 0.9 + 1];
      averages.set(step, sum / weights);
    }
    for (const part of [{}, { from: 12_300, to: 12_399 }, { from: 29_900, to: 30_100 }]) {
      const [series] = await cut({ smoothing: 0.9, ...part });
      expect(series?.smooth.length).toBe(series?.x.length);
      for (const [index, x] of series?.x.entries() ?? []) {
        expect(series?.smooth[index]).toBeCloseTo(averages.get(x) ?? Number.NaN, 12);
      }
      expect((await cut(part))[0]).toEqual({ ...series, smooth: [] });
    }
    await expect(cut({ smoothing: 1 })).rejects.toThrow('smoothing');
  });

  it('a logarithmic axis is cut by factors and leaves out step 0', async () => {
    const [series] = await cut({ scale: 'log', buckets: 100 });
    expect(series).toMatchObject({ points: length - 1, leftOut: 1 });
    expect(series?.x.slice(0, 3)).toEqual([1, 2, 3]);
    expect(series?.maxX[series.max.indexOf(100)]).toBe(12_345);
  });

  it('a Gaussian smooths all finite points, and not only those in sight', async () => {
    const [whole] = await cut({ sigma: 3, from: 12_300, to: 12_399 });
    const weight = (k: number): number => Math.exp((-k * k) / 18);
    const weights = Array.from({ length: 25 }, (_, k) => weight(k - 12));
    const sum = weights.reduce((total, each) => total + each, 0);
    const expected = weights.reduce((total, each, k) => total + (each / sum) * lossAt(12_345 + k - 12), 0);
    expect(whole?.smooth[whole.x.indexOf(12_345)]).toBeCloseTo(expected, 12);
    await expect(cut({ sigma: -1 })).rejects.toThrow('sigma');
  });

  it('repeats make one curve, of which those that end early are no part', async () => {
    const groups = async ({ runIds = repeats, ...query }: { runIds?: string[]; along?: string; axis?: 'metric' }) => {
      const group = { centre: 'mean', spread: 'range' } as const;
      const asked = { keys: ['loss', 'none'], axis: 'step' as const, buckets: 500, ...query };
      return (await engine.client.api.metrics.curves.mutate({ ...asked, group, curves: [runIds] }))[0] ?? [];
    };
    const [loss, none] = await groups({});
    expect(loss).toMatchObject({ x: [0, 1, 2, 3, 4, 5], last: [1, 2, 3, 4, 4.5, 5], points: 15 });
    expect(loss?.group).toMatchObject({ members: 3, runs: [3, 3, 3, 3, 2, 1], low: [0, 1, 2, 3, 4, 5] });
    expect(none).toMatchObject({ key: 'none', x: [], group: { members: 0 } });
    const [over] = await groups({ axis: 'metric', along: 'epoch' });
    expect(over).toMatchObject({ x: [0, 1, 2, 3, 4], group: { runs: [1, 2, 3, 2, 1] } });
    // With a long one among them the question goes to a thread.
    const [both] = await groups({ runIds: [long, ...repeats] });
    expect(both?.points).toBe(length + 15);
    await expect(groups({ runIds: ['none'] })).rejects.toThrow('no run none');
  });

  it('many runs are cut at once, each as it is by itself', async () => {
    const cutOf = { keys: ['loss', 'acc'], axis: 'step' as const, buckets: 100 };
    const curves = [long, ...repeats].map((runId) => [runId]);
    const all = await engine.client.api.metrics.curves.mutate({ ...cutOf, curves, group: null });
    const alone = await Promise.all([long, ...repeats].map((runId) => cut({ runId, ...cutOf })));
    expect(all).toEqual(alone);
  });

  it('a metric is drawn over another in the order of its steps', async () => {
    const [series] = await cut({ runId: repeats[0] ?? '', axis: 'metric', along: 'epoch' });
    expect(series).toMatchObject({ x: [0, 1, 2, 0, 1, 2], last: [0, 1, 2, 3, 4, 5] });
    const [alone] = await cut({ axis: 'metric', along: 'acc' });
    expect(alone).toMatchObject({ x: [0.5], joined: { steps: [7], unpaired: length - 1 } });
  });

  it('the names of metrics come page by page', async () => {
    const { names } = engine.client.api.metrics;
    const first = await names.query({ runId: long, limit: 1 });
    expect(first.items).toEqual(['acc']);
    expect(await names.query({ runId: long, limit: 1, page: first.next })).toEqual({ items: ['loss'], next: null });
    await expect(names.query({ runId: 'none' })).rejects.toThrow('no run none');
  });

  it('a direction that is chosen stands in slipway.yaml and holds at once', async () => {
    const { list, direct } = engine.client.api.metrics;
    const file = `${workspace}/slipway.yaml`;
    const directionOf = async (key: string) =>
      (await list.query({ runId: long, keys: [key] })).items.map(({ direction }) => direction);
    expect(await directionOf('loss')).toEqual(['down']);
    writeFileSync(file, 'version: 1\n# ours\nmetrics: { acc: { headline: true } }\n');
    await direct.mutate({ key: 'loss', direction: 'up' });
    expect(await directionOf('loss')).toEqual(['up']);
    expect(readFileSync(file, 'utf8')).toContain(
      '# ours\nmetrics: { acc: { headline: true }, loss: { direction: up } }',
    );
    await direct.mutate({ key: 'loss', direction: null });
    expect(await directionOf('loss')).toEqual(['down']);
    writeFileSync(file, 'version: 2\n');
    await expect(direct.mutate({ key: 'loss', direction: 'up' })).rejects.toThrow('slipway.yaml:1:10');
    expect(readFileSync(file, 'utf8')).toBe('version: 2\n');
    rmSync(file);
  });

  it('metrics come in the order asked, unknown ones empty', async () => {
    const series = await cut({ keys: ['none', 'acc', 'loss'] });
    expect(series.map((each) => [each.key, each.points])).toEqual([
      ['none', 0],
      ['acc', 1],
      ['loss', length],
    ]);
  });

  it('a part is cut finer, on each axis', async () => {
    const [byStep] = await cut({ from: 12_300, to: 12_399 });
    expect(byStep).toMatchObject({ points: 100, bucketWidth: 1 });
    const [bySecond] = await cut({ axis: 'relative', from: 12.3, to: 12.399 });
    expect(bySecond).toMatchObject({ points: 100, bucketWidth: 0.001 });
    expect(bySecond?.maxX[bySecond.max.indexOf(100)]).toBe(12.345);
    const [whole] = await cut({ axis: 'wall' });
    expect(whole?.points).toBe(length);
  });

  it('many asked at once are all answered', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => cut({ buckets: 100 + index })));
    for (const [series] of answers) expect(series?.points).toBe(length);
  });

  it('an unknown run is told by a reader thread as by the engine', async () => {
    await expect(cut({ runId: 'none' })).rejects.toThrow('no run none');
    const history = engine.client.api.metrics.history.query({ runId: 'none', key: 'x', limit: 25_000 });
    await expect(history).rejects.toThrow('no run none');
  });

  it('a history is read page by page without loss', async () => {
    const steps: number[] = [];
    let page: string | null = null;
    do {
      const part: Awaited<ReturnType<typeof engine.client.api.metrics.history.query>> =
        await engine.client.api.metrics.history.query({ runId: long, key: 'loss', limit: 17_000, page });
      steps.push(...part.items.map((point) => Number(point.step)));
      page = part.next;
    } while (page !== null);
    expect(steps).toEqual(Array.from({ length }, (_, index) => index));
  });

  it('a live curve grows at its end and stays as it was before it, out-of-order points included', async () => {
    const log = (steps: number[]) =>
      engine.json('POST', '/api/2.0/mlflow/runs/log-batch', {
        run_id: live,
        metrics: steps.map((step) => ({
          key: 'loss',
          value: Math.sin(step),
          timestamp: 1_700_000_000_000 + step,
          step,
        })),
      });
    const steps = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index * 2);
    for (let from = 0; from < 12_000; from += 2000) expect((await log(steps(from, 1000))).status).toBe(200);
    const [before] = await cut({ runId: live });
    expect(before?.points).toBe(6000);
    await log(steps(12_000, 500));
    const [after] = await cut({ runId: live });
    expect(after?.points).toBe(6500);
    expect(after?.bucketWidth).toBe(before?.bucketWidth);
    const whole = (before?.x.length ?? 0) - 1;
    expect(after?.max.slice(0, whole)).toEqual(before?.max.slice(0, whole));

    await log(steps(1, 500));
    const [filled] = await cut({ runId: live });
    expect(filled?.points).toBe(7000);
    expect(filled?.count[0]).toBe((before?.count[0] ?? 0) * 2);
  });

  it('a listener hears hello, and then which run to look at again', async () => {
    // What the tests before changed is told within a tenth of a second; that models may be judged by another slipway.yaml, within two.
    await pause(300);
    const heard: string[] = [];
    const listening = listenForEvents(engine.client, {
      event: (event) => {
        if (event.type !== 'models') heard.push(event.type === 'runs' ? `runs ${event.runIds.join()}` : event.type);
      },
      lost: () => heard.push('lost'),
    });
    await expect.poll(() => heard).toEqual(['hello']);
    expect((await engine.client.api.engine.status.query()).windows).toBe(1);
    const body = { run_id: live, key: 'note', value: 'x' };
    await engine.json('POST', '/api/2.0/mlflow/runs/set-tag', body);
    await expect.poll(() => heard).toEqual(['hello', `runs ${live}`]);
    listening.dispose();
    await expect.poll(async () => (await engine.client.api.engine.status.query()).windows).toBe(0);
  });

  it('an engine asked to end does not wait for a listener', async () => {
    await using other = await startEngine();
    const listening = listenForEvents(other.client, { event: () => undefined, lost: () => undefined });
    await expect.poll(async () => (await other.client.api.engine.status.query()).windows).toBe(1);
    const ended = other.end().then(() => 'ended');
    expect(await Promise.race([ended, pause(3000, 'waits')])).toBe('ended');
    listening.dispose();
  });
});
