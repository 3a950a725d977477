// Models through the engine: it stays free and alive whatever a model does, and its processes end with it.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, type EngineProcess, node, startEngine } from '../engine/engine-process';

const models = process.env.SLIPWAY_TEST_MODELS ?? '';
const iris = join(models, 'logistic-iris/model.onnx');
const endless = join(models, 'hostile/endless.onnx');
const row = { kind: 'text', text: '[5.1,3.5,1.4,0.2]', format: null } as const;
const one = { kind: 'text', text: '[1]', format: null } as const;
let engine: EngineProcess;
const api = () => engine.client.api;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

/** Command lines of this machine's model processes, by pid. */
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('model.js');
  } catch {
    return false;
  }
}

function children(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** Asks as an MLflow client does. */
async function mlflow(
  call: string,
  body: object,
): Promise<{ run: { info: { run_id: string; artifact_uri: string } } }> {
  const answer = await engine.json('POST', `/api/2.0/mlflow/${call}`, body);
  expect(answer.status).toBe(200);
  return answer.body as never;
}

async function put(place: string, body: string | Uint8Array): Promise<void> {
  const path = `/api/2.0/mlflow-artifacts/artifacts/${place}`;
  expect((await engine.fetch(path, { method: 'PUT', body: body as BodyInit })).status).toBe(200);
}

function slipway(...args: string[]): void {
  execFileSync(node, [cli, ...args, '--workspace', engine.workspace], { cwd: engine.workspace });
}

describe('the engine', () => {
  test('predicts, and says what the model is', async () => {
    const outline = await api().inference.outline.query({ path: iris });
    expect(outline.inputs.map(({ name }) => name)).toEqual(['X']);
    const { outputs, isFirst } = await api().inference.predict.mutate({ path: iris, given: row });
    expect([outputs.output_label, isFirst]).toEqual([{ type: 'int64', shape: [1], data: [0] }, true]);
    expect((await api().inference.predict.mutate({ path: iris, given: row })).isFirst).toBe(false);
  });

  test('answers others while a model never ends, and ends it in time, twenty times', async () => {
    const overruns: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const start = Date.now();
      const hanging = api().inference.predict.mutate({ path: endless, given: one, deadline: 100 });
      await Promise.all([expect(hanging).rejects.toThrow('did not answer within 0.1 s'), api().engine.status.query()]);
      overruns.push(Date.now() - start);
    }
    expect(Math.max(...overruns)).toBeLessThan(5000);
    expect((await api().inference.predict.mutate({ path: iris, given: row })).outputs.output_label).toBeDefined();
  });

  test('answers the question after one that was taken back, also of a model that hears nothing', async () => {
    const wish = new AbortController();
    const input = { path: endless, given: one };
    const hanging = expect(api().inference.predict.mutate(input, { signal: wish.signal })).rejects.toThrow('abort');
    await setTimeout(600);
    wish.abort();
    const next = api().inference.open.mutate({ path: endless });
    await hanging;
    expect((await next).inputs.map(({ name }) => name)).toEqual(['x']);
  });

  test('runs the weights that lie beside a model as they are now', async () => {
    const folder = join(engine.workspace, 'weights');
    cpSync(join(models, 'external-data'), folder, { recursive: true });
    const path = join(folder, 'model.onnx');
    const given = { kind: 'file', path: join(folder, 'input.json'), format: null } as const;
    const answer = async (): Promise<unknown> =>
      Object.values((await api().inference.predict.mutate({ path, given })).outputs)[0];
    const before = (await answer()) as { data: number[] };
    expect(before.data.some((value) => value !== 0)).toBe(true);
    const weights = join(folder, 'model.onnx.data');
    writeFileSync(weights, Buffer.alloc(statSync(weights).size));
    expect(((await answer()) as { data: number[] }).data.every((value) => value === 0)).toBe(true);
  });

  test('knows the run that logged a model by its bytes, what it was trained on, and its signature', async () => {
    const { workspace } = engine;
    mkdirSync(join(workspace, 'data'));
    writeFileSync(join(workspace, 'data/train.csv'), 'a,b,label\n1,2,x\n3,4,y\n');
    writeFileSync(join(workspace, 'data/valid.csv'), 'a,b,label\n5,6,x\n');
    for (const name of ['valid', 'train']) slipway('dataset', 'add', name, `data/${name}.csv`, '--label', 'label');
    const { run } = await mlflow('runs/create', { experiment_id: '0', run_name: 'eager-owl', start_time: Date.now() });
    const { run_id: runId, artifact_uri: uri } = run.info;
    const logged = (name: string, context: string) => ({
      tags: [{ key: 'mlflow.data.context', value: context }],
      dataset: {
        name,
        digest: name,
        source_type: 'local',
        source: `{"uri": "data/${name}.csv"}`,
        schema: '',
        profile: '',
      },
    });
    await mlflow('runs/log-inputs', {
      run_id: runId,
      datasets: [logged('valid', 'eval'), logged('train', 'training')],
    });
    const place = uri.replace(/^mlflow-artifacts:\/*/, '');
    await put(`${place}/model/model.onnx`, readFileSync(iris));
    await put(`${place}/model/MLmodel`, `signature:\n  inputs: '[{"type": "float", "name": "a"}]'\n`);
    const path = join(workspace, 'copied.onnx');
    cpSync(iris, path);
    expect(await api().inference.origin.query({ path })).toMatchObject({
      run: { runId, name: 'eager-owl', others: 0, versions: [] },
      data: [
        { dataset: 'train', use: 'training', by: 'path' },
        { dataset: 'valid', use: 'eval', by: 'path' },
      ],
      signature: { columns: [{ name: 'a', kind: 'number' }], example: null },
    });
    // One byte more is another model.
    appendFileSync(path, ' ');
    expect(await api().inference.origin.query({ path })).toEqual({ run: null, data: [], files: [], signature: null });
    await expect(api().inference.origin.query({ path: `${path}x` })).rejects.toThrow('There is no file');
  });

  test.runIf(process.platform === 'linux')(
    'leaves no model process behind, even one that is busy for ever',
    async () => {
      const { pid } = await api().engine.status.query();
      const hanging = api()
        .inference.predict.mutate({ path: endless, given: one, deadline: 600_000 })
        .catch(() => undefined);
      const busy = await until(() => children(pid).filter(isAlive));
      process.kill(pid, 'SIGKILL');
      await hanging;
      await until(() => (busy.some(isAlive) ? [] : [0]));
    },
  );
});

/** Looks until `find` finds something; the test's own limit ends it. */
async function until(find: () => number[]): Promise<number[]> {
  for (;;) {
    const found = find();
    if (found.length > 0) return found;
    await setTimeout(50);
  }
}
