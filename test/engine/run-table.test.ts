// The runs table over real SQLite: order, groups, cells, columns and views are what a person would work out by hand.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableSort } from '../../src/protocol/runs/run-table';
import { type EngineProcess, startEngine } from './engine-process';
import { type Seeding, seedWorkspace } from './seeded-workspace';

const many = 10_000;
const hostile = '<img src=x onerror=alert(1)>';

/** `lr-N` has `lr`, a tenth none; every seventh lacks `auc`, every hundredth has NaN; one run has 10,000 params. */
function seed({ runs, clock }: Seeding): void {
  const sweep = runs.createExperiment({ name: 'sweep' });
  const odd = runs.createExperiment({ name: hostile });
  for (let i = 0; i < many; i++) {
    const startTime = clock.now - i * 1000;
    const { runId } = runs.createRun({ experimentId: sweep, userId: 'ada', name: `lr-${i}`, startTime });
    const params = [
      { key: 'model', value: ['gbm', 'rf', 'lr'][i % 3] ?? '' },
      { key: 'same', value: 'always' },
      ...(i % 10 === 0 ? [] : [{ key: 'lr', value: i % 2 === 0 ? `${i}` : `${i}.5` }]),
    ];
    const value = i % 100 === 1 ? Number.NaN : ((i * 7919) % many) / many;
    const metrics = i % 7 === 0 ? [] : [{ key: 'auc', value, time: startTime, step: 3 }];
    runs.logBatch(runId, { params, metrics });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 });
  }
  const startTime = clock.now - many * 1000;
  const wide = runs.createRun({ runId: 'f'.repeat(32), experimentId: odd, userId: 'ada', name: hostile, startTime });
  for (let start = 0; start < 10_000; start += 100) {
    const params = Array.from({ length: 100 }, (_, i) => ({ key: `wide_${start + i}`, value: '1' }));
    runs.logBatch(wide.runId, { params });
  }
  runs.logBatch(wide.runId, {
    metrics: [0.5, 0.9, 0.7].map((value, step) => ({ key: 'auc', value, time: startTime, step })),
  });
}

