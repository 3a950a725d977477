// A history is in the order of time, whatever order its points came in and however it is paged.
import { describe, expect, it } from 'vitest';
import { type EngineProcess, startEngine } from './engine-process';

const mlflow = '/api/2.0/mlflow';

async function history(engine: EngineProcess, runId: string): Promise<number[][]> {
  const found: number[][] = [];
  for (let token = ''; ; ) {
    const query = new URLSearchParams({ run_id: runId, metric_key: 'loss', max_results: '4', page_token: token });
    const { status, body } = await engine.json('GET', `${mlflow}/metrics/get-history?${query}`);
    expect(status).toBe(200);
    const page = body as { metrics: { timestamp: number; step: number; value: number }[]; next_page_token?: string };
    found.push(...page.metrics.map(({ timestamp, step, value }) => [timestamp, step, value]));
    token = page.next_page_token ?? '';
    if (token === '') return found;
  }
}

describe('the history of a metric', () => {
  it.each([
    ['as a training writes it', Array.from({ length: 10 }, (_, index) => [100 + index, index, 10 - index])],
    ['with a clock that went back', [5, 6, 7, 3, 4, 8, 8, 1].map((time, step) => [time, step, 0])],
    ['with steps that begin anew', [0, 1, 2, 0, 1, 2].map((step, index) => [100 + index, step, index])],
    ['with several values of one moment', [3, 1, 2, 2, 5, 4].map((value) => [100, 7, value])],
  ])('%s', async (_name, points) => {
    await using engine = await startEngine();
    const { body } = await engine.json('POST', `${mlflow}/runs/create`, { experiment_id: '0', start_time: 1 });
    const runId = (body as { run: { info: { run_id: string } } }).run.info.run_id;
    for (const [timestamp, step, value] of points) {
      const point = { run_id: runId, key: 'loss', timestamp, step, value };
      expect((await engine.json('POST', `${mlflow}/runs/log-metric`, point)).status).toBe(200);
    }
    const unique = [...new Map(points.map((point) => [JSON.stringify(point), point])).values()];
    const byTime = (a: number[], b: number[]): number =>
      a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
    expect(await history(engine, runId)).toEqual(unique.toSorted(byTime));
  });
});
