// slipway register and slipway models: files become versions that keep all they need, and know what they came from.
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, slipway, startEngine } from '../engine/engine-process';

const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const iris = join(models, 'logistic-iris/model.onnx');
let engine: EngineProcess;
const api = () => engine.client.api;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('slipway register', () => {
  const ask = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await slipway([...args, '--workspace', engine.workspace, '--json'], {
      cwd: engine.workspace,
      env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.email', GIT_CONFIG_VALUE_0: 'ana@example.com' },
    });
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as T;
  };
  interface Made {
    name: string;
    version: string;
    run_id: string;
  }
  const artifact = async (name: string, version: string, path: string): Promise<Buffer> => {
    const query = new URLSearchParams({ name, version, path });
    const answer = await engine.fetch(`/model-versions/get-artifact?${query}`);
    return Buffer.from(await answer.arrayBuffer());
  };

  test('keeps a file with all it needs, and says what it was trained on', async () => {
    writeFileSync(join(engine.workspace, 'train.csv'), 'a,b\n1,2\n3,4\n');
    await ask('dataset', 'add', 'train', 'train.csv');
    const external = join(models, 'external-data/model.onnx');
    const { id } = await api().datasets.version.query({ dataset: 'train', version: 'latest' });
    const made = await ask<Made>('register', 'weights', external, '--data', 'train@latest');
    expect([made.name, made.version]).toEqual(['weights', '1']);
    expect(await artifact('weights', '1', 'model.onnx')).toEqual(readFileSync(external));
    expect(await artifact('weights', '1', 'model.onnx.data')).toEqual(readFileSync(`${external}.data`));
    writeFileSync(join(engine.workspace, 'train.csv'), 'a,b\n5,6\n');
    await ask('dataset', 'refresh', 'train');

    const { edges } = await api().workspace.lineage.query({ kind: 'run', id: made.run_id });
    expect(edges.map(({ from, by }) => [from.id, by])).toContainEqual([`train@${id}`, 'content']);
  });

  test('keeps a file with the run that wrote its bytes, and takes what a run kept as it is', async () => {
    const first = await ask<Made>('register', 'iris', iris);
    const again = await ask<Made>('register', 'iris', iris);
    expect([again.version, again.run_id]).toEqual(['2', first.run_id]);
    const { source } = await ask<{ source: string }>('models', 'show', 'iris@1');
    const [, folder = ''] = /artifacts\/(.*)$/.exec(source) ?? [];
    const third = await ask<Made>('register', 'iris', `${first.run_id}:${folder}/model.onnx`);
    expect([third.version, third.run_id]).toEqual(['3', first.run_id]);
    const { items } = await ask<{ items: { name: string; versions: number; gated: boolean }[] }>('models', 'list');
    expect(items.find(({ name }) => name === 'iris')).toMatchObject({ versions: 3, gated: false });
    const shown = await ask<{ items: { version: string; stage: string }[] }>('models', 'show', 'iris');
    expect(shown.items.map(({ version, stage }) => `${version} ${stage}`)).toEqual([
      ...['3 candidate', '2 candidate', '1 candidate'],
    ]);
    expect((await ask<{ version: string }>('models', 'show', 'iris@latest')).version).toBe('3');
  });

  test('what has no rules moves freely, is recorded with who moved it, and has nothing to decide', async () => {
    await ask('register', 'free', iris);
    const moved = await ask('promote', 'free@latest', '--to', 'production');
    expect(moved).toMatchObject({ name: 'free', version: '1', to: 'production', refused: [] });
    await ask('promote', 'free@1', '--to', '@champion');
    const shown = await ask('models', 'show', 'free@champion');
    expect(shown).toMatchObject({ stage: 'production', gate: 'ungated', gated: null, author: 'ana@example.com' });
    const { items } = await ask<{ items: { action: string; actor: string }[] }>('audit', 'list', 'free');
    expect(items.map(({ action, actor }) => `${action} ${actor}`)).toEqual(
      expect.arrayContaining(['stage changed ana@example.com', 'alias set ana@example.com']),
    );
    await expect(ask('approve', 'free@1')).rejects.toThrow('nothing to decide');
    await expect(ask('promote', 'free@1', '--to', 'live')).rejects.toThrow('There is no stage live');
  });

  test('another version does not lie over the files of the one before', async () => {
    const own = join(engine.workspace, 'own');
    cpSync(join(models, 'external-data'), own, { recursive: true });
    const path = join(own, 'model.onnx');
    const before = readFileSync(`${path}.data`);
    const made = await ask<Made>('register', 'twice', path);
    writeFileSync(`${path}.data`, Buffer.alloc(before.length));
    const again = await ask<Made>('register', 'twice', path);
    expect([again.version, again.run_id === made.run_id]).toEqual(['2', false]);
    expect(await artifact('twice', '1', 'model.onnx.data')).toEqual(before);
    expect(await artifact('twice', '2', 'model.onnx.data')).toEqual(Buffer.alloc(before.length));
  });

  test('a name that cannot be leaves nothing behind, and a link is no golden case', async () => {
    const { run_id } = await ask<Made>('register', 'named', iris);
    const count = async (): Promise<number> =>
      (await api().artifacts.list.query({ runId: run_id, path: 'registered' })).items.length;
    const before = await count();
    await expect(ask('register', '../named', iris)).rejects.toThrow('cannot contain');
    expect(await count()).toBe(before);
    const linked = join(engine.workspace, 'linked.onnx');
    cpSync(iris, linked);
    symlinkSync('/etc/hosts', join(engine.workspace, 'linked.golden.yaml'));
    await expect(ask('register', 'linked', linked)).rejects.toThrow('is no file');
  });

  test('makes no version of what is no model, or is not there', async () => {
    writeFileSync(join(engine.workspace, 'pretend.onnx'), 'no model');
    const { run_id } = await ask<Made>('register', 'kept', iris);
    await expect(ask('register', 'refused', 'pretend.onnx')).rejects.toThrow('is no ONNX model');
    await expect(ask('register', 'refused', `${run_id}:nothing.onnx`)).rejects.toThrow('has no artifact nothing.onnx');
    await expect(ask('register', 'refused', iris, '--data', 'nowhere@latest')).rejects.toThrow('nowhere');
    await expect(ask('models', 'show', 'refused')).rejects.toThrow('refused');
  });
});
