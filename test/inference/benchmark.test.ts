// How fast real models are, through the command line; kept as runs of a real workspace, and compared.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepBenchmark } from '../../src/client/benchmark/benchmark-run';
import { ownModelProcesses } from '../../src/client/model/model-processes';
import type { Benchmark, BenchmarkCell, BenchmarkQuery } from '../../src/protocol/inference/benchmark/benchmark';
import { type EngineProcess, startEngine } from '../engine/engine-process';

const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const listed = JSON.parse(readFileSync(join(models, 'models.json'), 'utf8')) as { name: string }[];
const pool = ownModelProcesses(() => ({ bundle: join(import.meta.dirname, '../../dist') }));
let engine: EngineProcess;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(async () => {
  pool.dispose();
  await engine[Symbol.asyncDispose]();
});

function pathOf(name: string): string {
  return join(models, name, 'model.onnx');
}

function timed(name: string, query: Partial<BenchmarkQuery> = {}): Promise<Benchmark> {
  const few = { batches: [1], threads: [1], runs: 20, milliseconds: 200 };
  return pool.ask('benchmark', { path: pathOf(name), given: null, ...few, ...query }, { deadline: 60_000 });
}

describe('a benchmark', () => {
  test.each(listed.map(({ name }) => name))('times %s', async (name) => {
    const { cells, operators, environment } = await timed(name, { runs: 5, milliseconds: 50 });
    expect(cells).toHaveLength(1);
    expect(operators.length).toBeGreaterThan(0);
    expect(environment.onnxruntime).toMatch(/^\d+\.\d+/);
  });

  test('has every batch and number of threads, percentiles in order, and every run in its histogram', async () => {
    const told: BenchmarkCell[] = [];
    const query = {
      path: pathOf('forest-300'),
      given: null,
      batches: [1, 50],
      threads: [1, 2],
      runs: 30,
      milliseconds: 2000,
    };
    const { cells, operators, memory, input, modelBytes } = await pool.ask('benchmark', query, {
      deadline: 60_000,
      onPartial: (cell) => told.push(cell),
    });
    expect(told).toEqual(cells);
    expect(cells.map(({ batch, threads }) => [batch, threads])).toEqual([
      [1, 1],
      [50, 1],
      [1, 2],
      [50, 2],
    ]);
    for (const { latency, histogram, rowsPerSecond, batch, warmUp } of cells) {
      const { p50, p90, p95, p99, max, mean, runs } = latency;
      expect([p50, p90, p95, p99, max]).toEqual([p50, p90, p95, p99, max].toSorted((a, b) => a - b));
      expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(runs);
      expect(rowsPerSecond).toBeCloseTo((1000 * batch) / mean, 6);
      expect(warmUp).toBeGreaterThan(1);
    }
    // A batch takes longer than a row: the rows are really repeated.
    expect(cells[1]?.latency.p50).toBeGreaterThan(2 * (cells[0]?.latency.p50 ?? 0));
    expect(operators[0]?.operator).toBe('TreeEnsembleClassifier');
    expect(operators.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(memory.most).toBeGreaterThanOrEqual(memory.loaded);
    expect([input, modelBytes]).toEqual(['the golden case test_data_set_0', readFileSync(pathOf('forest-300')).length]);
  });

  test('that takes too long tells what was timed before', async () => {
    const args = ['bench-model', pathOf('forest-300'), '--batch', '1,1000000', '--time', '50ms', '--timeout', '6s'];
    const cli = join(import.meta.dirname, '../../dist/cli.js');
    const told = spawnSync(process.execPath, [cli, ...args, '--no-record', '--json'], { encoding: 'utf8' });
    expect([told.status, told.stderr]).toEqual([3, expect.stringContaining('6 s')]);
    expect(JSON.parse(told.stdout).cells).toMatchObject([{ batch: 1 }]);
  });

  test('of an input that does not fit is refused; one that is taken back ends, and the model answers again', async () => {
    const given = { kind: 'text', text: '[[1,2]]', format: null } as const;
    await expect(timed('logistic-iris', { given })).rejects.toThrow('takes ? × 4');
    const wish = new AbortController();
    const query = {
      path: pathOf('logistic-iris'),
      given: null,
      batches: [1],
      threads: [1],
      runs: 1e7,
      milliseconds: 60_000,
    };
    const asked = pool.ask('benchmark', query, { deadline: 90_000, signal: wish.signal });
    setTimeout(() => wish.abort(), 300);
    const start = Date.now();
    await expect(asked).rejects.toThrow('cancelled');
    expect((await timed('logistic-iris')).cells).toHaveLength(1);
    expect(Date.now() - start).toBeLessThan(20_000);
  });

  test('is kept as a run whose latencies are compared, less being better', async () => {
    const { client } = engine;
    const found = await timed('logistic-iris');
    const ids = [await keepBenchmark(client, found, Date.now()), await keepBenchmark(client, found, Date.now())];
    const kept = JSON.parse(await (await client.artifact(ids[0] ?? '', 'benchmark.json')).text());
    expect(kept).toEqual(found);
    const compared = await client.api.comparison.runs.query({ runIds: ids });
    const directions = compared.candidates[0]?.metrics.map(({ metric, direction }) => [metric, direction]);
    expect(directions).toContainEqual(['latency_p50_ms/batch_1/threads_1', 'down']);
  });
});
