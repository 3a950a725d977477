// Histories of several runs at once, as MLflow's page asks for them: whole up to a limit, or as an even sample.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from '../engine/engine-process';
import { seedWorkspace } from '../engine/seeded-workspace';

type Json = Record<string, unknown>;
type Point = { run_id: string; key: string; value: number; step: number; timestamp: number };

const long = 30_000;
let engine: EngineProcess;
/** Runs by name: `a` and `b` have four points of `m`, `many` and `most` have 30,000 points of `loss`. */
let runs: Record<'a' | 'b' | 'many' | 'most', string>;

async function ask(path: string, query: [string, string | number][]): Promise<{ status: number; body: Json }> {
  const search = new URLSearchParams(query.map(([key, value]) => [key, String(value)]));
  return engine.json('GET', `/ajax-api/2.0/mlflow/metrics/${path}?${search}`);
}

async function points(path: string, query: [string, string | number][]): Promise<Point[]> {
  const { status, body } = await ask(path, query);
  expect([status, body.message]).toEqual([200, undefined]);
  return (body.metrics ?? []) as Point[];
}

beforeAll(async () => {
  const made: Record<string, string> = {};
  const workspace = seedWorkspace(({ runs: service }) => {
    for (const name of ['a', 'b', 'many', 'most']) {
      const run = { experimentId: '0', startTime: 1, name, userId: '', tags: [] };
      made[name] = service.createRun(run).runId;
    }
    for (const name of ['a', 'b']) {
      // Logged out of order, two points on one step.
      const steps = [3, 1, 2, 2];
      const metrics = steps.map((step, index) => ({ key: 'm', value: index, time: 10 + step, step }));
      service.logBatch(made[name] ?? '', { metrics, params: [], tags: [] });
    }
    const loss = { key: 'loss', time: 5, step: 0 };
    for (const name of ['many', 'most']) {
      for (let at = 0; at < long; at += 1000) {
        const metrics = Array.from({ length: 1000 }, (_, i) =>
          name === 'many' ? { ...loss, value: at + i } : { ...loss, value: 1, step: at + i },
        );
        service.logBatch(made[name] ?? '', { metrics, params: [], tags: [] });
      }
    }
  });
  runs = made as typeof runs;
  engine = await startEngine({ workspace, token: '' });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('get-history-bulk', () => {
  it('gives the points run by run, each oldest first, and names the run', async () => {
    const found = await points('get-history-bulk', [
      ['run_id', runs.b],
      ['run_id', runs.a],
      ['run_id', 'nobody'],
      ['metric_key', 'm'],
    ]);
    const ofRun = (run_id: string) =>
      [
        { step: 1, value: 1 },
        { step: 2, value: 2 },
        { step: 2, value: 3 },
        { step: 3, value: 0 },
      ].map((point) => ({ key: 'm', timestamp: 10 + point.step, run_id, ...point }));
    expect(found).toEqual([runs.a, runs.b].sort().flatMap(ofRun));
  });

  it('is empty, and says so, for a metric nobody logged', async () => {
    const { body } = await ask('get-history-bulk', [
      ['run_id', runs.a],
      ['metric_key', 'other'],
    ]);
    expect(body).toEqual({ metrics: [] });
  });

  it('stops at max_results, and at 25,000 whatever is asked', async () => {
    const query: [string, string][] = [
      ['run_id', runs.many],
      ['run_id', runs.most],
      ['metric_key', 'loss'],
    ];
    expect(await points('get-history-bulk', [...query, ['max_results', 7]])).toHaveLength(7);
    expect(await points('get-history-bulk', [...query, ['max_results', 90_000]])).toHaveLength(25_000);
  });

  it.each<[string, [string, string][], string]>([
    ['no run', [['metric_key', 'm']], 'GetMetricHistoryBulk request must specify at least one run_id.'],
    [
      'too many runs',
      [...Array.from({ length: 101 }, (_, i): [string, string] => ['run_id', `r${i}`]), ['metric_key', 'm']],
      'GetMetricHistoryBulk request cannot specify more than 100 run_ids. Received 101 run_ids.',
    ],
    ['no metric', [['run_id', 'r']], 'GetMetricHistoryBulk request must specify a metric_key.'],
    [
      'a limit of none',
      [
        ['run_id', 'r'],
        ['metric_key', 'm'],
        ['max_results', '0'],
      ],
      "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer.",
    ],
  ])('refuses %s', async (_what, query, message) => {
    const { status, body } = await ask('get-history-bulk', query);
    expect([status, body.error_code, body.message]).toEqual([400, 'INVALID_PARAMETER_VALUE', message]);
  });
});

describe('get-history-bulk-interval', () => {
  const sample = (run: string, ...more: [string, string | number][]) =>
    points('get-history-bulk-interval', [['run_ids', run], ['metric_key', 'loss'], ...more]);

  it('gives 2,500 points of a long history, evenly, with its first and its last', async () => {
    const steps = (await sample(runs.most)).map(({ step }) => step);
    expect(steps).toHaveLength(2500);
    expect([steps[0], steps.at(-1)]).toEqual([0, long - 1]);
    const gaps = steps.slice(1, -1).map((step, index) => step - (steps[index] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([12]));
  });

  it('thins points that share one step', async () => {
    const found = await sample(runs.many, ['max_results', 4]);
    expect(found.map(({ value }) => value)).toEqual([0, 7500, 15_000, long - 1]);
  });

  it('puts the larger parts first where points do not divide evenly', async () => {
    const query: [string, string | number][] = [
      ['start_step', 0],
      ['end_step', 9],
      ['max_results', 4],
    ];
    expect((await sample(runs.most, ...query)).map(({ step }) => step)).toEqual([0, 3, 6, 9]);
    expect((await sample(runs.most, ...query.slice(0, 2), ['max_results', 1])).map(({ step }) => step)).toEqual([9]);
  });

  it('gives every point of the steps that are asked for, each run by itself and in the order named', async () => {
    const query: [string, string | number][] = [
      ['run_ids', runs.b],
      ['run_ids', runs.a],
      ['metric_key', 'm'],
      ['start_step', -5],
      ['end_step', 2],
    ];
    const found = await points('get-history-bulk-interval', query);
    expect(found.map(({ run_id, step, value }) => [run_id, step, value])).toEqual(
      [runs.b, runs.a].flatMap((run) => [
        [run, 1, 1],
        [run, 2, 2],
        [run, 2, 3],
      ]),
    );
  });

  it('is the same under /api, and empty for a run there is none of', async () => {
    const path = '/api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids=nobody&metric_key=m';
    expect(await engine.json('GET', path)).toEqual({ status: 200, body: {} });
  });

  const explained = (message: string) => `${message} See the API docs for more information about request parameters.`;
  it.each<[string, string, string]>([
    ['no run', 'metric_key=m', explained(`Missing value for required parameter 'run_ids'.`)],
    ['no metric', 'run_ids=r', explained(`Missing value for required parameter 'metric_key'.`)],
    [
      'too many runs',
      `metric_key=m${'&run_ids=r'.repeat(101)}`,
      explained('GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received 101 run_ids.'),
    ],
    [
      'a limit beyond 2,500',
      'run_ids=r&metric_key=m&max_results=2501',
      explained('max_results must be between 1 and 2500.'),
    ],
    [
      'half an interval',
      'run_ids=r&metric_key=m&start_step=1',
      'If either start step or end step are specified, both must be specified.',
    ],
    [
      'an interval that ends before it starts',
      'run_ids=r&metric_key=m&start_step=5&end_step=4',
      'end_step must be greater than start_step. Found start_step=5 and end_step=4.',
    ],
  ])('refuses %s', async (_what, query, message) => {
    const { status, body } = await engine.json('GET', `/api/2.0/mlflow/metrics/get-history-bulk-interval?${query}`);
    expect([status, body.error_code, body.message]).toEqual([400, 'INVALID_PARAMETER_VALUE', message]);
  });
});