describe('the runs table', () => {
  let workspace: string;
  let engine: EngineProcess;
  beforeAll(async () => {
    workspace = seedWorkspace(seed);
    engine = await startEngine({ workspace });
  }, 120_000);
  afterAll(async () => {
    await engine.end();
    rmSync(workspace, { recursive: true });
  });

  const table = () => engine.client.api.table;
  const inOneExperiment = { experiments: ['sweep'] };
  async function sorted(sort: TableSort, columns: string[]): Promise<unknown[][]> {
    const runIds = (await table().rows.query({ filter: inOneExperiment, sort })).runIds.split(' ');
    expect(new Set(runIds).size).toBe(many);
    const rows = [];
    for (let from = 0; from < runIds.length; from += 500) {
      rows.push(...(await table().cells.mutate({ runIds: runIds.slice(from, from + 500), columns })));
    }
    expect(rows.map(({ runId }) => runId)).toEqual(runIds);
    return rows.map(({ cells }) => cells);
  }

  it.each([true, false])(
    'a metric is ordered by size, NaN and then missing values last (descending: %s)',
    async (descending) => {
      const column = 'metric.last:auc';
      const values = (await sorted([{ column, descending }], [column])).map(([value]) => value);
      const numbers = values.filter((value) => typeof value === 'number');
      expect(numbers).toEqual([...numbers].sort((a, b) => (descending ? b - a : a - b)));
      const rest = values.slice(numbers.length);
      const firstMissing = rest.indexOf(null);
      expect(rest.slice(0, firstMissing).every((value) => value === 'NaN')).toBe(true);
      expect(rest.slice(firstMissing).every((value) => value === null)).toBe(true);
      expect(rest.length - firstMissing).toBe(Math.ceil(many / 7));
    },
  );

  it('params that say numbers are ordered as numbers, within what the first column orders', async () => {
    const sort = [
      { column: 'param:model', descending: false },
      { column: 'param:lr', descending: true },
    ];
    const rows = await sorted(sort, ['param:model', 'param:lr']);
    const models = rows.map(([model]) => String(model));
    expect(models).toEqual([...models].sort());
    for (const model of ['gbm', 'lr', 'rf']) {
      const own = rows.filter(([each]) => each === model).map(([, lr]) => lr);
      const numbers = own.filter((lr) => lr !== null).map(Number);
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
      expect(own.slice(numbers.length).every((lr) => lr === null)).toBe(true);
    }
  });

  it('a filter compares params and metrics as numbers, and OR widens it', async () => {
    const ids = async (filter: object) =>
      (await table().rows.query({ filter: { ...inOneExperiment, ...filter } })).runIds.split(' ').filter(Boolean);
    const high = await ids({ where: [{ of: 'param', key: 'lr', is: '>', value: '9990' }] });
    expect(high).toHaveLength(9);
    const both = await ids({
      where: [
        { of: 'param', key: 'lr', is: '>', value: '9990' },
        { of: 'param', key: 'model', is: '!=', value: 'gbm' },
      ],
    });
    expect(both).toHaveLength(6);
    const either = await ids({
      where: [{ of: 'param', key: 'lr', is: '>', value: '9990' }],
      or: [{ ...inOneExperiment, where: [{ of: 'param', key: 'lr', is: '=', value: '1.50' }] }],
    });
    expect(either).toHaveLength(10);
    expect(await ids({ where: [{ of: 'metric', key: 'auc', is: '>=', value: '2' }] })).toEqual([]);
  });

  it('the rows in sight come with the order, and names only where they are asked for', async () => {
    const sight = { from: 3, count: 5, columns: ['metric.last:auc', 'fact:state'] };
    const sort = [{ column: 'metric.last:auc', descending: true }];
    const brief = await table().rows.query({ filter: inOneExperiment, sort, named: false, sight });
    const runIds = brief.runIds.split(' ');
    expect(brief.names).toBeNull();
    expect(brief.sight).toEqual(
      await table().cells.mutate({ runIds: runIds.slice(3, 8), columns: ['metric.last:auc', 'fact:state'] }),
    );
    const { names, sight: none } = await table().rows.query({ filter: inOneExperiment, sort });
    expect(names?.slice(3, 8)).toEqual(brief.sight.map(({ name }) => name));
    expect(none).toEqual([]);
  });

  it('groups hold every run once, with mean and standard deviation of the finished ones', async () => {
    const { groups } = await table().rows.query({
      filter: inOneExperiment,
      groupBy: ['param:model'],
      sort: [{ column: 'metric.last:auc', descending: true }],
    });
    expect(groups?.map(({ values }) => values[0]).sort()).toEqual(['gbm', 'lr', 'rf']);
    expect(groups?.flatMap(({ runIds }) => runIds)).toHaveLength(many);
    const sets = groups?.map(({ runIds }) => runIds.slice(0, 500)) ?? [];
    const [summary] = await table().summaries.mutate({ sets, columns: ['metric.last:auc', 'param:same', 'param:lr'] });
    const rows = await table().cells.mutate({ runIds: sets[0] ?? [], columns: ['metric.last:auc'] });
    const values = rows.map(({ cells }) => cells[0]).filter((value) => typeof value === 'number');
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    const [auc, same, lr] = summary?.cells ?? [];
    expect(auc).toMatchObject({ kind: 'number', count: values.length });
    if (auc?.kind !== 'number') throw new Error('There is no mean.');
    expect(auc.mean).toBeCloseTo(mean, 12);
    expect(auc.sd).toBeCloseTo(sd, 12);
    expect(same).toEqual({ kind: 'text', value: 'always', differ: 1 });
    expect(lr).toMatchObject({ kind: 'number' });
  });

  it('best and its step follow the direction, and a run that is gone is left out', async () => {
    const columns = [
      'metric.best:auc',
      'metric.step:auc',
      'metric.last:auc',
      'metric.min:auc',
      'param:nothing',
      'fact:state',
    ];
    const rows = await table().cells.mutate({ runIds: ['f'.repeat(32), 'e'.repeat(32)], columns });
    expect(rows).toMatchObject([{ name: hostile, cells: [0.9, 1, 0.7, 0.5, null, 'running'] }]);
  });

  it('columns say which differ; those that are shown at first are few, whatever there is', async () => {
    const { items, usual, looked } = await table().columns.query({ filter: inOneExperiment, of: 'all' });
    expect(looked).toBe(many);
    const info = (id: string) => items.find((each) => each.id === id);
    expect(info('param:same')).toMatchObject({ runs: many, varies: false, numeric: false });
    expect(info('param:lr')).toMatchObject({ runs: (many * 9) / 10, varies: true, numeric: true });
    expect(info('metric.last:auc')).toMatchObject({ direction: 'up', varies: true });
    expect(usual).toEqual(
      expect.arrayContaining(['fact:state', 'param:model', 'param:lr', 'metric.last:auc']) as string[],
    );
    expect(usual).not.toContain('param:same');
    const wide = await table().columns.query({ filter: { experiments: [hostile] }, of: 'some' });
    expect(wide.items.filter(({ id }) => id.startsWith('param:wide_'))).toHaveLength(10_000);
    expect(wide.usual.length).toBeLessThan(25);
  });

  it('a view is kept in the workspace until it is taken away; an unknown column is refused', async () => {
    const view = { columns: ['param:lr'], sort: [{ column: 'param:lr', descending: true }], filter: 'state:failed' };
    await table().keepView.mutate({ name: 'mine', view });
    await table().keepView.mutate({ name: 'mine', view: { ...view, filter: '' } });
    expect(await table().views.query()).toMatchObject([{ name: 'mine', view: { columns: ['param:lr'], filter: '' } }]);
    await table().keepView.mutate({ name: 'mine', view: null });
    expect(await table().views.query()).toEqual([]);
    await expect(table().keepView.mutate({ name: 'bad', view: { columns: ['colour:red'] } })).rejects.toThrow(
      /no such column/,
    );
  });
});
