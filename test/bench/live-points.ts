// A training that logs through MLflow's routes, as busy as wanted.
import { setTimeout } from 'node:timers/promises';
import { readAddress } from '../../src/client/engine-address';

/** Posts to an MLflow route of the engine, given without its prefix. */
export type Poster = (path: string, body: unknown) => Promise<Response>;

/** Posts to the engine of the workspace at `root`, which must have been started. */
export function poster(root: string): Poster {
  const address = readAddress(root);
  if (address === undefined) throw new Error('The workspace has no engine address.');
  const headers = { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' };
  return (path, body) =>
    fetch(`${address.url}/api/2.0/mlflow/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Creates the run `live` with a few points of `loss` and returns its ID. */
export async function liveRun(post: Poster): Promise<string> {
  const created = await post('runs/create', { experiment_id: '0', run_name: 'live', start_time: Date.now() });
  const { run } = (await created.json()) as { run: { info: { run_id: string } } };
  const runId = run.info.run_id;
  for (let step = 0; step < 5; step++) {
    await post('runs/log-metric', { run_id: runId, key: 'loss', value: 1, timestamp: Date.now(), step });
  }
  return runId;
}

/** Logs ten batches of ten points of `loss` a second for so many seconds. */
export async function logPoints(post: Poster, runId: string, seconds: number): Promise<void> {
  const began = Date.now();
  for (let batch = 0; batch < seconds * 10; batch++) {
    const metrics = Array.from({ length: 10 }, (_, i) => {
      const step = 100 + batch * 10 + i;
      return { key: 'loss', value: Math.sin(step / 50) + 2, timestamp: Date.now(), step };
    });
    await post('runs/log-batch', { run_id: runId, metrics });
    const ahead = began + (batch + 1) * 100 - Date.now();
    if (ahead > 0) await setTimeout(ahead);
  }
}
