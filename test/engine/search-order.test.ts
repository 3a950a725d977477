// Runs in the order of a metric, in an experiment that is too large to be sorted for every page.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

const count = 2500;

interface Kept {
  runId: string;
  start: number;
  deleted: boolean;
  /** Undefined: never logged. */
  value: number | undefined;
  second: number;
}

let engine: EngineProcess;
let workspace = '';
const kept: Kept[] = [];

beforeAll(async () => {
  workspace = seedWorkspace(({ runs, clock }) => {
    for (let index = 0; index < count; index++) {
      const start = clock.now - 1_000_000 + ((index * 37) % 100) * 1000;
      const { runId } = runs.createRun({ experimentId: '0', userId: 'ada', name: `run-${index}`, startTime: start });
      const values = [undefined, Number.NaN, 0, index % 7, index / 3, -index, Number.POSITIVE_INFINITY];
      const value = values[index % values.length];
      const metrics = value === undefined ? [] : [{ key: 'loss', value, time: start, step: 0 }];
      const second = (index * 31) % 11;
      runs.logBatch(runId, { metrics: [...metrics, { key: 'second', value: second, time: start, step: 0 }] });
      const deleted = index % 50 === 0;
      if (deleted) runs.deleteRun(runId);
      kept.push({ runId, start, deleted, value, second });
    }
  });
  engine = await startEngine({ workspace });
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(workspace, { recursive: true, force: true });
});

async function search(query: object): Promise<string[]> {
  const found: string[] = [];
  for (let token = ''; ; ) {
    const body = { experiment_ids: ['0'], max_results: 333, ...query, ...(token === '' ? {} : { page_token: token }) };
    const answer = await engine.json('POST', '/api/2.0/mlflow/runs/search', body);
    expect(answer.status).toBe(200);
    const { runs = [], next_page_token = '' } = answer.body as {
      runs?: { info: { run_id: string } }[];
      next_page_token?: string;
    };
    found.push(...runs.map(({ info }) => info.run_id));
    token = next_page_token;
    if (token === '') return found;
  }
}

/** Values first, then NaN, then those without. */
function rank({ value }: Kept): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}

function expected(runs: readonly Kept[], direction: 1 | -1, bySecond: boolean): string[] {
  const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
  return runs
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        (rank(a) === 0 ? direction * compare(a.value ?? 0, b.value ?? 0) : 0) ||
        (bySecond ? compare(a.second, b.second) : 0) ||
        b.start - a.start ||
        (a.runId < b.runId ? -1 : 1),
    )
    .map(({ runId }) => runId);
}

describe('runs ordered by a metric', () => {
  it.each([
    ['ASC', 1],
    ['DESC', -1],
  ] as const)('%s come page by page, each once: values, then NaN, then those without', async (word, direction) => {
    const found = await search({ order_by: [`metrics.loss ${word}`] });
    const active = kept.filter(({ deleted }) => !deleted);
    expect(found).toEqual(expected(active, direction, false));
  });

  it('are ordered among equals by what is asked next, and hold what the filter says', async () => {
    const found = await search({
      order_by: ['metrics.loss DESC', 'metrics.second ASC'],
      filter: 'metrics.second > 4',
      run_view_type: 'ALL',
      max_results: 90,
    });
    expect(found).toEqual(
      expected(
        kept.filter(({ second }) => second > 4),
        -1,
        true,
      ),
    );
  });
});
