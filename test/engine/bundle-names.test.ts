// Whatever a workspace keeps can be exported and imported again, however it is called.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createRun, get, post } from './bundle-workspace';
import { slipway, startEngine, temporaryFolder } from './engine-process';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a registered model with a very long name does not keep its whole bundle from being imported', async () => {
  await using from = await startEngine();
  await using to = await startEngine();
  const name = 'm'.repeat(2000);
  const runId = await createRun(from, '0', '🦌'.repeat(600));
  await post(from, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: 1_763_000_009_000 });
  await post(from, 'registered-models/create', { name });
  await post(from, 'model-versions/create', { name, source: `runs:/${runId}/model`, run_id: runId });
  const file = join(folder, 'long.zip');
  expect((await slipway(['export', file, '--workspace', from.workspace])).code).toBe(0);
  const { code, stdout, stderr } = await slipway(['import', file, '--workspace', to.workspace]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Brought in 1 run, 1 registered model.');
  expect(await get(to, `runs/get?run_id=${runId}`)).toEqual(await get(from, `runs/get?run_id=${runId}`));
  expect(await get(to, `model-versions/get?name=${name}&version=1`)).toMatchObject({
    model_version: { run_id: runId },
  });
});
