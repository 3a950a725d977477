// Whatever order points come in, and however often: each is kept once, and the latest and the extremes are of them all.
import { rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/protocol/run';
import type { MetricPoint } from '../../src/protocol/series';
import { type EngineProcess, startEngine, temporaryFolder } from './engine-process';
import { randomNumbers } from './random-filter';

const mlflow = '/api/2.0/mlflow';
const values = [0, -1, 2.5, 1e300, 0.1, 'NaN', 'Infinity', '-Infinity'] as const;

interface Point {
  key: string;
  step: number;
  timestamp: number;
  value: number | string;
}

/** Mostly as a training logs, one step after the other; sometimes (`odd` of them) back, or the same again. */
function randomPoints(
  random: () => number,
  { count, from, odd }: { count: number; from: number; odd: number },
): Point[] {
  const points: Point[] = [];
  for (let index = 0; index < count; index += 1) {
    const isOdd = random() < odd;
    points.push({
      key: `m${Math.floor(random() * 4)}`,
      step: isOdd ? Math.floor(random() * (from + 20)) - 3 : from + index,
      timestamp: isOdd ? Math.floor(random() * 5) : from + index,
      value: values[Math.floor(random() * values.length)] ?? 0,
    });
    const earlier = points[Math.floor(random() * points.length)];
    if (earlier !== undefined && random() < odd / 2) points.push({ ...earlier });
  }
  return points;
}

function numberOf({ value }: Point): number {
  // As it is stored and compared: a NaN is 0 with a mark.
  return value === 'NaN' ? 0 : Number(value);
}

function isBehind(point: Point, other: Point): boolean {
  if (point.step !== other.step) return point.step > other.step;
  if (point.timestamp !== other.timestamp) return point.timestamp > other.timestamp;
  return numberOf(point) > numberOf(other);
}

/** How often, how many of them no finite number, the least and the most of a metric's points. */
function summed(points: readonly Point[]): object {
  const numbers = points.filter(({ value }) => value !== 'NaN').map(numberOf);
  return {
    count: points.length,
    non_finite: points.filter(({ value }) => typeof value === 'string').length,
    min_value: Math.min(...numbers),
    max_value: Math.max(...numbers),
  };
}

function latestOf(points: readonly Point[]): Point | undefined {
  return points.reduce<Point | undefined>((last, point) => {
    return last === undefined || isBehind(point, last) ? point : last;
  }, undefined);
}

/** What a history is ordered by: over REST, and by Slipway's own API. */
function byTime(point: Point): number[] {
  return [point.timestamp, point.step, numberOf(point)];
}

function byStep(point: Point): number[] {
  return [point.step, point.timestamp, numberOf(point)];
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((each, index) => each !== b[index]);
  return at < 0 || (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
}

function textOf({ key, step, timestamp, value }: Point): string {
  return JSON.stringify([key, step, timestamp, value]);
}

describe('a summary that is older than its points', () => {
  it('takes the same points again, and is true to them then', async () => {
    const workspace = temporaryFolder();
    const metrics = [1, 2, 3, 4].map((step) => ({ key: 'm', step, timestamp: step, value: step === 3 ? 'NaN' : step }));
    const summary =
      'SELECT count, non_finite, last_step, last_value, min_value, max_value, max_step FROM metric_series';
    let runId = '';
    {
      await using engine = await startEngine({ workspace });
      const { body } = await engine.json('POST', `${mlflow}/runs/create`, { experiment_id: '0', start_time: 1 });
      runId = (body as { run: { info: { run_id: string } } }).run.info.run_id;
      await engine.json('POST', `${mlflow}/runs/log-batch`, { run_id: runId, metrics });
    }
    const database = new BetterSqlite3(`${workspace}/.slipway/slipway.db`);
    const before = database.prepare(summary).get();
    database.exec(
      'UPDATE metric_series SET count = 1, non_finite = 0, last_step = 1, last_value = 1, max_value = 1, max_step = 1',
    );
    database.close();
    await using engine = await startEngine({ workspace });
    const again = { run_id: runId, metrics: [...metrics, { key: 'm', step: 0, timestamp: 9, value: 7 }] };
    expect((await engine.json('POST', `${mlflow}/runs/log-batch`, again)).status).toBe(200);
    const after = new BetterSqlite3(`${workspace}/.slipway/slipway.db`, { readonly: true });
    expect(after.prepare(summary).get()).toEqual({ ...Object(before), count: 5, max_value: 7, max_step: 0 });
    after.close();
    await engine.end();
    rmSync(workspace, { recursive: true, force: true });
  });
});

/** One point a time, as a training logs; some dozens; as many as a call takes. */
const shapes = [
  { seed: 1, batches: 12, most: 300, odd: 0.2 },
  { seed: 2, batches: 12, most: 300, odd: 0.01 },
  { seed: 3, batches: 1500, most: 4, odd: 0.01 },
  { seed: 4, batches: 8, most: 900, odd: 0.002 },
];

describe('points in any order, in batches of any size', () => {
  it.each(shapes)('are each kept once, and summed up truly (seed $seed)', async ({ seed, batches, most, odd }) => {
    await using engine = await startEngine();
    using database = Object.assign(new BetterSqlite3(`${engine.workspace}/.slipway/slipway.db`, { readonly: true }), {
      [Symbol.dispose]: () => database.close(),
    });
    const random = randomNumbers(seed);
    const { body } = await engine.json('POST', `${mlflow}/runs/create`, { experiment_id: '0', start_time: 1 });
    const runId = (body as { run: { info: { run_id: string } } }).run.info.run_id;
    const sent: Point[] = [];
    for (let turn = 0; turn < batches; turn += 1) {
      const metrics = randomPoints(random, { count: 1 + Math.floor(random() * most), from: turn * most, odd });
      expect((await engine.json('POST', `${mlflow}/runs/log-batch`, { run_id: runId, metrics })).status).toBe(200);
      sent.push(...metrics);
    }
    // Both ways of keeping points are in play.
    for (const table of ['metric_points', 'metric_packs']) {
      expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBeGreaterThan(0);
    }
    const unique = [...new Map(sent.map((point) => [textOf(point), point])).values()];
    const byKey = [...Map.groupBy(unique, ({ key }) => key)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [key, points] of byKey) {
      const history = await historyOf(engine, runId, key);
      expect(history.map(textOf).toSorted()).toEqual(points.map(textOf).toSorted());
      expect(history.map(byTime)).toEqual(points.map(byTime).toSorted(inOrder));
      const told = await toldOf(engine, runId, key);
      expect(told.map(byStep)).toEqual(points.map(byStep).toSorted(inOrder));
      const sql = 'SELECT count, non_finite, min_value, max_value FROM metric_series WHERE key = ?';
      expect(database.prepare(sql).get(key)).toEqual(summed(points));
    }
    const { body: got } = await engine.json('GET', `${mlflow}/runs/get?run_id=${runId}`);
    const { metrics } = (got as { run: { data: { metrics: Point[] } } }).run.data;
    expect(metrics.map(textOf)).toEqual(byKey.map(([, points]) => textOf(latestOf(points) as Point)));
  });
});

/** All points over REST, in pages. */
async function historyOf(engine: EngineProcess, runId: string, key: string): Promise<Point[]> {
  const found: Point[] = [];
  const query = new URLSearchParams({ run_id: runId, metric_key: key, max_results: '700' });
  do {
    const { body } = await engine.json('GET', `${mlflow}/metrics/get-history?${query}`);
    const page = body as { metrics?: Point[]; next_page_token?: string };
    found.push(...(page.metrics ?? []));
    query.set('page_token', page.next_page_token ?? '');
  } while (query.get('page_token') !== '');
  return found;
}

/** All points by Slipway's own API, in pages. */
async function toldOf(engine: EngineProcess, runId: string, key: string): Promise<Point[]> {
  const found: Point[] = [];
  let page: string | null = null;
  do {
    const { items, next }: Page<MetricPoint> = await engine.client.api.metrics.history.query({
      runId,
      key,
      limit: 90,
      page,
    });
    found.push(...items.map(({ step, time, value }) => ({ key, step: Number(step), timestamp: time, value })));
    page = next;
  } while (page !== null);
  return found;
}
