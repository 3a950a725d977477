// A reading on a thread asks the database more than once while the engine goes on writing: it must not mix two moments.
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

interface Run {
  info: { run_id: string; run_name: string };
  data: { tags: { key: string; value: string }[] };
}

it('a run that is renamed while a long search reads is answered with one name, not with the old and the new', async () => {
  let first = '';
  const workspace = seedWorkspace(({ runs }) => {
    for (let index = 0; index < 1500; index += 1) {
      const { runId } = runs.createRun({ experimentId: '0', userId: '', startTime: index + 1 });
      first ||= runId;
      const params = Array.from({ length: 20 }, (_, param) => ({ key: `p${param}`, value: 'x'.repeat(100) }));
      runs.logBatch(runId, { params });
    }
  });
  // Behind the engine, which writes there until it ends.
  using _folder = { [Symbol.dispose]: () => rmSync(workspace, { recursive: true, force: true }) };
  await using engine = await startEngine({ workspace });
  const mixed: string[] = [];
  for (let time = 0; time < 3; time += 1) {
    let isOver = false;
    const search = engine
      .json('POST', '/api/2.0/mlflow/runs/search', { experiment_ids: ['0'], max_results: 1500 })
      .finally(() => {
        isOver = true;
      });
    for (let turn = 0; !isOver; turn += 1) {
      await engine.json('POST', '/api/2.0/mlflow/runs/update', { run_id: first, run_name: `name ${time} ${turn}` });
    }
    const { runs } = (await search).body as unknown as { runs: Run[] };
    expect(runs).toHaveLength(1500);
    const { info, data } = runs.find(({ info: { run_id } }) => run_id === first) as Run;
    const tagged = data.tags.find(({ key }) => key === 'mlflow.runName')?.value;
    if (tagged !== info.run_name) mixed.push(`${info.run_name}, tagged ${tagged}`);
  }
  expect(mixed).toEqual([]);
});
