// The same search in stores of different sizes: the first hundred runs of an experiment by a metric.
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { median, tell } from '../bench/measurement';
import { type EngineProcess, startEngine } from '../engine/engine-process';
import { KeptConnection } from './kept-connection';
import { storeOf } from './stores';

const times = 21;

async function search(engine: EngineProcess, query: object): Promise<number> {
  using connection = new KeptConnection(engine.url, engine.client.headers);
  const found = await engine.json('GET', '/api/2.0/mlflow/experiments/get-by-name?experiment_name=many');
  const { experiment_id } = (found.body as { experiment: { experiment_id: string } }).experiment;
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const body = { experiment_ids: [experiment_id], max_results: 100, ...query };
    const { took, text } = await connection.ask('POST', '/api/2.0/mlflow/runs/search', body);
    expect((JSON.parse(text) as { runs: unknown[] }).runs).toHaveLength(100);
    taken.push(took);
  }
  return median(taken);
}

it.each([1000, 5000, 10_000, 100_000])('%i runs', async (count) => {
  const workspace = storeOf(count);
  try {
    await using engine = await startEngine({ workspace });
    const named = (name: string): string => `${name}${count}`;
    tell({
      [named('ordered')]: await search(engine, { order_by: ['metrics.m1 DESC'] }),
      [named('newest')]: await search(engine, {}),
      [named('filtered')]: await search(engine, {
        filter: "metrics.m0 > 0.25 and params.p3 = '2'",
        order_by: ['metrics.m1 DESC'],
      }),
    });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
});
