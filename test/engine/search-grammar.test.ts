// The search grammar at the door clients use: OR, NOT, parentheses and params as numbers, against a plain evaluator.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from './engine-process';
import { type PlainRun, randomFilter, randomNumbers } from './random-filter';
import { type Seeding, seedWorkspace } from './seeded-workspace';

const rates = [
  '0.1',
  '1e-2',
  ' 5 ',
  '5.',
  '.5',
  '+1',
  '-0',
  '1e400',
  '0x10',
  'inf',
  'nan',
  'abc',
  '',
  '1 2',
  '5e',
  '100',
];
const losses = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 0.01, 0.1, 0.5, 1, 5];
const models = ['tree', 'Tree', 'forest', 'a%', undefined];

const runs = Array.from({ length: 60 }, (_, i): PlainRun => {
  const model = models[i % models.length];
  return {
    name: `r${i}`,
    status: ['FINISHED', 'FAILED', 'RUNNING'][i % 3] ?? '',
    startTime: 1000 + i,
    endTime: i % 3 === 2 ? null : 1000 + ((i * 7) % 60),
    metrics: {
      ...(i % 11 === 0 ? {} : { loss: losses[i % losses.length] ?? 0 }),
      ...(i % 2 === 0 ? { 'a b': losses[(i * 3) % losses.length] ?? 0 } : {}),
    },
    params: {
      ...(i % 17 === 0 ? {} : { lr: rates[i % rates.length] ?? '' }),
      ...(model === undefined ? {} : { model }),
    },
    tags: i % 4 === 0 ? { team: ['tree', 'Tree', '0.1'][i % 3] ?? '' } : {},
  };
});

function seed({ runs: service, clock }: Seeding): void {
  for (const run of runs) {
    const { runId } = service.createRun({ experimentId: '0', userId: 'ada', name: run.name, startTime: run.startTime });
    const pairs = (map: Record<string, string>) => Object.entries(map).map(([key, value]) => ({ key, value }));
    const metrics = Object.entries(run.metrics).map(([key, value]) => ({ key, value, time: clock.now, step: 0 }));
    service.logBatch(runId, { metrics, params: pairs(run.params), tags: pairs(run.tags) });
    if (run.endTime !== null) {
      service.updateRun(runId, { status: run.status as 'FINISHED' | 'FAILED', endTime: run.endTime });
    }
  }
  for (const name of ['one', 'two', 'three']) service.createExperiment({ name, tags: [{ key: 'n', value: name }] });
  for (const [name, lr] of [
    ['small', '0.01'],
    ['large', '10'],
    ['text', 'auto'],
  ] as const) {
    service.models.create({ experimentId: '0', name, params: [{ key: 'lr', value: lr }] } as never);
  }
}

let workspace: string;
let engine: EngineProcess;

beforeAll(async () => {
  workspace = seedWorkspace(seed);
  engine = await startEngine({ workspace });
});
afterAll(async () => {
  await engine.end();
  rmSync(workspace, { recursive: true });
});

async function search(filter: string): Promise<{ status: number; names: string[]; message: unknown }> {
  const asked = { experiment_ids: ['0'], filter, max_results: 1000 };
  const { status, body } = await engine.json('POST', '/api/2.0/mlflow/runs/search', asked);
  const found = (body.runs ?? []) as { info: { run_name: string } }[];
  return { status, names: found.map((run) => run.info.run_name).sort(), message: body.message };
}

function expected(holds: (run: PlainRun) => boolean): string[] {
  return runs
    .filter(holds)
    .map((run) => run.name)
    .sort();
}

