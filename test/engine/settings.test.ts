// The user's choices for the engine: how they are handed to it, and that they hold.
import { describe, expect, it } from 'vitest';
import { settingArguments } from '../../src/client/engine-settings';
import { startEngine } from './engine-process';

describe('settings of the engine', () => {
  it('a run that only logs over REST is unknown after the silence that was set, and running again when it logs', async () => {
    await using engine = await startEngine({ arguments: settingArguments({ silence: 0.02, durability: 'FULL' }) });
    const status = await engine.client.api.engine.status.query();
    expect([status.silence, status.durability]).toEqual([1200, 'FULL']);
    const post = (path: string, body: unknown) => engine.json('POST', `/api/2.0/mlflow/runs/${path}`, body);
    const { body } = await post('create', { experiment_id: '0', start_time: Date.now() });
    const { run_id: runId } = (body.run as { info: { run_id: string } }).info;
    const state = async () => (await engine.client.api.runs.get.query({ runId })).state;
    expect(await state()).toBe('running');
    await expect.poll(state).toBe('unknown');
    // What a person does to it is no sign of life.
    for (const change of [{ name: 'lost' }, { starred: true }, { tags: { why: 'killed' } }]) {
      await engine.client.api.runs.change.mutate({ changes: [{ runId, ...change }] });
      expect([Object.keys(change)[0], await state()]).toEqual([Object.keys(change)[0], 'unknown']);
    }
    await post('log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1 });
    expect(await state()).toBe('running');
  });

  it('left alone are ten minutes and NORMAL', async () => {
    await using engine = await startEngine({ arguments: settingArguments({}) });
    const { silence, durability } = await engine.client.api.engine.status.query();
    expect([silence, durability]).toEqual([600_000, 'NORMAL']);
  });
});
