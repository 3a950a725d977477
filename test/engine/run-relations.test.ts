// Params and metrics over many runs, through a real engine: every run has its place, whatever it lacks or is called.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/statistics/random';
import { type EngineProcess, startEngine } from './engine-process';
import { type Seeding, seedWorkspace } from './seeded-workspace';

const many = 1000;
const hostile = '<img src=x onerror=alert(1)>';
const greek = 'λ_ρυθμός';
const random = new Random(4);
const runIds: string[] = [];

/** `auc` is planted: it falls with |log lr + 2|, rises with depth where the model is gbm; batch and workers go together. */
function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'sweep' });
  for (let at = 0; at < many; at++) {
    const startTime = clock.now - at * 1000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name: `${hostile} ${at}`, startTime });
    runIds.push(runId);
    const depth = 2 + random.below(9);
    const logRate = -4 + 3 * random.uniform();
    const model = ['gbm', 'rf', hostile][at % 3] ?? '';
    const batch = [16, 32, 64][random.below(3)] ?? 16;
    const params = {
      depth: at % 10 === 0 ? 'None' : String(depth),
      model,
      batch: String(batch),
      workers: String(batch / 8),
      same: 'always',
      [greek]: random.uniform().toFixed(6),
      id: `run-${at}`,
      ...(at % 4 === 0 ? {} : { lr: String(10 ** logRate) }),
    };
    const value = 0.9 - 0.05 * Math.abs(logRate + 2) + (model === 'gbm' ? 0.01 * depth : 0) + 0.002 * random.normal();
    const point = { time: startTime, step: 0 };
    runs.logBatch(runId, {
      params: Object.entries(params).map(([key, each]) => ({ key, value: each })),
      metrics: [
        { key: 'nothing', value: Number.NaN, ...point },
        ...(at % 50 === 3 ? [] : [{ key: 'auc', value: at % 50 === 7 ? Number.NaN : value - 0.1, ...point }]),
        ...(at % 50 === 3 || at % 50 === 7 ? [] : [{ key: 'auc', value, ...point, step: 1 }]),
        ...(at < 4 ? [{ key: 'rare', value: at, ...point }] : []),
      ],
    });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 + at });
  }
}

describe('the relations of a thousand runs', () => {
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
  const api = () => engine.client.api.comparison;

  it('every run has a place in every column that differs; what is missing stays missing', async () => {
    const { runs, columns, constant, left } = await api().values.mutate({ runIds });
    expect(runs.map(({ runId }) => runId)).toEqual(runIds);
    expect(runs[5]).toMatchObject({ name: `${hostile} 5`, state: 'finished' });
    expect([constant, left]).toEqual([1, 0]);
    const names = columns.map(({ id, kind }) => `${id} ${kind}`);
    expect(names).toEqual([
      'param:batch number',
      'param:depth number',
      'param:id level',
      'param:lr number',
      'param:model level',
      'param:workers number',
      `param:${greek} number`,
      'metric:auc number',
      'metric:nothing number',
      'metric:rare number',
      'duration number',
    ]);
    const valuesOf = (id: string) => columns.find((column) => column.id === id)?.values ?? [];
    for (const { values } of columns) expect(values).toHaveLength(many);
    expect(valuesOf('param:depth').slice(0, 2)).toEqual(['None', expect.any(Number)]);
    expect(valuesOf('param:lr').filter((value) => value === null)).toHaveLength(many / 4);
    expect(valuesOf('metric:nothing').every((value) => value === 'NaN')).toBe(true);
    expect(valuesOf('metric:auc').filter((value) => value === null)).toHaveLength(20);
    expect(valuesOf('metric:auc').filter((value) => value === 'NaN')).toHaveLength(20);
    expect(valuesOf('duration')[3]).toBeCloseTo(0.503, 9);
  });

  it('last, best, least and greatest are those of the metric, and runs that are gone are left out', async () => {
    const one = [runIds[1] ?? '', 'gone', runIds[2] ?? ''];
    const of = async (stat: 'last' | 'best' | 'min' | 'max') => {
      const { runs, columns } = await api().values.mutate({ runIds: one, stat });
      expect(runs).toHaveLength(2);
      return columns.find(({ id }) => id === 'metric:auc')?.values[0] as number;
    };
    const [last, best, min, max] = [await of('last'), await of('best'), await of('min'), await of('max')];
    expect(max).toBe(last);
    expect(best).toBe(max);
    expect(last - min).toBeCloseTo(0.1, 9);
  });

  it('planted params come first, by rank and by the forest, and the same question has the same answer', async () => {
    const ask = () => api().importance.mutate({ runIds, target: 'metric:auc', forest: true });
    const began = Date.now();
    const answer = await ask();
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(answer).toMatchObject({ runs: 960, missing: 20, nonFinite: 20, why: null });
    const by = new Map(answer.params.map((param) => [param.name, param]));
    expect(answer.params[0]?.name).toBe('model');
    expect(by.get('depth')).toMatchObject({ kind: 'number', missing: many / 10, why: null });
    expect(by.get('depth')?.p ?? 1).toBeLessThan(0.001);
    expect(by.get('depth')?.rho ?? 0).toBeGreaterThan(0.1);
    expect(by.get(greek)?.p ?? 0).toBeGreaterThan(0.05);
    expect(by.get('id')).toMatchObject({ share: null, p: null, why: 'nearly every run has a value of its own' });
    expect(by.get('batch')?.twins).toEqual(['workers']);
    // The valley over lr has little of a slope, which the ranks miss and the forest finds.
    const falls = [...by.values()].sort((a, b) => (b.forest?.share ?? 0) - (a.forest?.share ?? 0));
    expect(
      falls
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['lr', 'model']);
    expect(Math.abs(by.get(greek)?.forest?.share ?? 1)).toBeLessThan(0.02);
    expect(answer.forest?.r2).toBeGreaterThan(0.6);
    expect(await ask()).toEqual(answer);
  });

  it('too little is said to be too little', async () => {
    const few = await api().importance.mutate({ runIds: runIds.slice(0, 4), target: 'metric:auc', forest: true });
    expect(few).toMatchObject({ params: [], forest: null, why: expect.stringContaining('too few to tell') });
    const rare = await api().importance.mutate({ runIds, target: 'metric:rare' });
    expect(rare).toMatchObject({ runs: 4, missing: many - 4, why: expect.stringContaining('4 runs: too few to tell') });
    const nothing = await api().importance.mutate({ runIds, target: 'metric:nothing' });
    expect(nothing).toMatchObject({ runs: 0, nonFinite: many, why: 'No run has a number in nothing.' });
    await expect(api().importance.mutate({ runIds, target: 'metric:absent' })).rejects.toThrow('has logged absent');
    await expect(api().importance.mutate({ runIds, target: 'param:model' })).rejects.toThrow('Choose another metric');
  });
});