describe('searching runs', () => {
  it('finds what a plain evaluator finds, for 400 random filters', async () => {
    const random = randomNumbers(20_261_122);
    let found = 0;
    for (let i = 0; i < 400; i += 1) {
      const { text, holds } = randomFilter(random, i % 5);
      const answer = await search(text);
      expect([text, answer.status, answer.names]).toEqual([text, 200, expected(holds)]);
      if (answer.names.length > 0 && answer.names.length < runs.length) found += 1;
    }
    // Filters that all find nothing, or everything, would prove nothing.
    expect(found).toBeGreaterThan(200);
  });

  it('AND binds closer than OR, and parentheses change that', async () => {
    const [tree, low, failed] = ["params.model = 'tree'", 'metrics.loss < 0.5', "status = 'FAILED'"];
    const isTree = (run: PlainRun): boolean => run.params.model === 'tree';
    const isLow = (run: PlainRun): boolean => (run.metrics.loss ?? Number.NaN) < 0.5;
    const isFailed = (run: PlainRun): boolean => run.status === 'FAILED';
    const loose = expected((run) => isTree(run) || (isLow(run) && isFailed(run)));
    const tight = expected((run) => (isTree(run) || isLow(run)) && isFailed(run));
    expect(loose).not.toEqual(tight);
    expect((await search(`${tree} OR ${low} AND ${failed}`)).names).toEqual(loose);
    expect((await search(`(${tree} OR ${low}) AND ${failed}`)).names).toEqual(tight);
  });

  it('a param that is no number matches no number, not even with !=', async () => {
    const { names } = await search('params.lr != 0.1');
    expect(names).toContain('r1');
    for (const i of [8, 9, 10, 11, 12, 13, 14]) expect(names, rates[i]).not.toContain(`r${i}`);
  });

  it.each([
    ['metrics.loss > 1 OR', 'Expected a comparison such as', 'at character 20, where the filter ends'],
    ['(metrics.loss > 1', 'Expected AND, OR or )', 'at character 18, where the filter ends'],
    ['(metrics.loss > 1))', 'Expected AND, OR or the end', 'at character 19, where there is )'],
    ['metrics.loss > 1 OR AND', 'Expected a comparison', 'at character 21, where there is AND'],
    ['(metrics.loss >) OR run_id = 1', 'Expected a number or a text in quotes', 'at character 16'],
    [`${'('.repeat(51)}metrics.loss > 1${')'.repeat(51)}`, 'nested deeper than 50 levels', 'at character 51'],
    [Array(501).fill('metrics.loss > 1').join(' AND '), 'has 501 comparisons; at most 500 are taken', 'with IN'],
    [Array.from({ length: 61 }, (_, i) => `metrics.m${i} > 1`).join(' OR '), 'looks up 61 metrics, params', 'most 60'],
    [`params.model LIKE '${'%'.repeat(60_000)}'`, 'more than 10000 characters', 'Shorten it'],
  ])('refuses %.40s with the place and what was expected', async (filter, what, where) => {
    const { status, message } = await search(filter);
    expect(status).toBe(400);
    expect(message).toContain(what);
    expect(message).toContain(where);
  });

  it('takes 500 comparisons and 50 levels', async () => {
    const isTree = (run: PlainRun): boolean => run.params.model === 'tree';
    for (const comparison of ["params.model = 'tree'", "run_name = 'x'", "params.model = 'x' OR metrics.loss > 100"]) {
      const many = Array(comparison.includes(' OR ') ? 249 : 499).fill(comparison);
      const { status, names } = await search([...many, "params.model = 'tree'"].join(' OR '));
      expect([comparison, status]).toEqual([comparison, 200]);
      const isHigh = (run: PlainRun): boolean => (run.metrics.loss ?? 0) > 100;
      expect(names).toEqual(expected((run) => isTree(run) || (comparison.includes('loss') && isHigh(run))));
    }
    expect((await search(`${'('.repeat(50)}metrics.loss > 1${')'.repeat(50)}`)).status).toBe(200);
  });

  it.each([
    ['metrics.loss', "Invalid clause(s) in filter string: 'metrics.loss'"],
    ['metrics.loss BETWEEN 1 AND 2', "Invalid clause(s) in filter string: 'metrics.loss', 'BETWEEN', '1', '2'"],
  ])('what is no extension is refused in the words MLflow has: %s', async (filter, message) => {
    expect(await search(filter)).toMatchObject({ status: 400, message });
  });
});

describe('searching experiments and logged models', () => {
  it('knows OR, NOT and parentheses too', async () => {
    const filter = "(name = 'one' OR tags.n = 'two') AND NOT name = 'two'";
    const { body } = await engine.json('POST', '/api/2.0/mlflow/experiments/search', { filter, max_results: 10 });
    expect((body.experiments as { name: string }[]).map(({ name }) => name)).toEqual(['one']);
  });

  it('bounds what is looked up of models, too', async () => {
    const filter = Array(61).fill('metrics.a > 1').join(' AND ');
    const asked = { experiment_ids: ['0'], filter };
    const { status, body } = await engine.json('POST', '/api/2.0/mlflow/logged-models/search', asked);
    expect([status, body.message]).toEqual([400, expect.stringContaining('looks up 61 metrics')]);
  });

  it('orders params of models as numbers', async () => {
    const names = async (filter: string): Promise<string[]> => {
      const asked = { experiment_ids: ['0'], filter };
      const { body } = await engine.json('POST', '/api/2.0/mlflow/logged-models/search', asked);
      return ((body.models ?? []) as { info: { name: string } }[]).map(({ info }) => info.name).sort();
    };
    expect(await names('params.lr < 9')).toEqual(['small']);
    expect(await names("params.lr >= 0.01 OR name = 'text'")).toEqual(['large', 'small', 'text']);
  });
});
