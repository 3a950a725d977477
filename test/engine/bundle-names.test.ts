// Whatever a workspace keeps can be exported and imported again, however it is called; what no workspace keeps is refused.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLockFile } from '../../src/platform/sqlite/database';
import { createRun, get, post } from './bundle-workspace';
import { slipway, startEngine, temporaryFolder } from './engine-process';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a registered model with a very long name does not keep its whole bundle from being imported', async () => {
  await using from = await startEngine();
  await using to = await startEngine();
  // As long as a name may be, and four times that in bytes.
  const name = '🦌'.repeat(256);
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

it('a version of a bundle that would send whoever loads it to another host is refused by name, its run comes in', async () => {
  await using from = await startEngine();
  await using to = await startEngine();
  const runId = await createRun(from, '0', 'made it');
  await post(from, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: 1_763_000_009_000 });
  for (const name of ['told', 'stored', 'sound']) {
    await post(from, 'registered-models/create', { name });
    await post(from, 'model-versions/create', { name, source: `runs:/${runId}/model`, run_id: runId });
  }
  // As a bundle made by hand has it: no door lets such a version in.
  const database = openLockFile(join(from.workspace, '.slipway/slipway.db'));
  const change =
    'UPDATE model_versions SET COLUMN = ? WHERE model = (SELECT model FROM registered_models WHERE name = ?)';
  database.prepare(change.replace('COLUMN', 'source')).run('http://elsewhere/x', 'told');
  database.prepare(change.replace('COLUMN', 'storage_location')).run('mlflow-artifacts://elsewhere/x', 'stored');
  database.close();
  const file = join(folder, 'hosts.zip');
  expect((await slipway(['export', file, '--workspace', from.workspace])).code).toBe(0);
  const { code, stdout } = await slipway(['import', file, '--workspace', to.workspace]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('Brought in 1 run, 1 registered model.')]);
  expect(stdout).toMatch(/stored: 'source' cannot use the 'mlflow-artifacts' scheme/);
  expect(stdout).toMatch(/told: 'source' cannot use the 'http' scheme/);
});
