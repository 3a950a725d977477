// Very long series: what a point takes on disk, how fast a history is read, what a chart of ten million points costs.
import { rmSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { median, tell } from '../bench/measurement';
import { startEngine } from '../engine/engine-process';
import { seedWorkspace } from '../engine/seeded-workspace';
import { KeptConnection } from './kept-connection';

const history = 100_000;
const long = 10_000_000;
const mlflow = '/api/2.0/mlflow';

/** A workspace with one run that has a series of `points`; values and times as a training loop has them. */
function seriesOf(points: number): { workspace: string; runId: string } {
  const runId = 'a'.repeat(32);
  const workspace = seedWorkspace(({ runs, clock }) => {
    const began = clock.now - 86_400_000;
    runs.createRun({ runId, experimentId: '0', userId: 'load', name: 'long', startTime: began });
    for (let first = 0; first < points; first += 1000) {
      const metrics = Array.from({ length: Math.min(1000, points - first) }, (_, index) => {
        const step = first + index;
        return { key: 'loss', value: 1 / (1 + step / 7), time: began + step * 8, step };
      });
      runs.logBatch(runId, { metrics });
    }
  });
  return { workspace, runId };
}

it('a history', async () => {
  const { workspace, runId } = seriesOf(history);
  try {
    await using engine = await startEngine({ workspace });
    using connection = new KeptConnection(engine.url, engine.client.headers);
    const taken: number[] = [];
    for (let time = 0; time < 11; time++) {
      let [took, found, token] = [0, 0, ''];
      do {
        const more = token === '' ? '' : `&page_token=${encodeURIComponent(token)}`;
        const path = `${mlflow}/metrics/get-history?run_id=${runId}&metric_key=loss&max_results=25000${more}`;
        const page = await connection.ask('GET', path);
        const { metrics, next_page_token } = JSON.parse(page.text) as { metrics: unknown[]; next_page_token?: string };
        took += page.took;
        found += metrics.length;
        token = next_page_token ?? '';
      } while (token !== '');
      expect(found).toBe(history);
      taken.push(took);
    }
    tell({ history: median(taken) });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
});

it('ten million points', async () => {
  const { workspace, runId } = seriesOf(long);
  try {
    const bytesPerPoint = statSync(`${workspace}/.slipway/slipway.db`).size / long;
    await using engine = await startEngine({ workspace });
    const chart = async (): Promise<number> => {
      const began = performance.now();
      const answer = await engine.client.api.metrics.buckets.query({
        runId,
        keys: ['loss'],
        axis: 'step',
        buckets: 500,
      });
      expect(answer[0]?.points).toBe(long);
      return performance.now() - began;
    };
    using connection = new KeptConnection(engine.url, engine.client.headers);
    const beside: number[] = [];
    const first = chart();
    let isDrawn = false;
    void first.finally(() => {
      isDrawn = true;
    });
    for (let step = 0; !isDrawn; step++) {
      const point = { run_id: runId, key: 'beside', value: step, timestamp: step, step };
      beside.push((await connection.ask('POST', `${mlflow}/runs/log-metric`, point)).took);
    }
    tell({ bytesPerPoint, longFirst: await first, longAgain: await chart(), besideLong: Math.max(...beside) });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
});
