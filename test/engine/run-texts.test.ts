// A search answers from memory what has not changed: whatever changes a run, the next search says so, as `runs/get` does.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';
import { randomNumbers } from './random-filter';
import { seedWorkspace } from './seeded-workspace';

const mlflow = '/api/2.0/mlflow';

interface Run {
  info: { run_id: string; lifecycle_stage: string; experiment_id: string };
}

async function post(engine: EngineProcess, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await engine.json('POST', `${mlflow}/${path}`, body);
  expect([path, answer]).toEqual([path, expect.objectContaining({ status: 200 })]);
  return answer.body;
}

async function newRun(engine: EngineProcess, experimentId = '0'): Promise<string> {
  const { run } = (await post(engine, 'runs/create', { experiment_id: experimentId, start_time: 1 })) as { run: Run };
  return run.info.run_id;
}

/** Every run as the search has it; fails unless each is just what `runs/get`, which keeps nothing, answers. */
async function searched(engine: EngineProcess, experimentIds = ['0']): Promise<Run[]> {
  const query = { experiment_ids: experimentIds, run_view_type: 'ALL', max_results: 200 };
  const { runs = [] } = (await post(engine, 'runs/search', query)) as { runs?: Run[] };
  for (const run of runs) {
    const { body } = await engine.json('GET', `${mlflow}/runs/get?run_id=${run.info.run_id}`);
    expect(run).toEqual(body.run);
  }
  return runs;
}

/** Every way in which a run is changed; each is made of a run that was searched for just before. */
const changes: Record<string, (engine: EngineProcess, runId: string) => Promise<unknown>> = {
  'a metric': (engine, run_id) =>
    post(engine, 'runs/log-metric', { run_id, key: 'm', value: 2, timestamp: 2, step: 1 }),
  'a NaN': (engine, run_id) => post(engine, 'runs/log-metric', { run_id, key: 'n', value: 'NaN', timestamp: 2 }),
  'a param': (engine, run_id) => post(engine, 'runs/log-parameter', { run_id, key: 'p', value: '"{}"' }),
  'a tag': (engine, run_id) => post(engine, 'runs/set-tag', { run_id, key: 't', value: 'ü\\ "quoted" \u0001' }),
  'a tag taken away': (engine, run_id) => post(engine, 'runs/delete-tag', { run_id, key: 'first' }),
  'a batch': (engine, run_id) =>
    post(engine, 'runs/log-batch', {
      run_id,
      metrics: [{ key: 'b', value: 1e300, timestamp: 5, step: 2 }],
      params: [{ key: 'q', value: 'x' }],
      tags: [{ key: 'u', value: 'y' }],
    }),
  'its end': (engine, run_id) => post(engine, 'runs/update', { run_id, status: 'FINISHED', end_time: 77 }),
  'its name': (engine, run_id) => post(engine, 'runs/update', { run_id, run_name: 'renamed' }),
  'an input': (engine, run_id) =>
    post(engine, 'runs/log-inputs', {
      run_id,
      datasets: [
        { dataset: { name: 'd', digest: '1', source_type: 's', source: 'x' }, tags: [{ key: 'a', value: 'b' }] },
      ],
      models: [{ model_id: 'm-1' }],
    }),
  'an output': (engine, run_id) => post(engine, 'runs/outputs', { run_id, models: [{ model_id: 'm-2', step: '3' }] }),
  'the trash': (engine, run_id) => post(engine, 'runs/delete', { run_id }),
  'a change in the editor': (engine, runId) =>
    engine.client.api.runs.change.mutate({ changes: [{ runId, name: 'by hand', tags: { first: null, note: 'new' } }] }),
};

describe('a search after one before it', () => {
  it.each(Object.keys(changes))('answers %s', async (name) => {
    await using engine = await startEngine();
    const [other, runId] = [await newRun(engine), await newRun(engine)];
    await post(engine, 'runs/set-tag', { run_id: runId, key: 'first', value: 'one' });
    const before = await searched(engine);
    await changes[name]?.(engine, runId);
    const after = await searched(engine);
    const of = (runs: readonly Run[], id: string): Run | undefined => runs.find(({ info }) => info.run_id === id);
    expect(of(after, runId)).not.toEqual(of(before, runId));
    expect(of(after, other)).toEqual(of(before, other));
  });

  it('answers an experiment that went to the trash and came back', async () => {
    await using engine = await startEngine();
    const { experiment_id: id } = await post(engine, 'experiments/create', { name: 'one' });
    await newRun(engine, String(id));
    const stages = async (): Promise<string[]> =>
      (await searched(engine, [String(id)])).map(({ info }) => info.lifecycle_stage);
    expect(await stages()).toEqual(['active']);
    await post(engine, 'experiments/delete', { experiment_id: id });
    expect(await stages()).toEqual(['deleted']);
    await post(engine, 'experiments/restore', { experiment_id: id });
    expect(await stages()).toEqual(['active']);
  });

  it('answers a run that was recorded, erased, and brought back by a bundle', async () => {
    await using engine = await startEngine();
    const out = temporaryFolder();
    const say = async (...words: string[]): Promise<void> => {
      const { code, stderr } = await slipway(words, { cwd: engine.workspace });
      expect([words, code, stderr]).toEqual([words, 0, expect.any(String)]);
    };
    try {
      await say('run', '--name', 'recorded', '--', 'sh', '-c', 'echo x');
      const [recorded] = await searched(engine);
      const runId = recorded?.info.run_id ?? '';
      await say('export', join(out, 'b.zip'));
      await post(engine, 'runs/delete', { run_id: runId });
      expect((await searched(engine))[0]?.info.lifecycle_stage).toBe('deleted');
      await new Promise((resolve) => setTimeout(resolve, 5));
      await say('gc', '--older-than', '0d');
      expect(await searched(engine)).toEqual([]);
      const next = await newRun(engine);
      expect((await searched(engine)).map(({ info }) => info.run_id)).toEqual([next]);
      await say('import', join(out, 'b.zip'));
      expect(await searched(engine)).toContainEqual(recorded);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  it('answers any change in an experiment so large that a thread searches it', async () => {
    const workspace = seedWorkspace(({ runs, clock }) => {
      for (let index = 0; index < 2500; index += 1) {
        const { runId } = runs.createRun({ experimentId: '0', userId: 'u', startTime: clock.now - index });
        runs.logBatch(runId, { metrics: [{ key: 'm', value: index, time: 1, step: 0 }] });
      }
    });
    try {
      await using engine = await startEngine({ workspace });
      const all = Object.entries(changes);
      for (const { info } of (await searched(engine)).slice(0, all.length)) {
        await post(engine, 'runs/set-tag', { run_id: info.run_id, key: 'first', value: 'one' });
      }
      const before = await searched(engine);
      expect(before).toHaveLength(200);
      for (const [index, [name, change]] of all.entries()) {
        await change(engine, before[index]?.info.run_id ?? '');
        expect([name, (await searched(engine))[index]]).not.toEqual([name, before[index]]);
      }
    } finally {
      rmSync(workspace, { recursive: true, force: true });
    }
  });

  it('answers any changes of many runs, in any order', async () => {
    await using engine = await startEngine();
    const random = randomNumbers(7);
    const names = Object.keys(changes).filter((name) => name !== 'a tag taken away');
    const runIds = await Promise.all(Array.from({ length: 12 }, () => newRun(engine)));
    for (let turn = 0; turn < 60; turn += 1) {
      const runId = runIds[Math.floor(random() * runIds.length)] ?? '';
      await post(engine, 'runs/restore', { run_id: runId });
      await changes[names[Math.floor(random() * names.length)] ?? '']?.(engine, runId);
      if (turn % 3 === 0) expect(await searched(engine)).toHaveLength(runIds.length);
    }
  });
});
