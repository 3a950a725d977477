// The files of a version in production stay as they were decided over, whichever way artifacts are changed.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';
import { GatedModels, onnxModel } from './gated-models';

const folder = temporaryFolder();
let engine: EngineProcess;
let registry: GatedModels;

beforeAll(async () => {
  GatedModels.identity(folder, 'author@example.org');
  GatedModels.rules(folder, '  delay:\n    gates:\n      - { id: small, kind: size, value: 1, unit: MB }\n');
  engine = await startEngine({ workspace: folder });
  registry = new GatedModels(engine);
});
afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('files of a version in production', () => {
  test('are neither replaced nor joined nor thrown away while it is there, and each try is recorded', async () => {
    const { version, runId, path: file } = await registry.version('delay', onnxModel({ doc: 'one' }));
    const place = file.replace('/model.onnx', '');
    const write = async (path: string): Promise<number> =>
      (await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body: 'other bytes' }))
        .status;
    // A candidate's files are its author's own: what was judged of them is void then.
    expect(await write(`${place}/notes.txt`)).toBe(200);
    await registry.promote('delay', version);
    expect(await registry.standing('delay')).toEqual(['1 production @champion']);

    expect(await write(file)).toBe(403);
    expect(await write(`${place}/weights.bin`)).toBe(403);
    const gone = await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${place}`, { method: 'DELETE' });
    expect(gone.status).toBe(403);
    await expect(engine.client.api.artifacts.delete.mutate({ runId, path: 'model' })).rejects.toThrow('delay@1');
    expect(await write(`0/${runId}/artifacts/other.txt`)).toBe(200);

    // The model of the run, registered once more from the disk: the same bytes, and no write over them.
    writeFileSync(join(folder, 'model.onnx'), onnxModel({ doc: 'one' }));
    for (const [at, expected] of ['2', '3'].entries()) {
      const again = await slipway(['register', 'delay', 'model.onnx', '--workspace', folder, '--json'], {
        cwd: folder,
      });
      expect([again.code, JSON.parse(again.stdout).version], again.stderr).toEqual([0, expected]);
      if (at === 0) await registry.promote('delay', 2);
    }
    expect(await registry.standing('delay')).toEqual(['3 candidate', '2 production @champion', '1 archived']);

    const told = await engine.client.api.audit.list.query({ subject: 'delay' });
    expect(told.items.filter(({ detail: { door } }) => door === 'artifacts')).toHaveLength(4);
  });

  test('that is one file keep what goes with them, by whichever address they were registered, and so does what was decided by', async () => {
    GatedModels.rules(
      folder,
      ['lone', 'named']
        .map((name) => `  ${name}:\n    gates:\n      - { id: small, kind: size, value: 1, unit: MB }\n`)
        .join(''),
    );
    const { runId, path: file } = await registry.version('delay', onnxModel({ doc: 'lone' }));
    const { run } = (await registry.mlflow('GET', `runs/get?run_id=${runId}`)).body as {
      run: { info: { artifact_uri: string } };
    };
    const sources = { lone: `${run.info.artifact_uri}/model/model.onnx`, named: `runs:/${runId}/model` };
    const write = async (path: string): Promise<number> =>
      (await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body: 'other' })).status;
    const place = file.replace('/model.onnx', '');
    for (const [name, source] of Object.entries(sources)) {
      await registry.mlflow('POST', 'registered-models/create', { name });
      const made = await registry.mlflow('POST', 'model-versions/create', { name, source, run_id: runId });
      expect(made.status, name).toBe(200);
    }
    expect((await registry.promote('lone', 1)).refused).toEqual([]);
    expect(await write(`${place}/model.onnx.data`)).toBe(403);
    expect(await write(`${place}/model_golden.json`)).toBe(403);
    expect(await write(file)).toBe(403);
    expect(await write(`${place}/readme.md`)).toBe(200);
    expect((await registry.promote('named', 1)).refused).toEqual([]);
    expect(await write(`${place}/more.md`)).toBe(403);
    // What gates leave lies beside the files of a whole run only.
    expect(await write(`${place}/gate/weights.bin`)).toBe(403);
    const { items } = await engine.client.api.audit.list.query({ subject: 'lone', limit: 50 });
    const judged = items.find(({ action }) => action === 'gate run');
    const evidence = `evidence/${String(judged?.detail.evidence)}.json`;
    expect(await write(evidence)).toBe(403);
    const kept = await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${evidence}`);
    expect((await kept.json()).id).toBe(judged?.detail.report);
    expect((await engine.client.api.audit.list.query({ subject: 'lone', limit: 5 })).items[0]).toMatchObject({
      action: 'refused',
      detail: { door: 'artifacts', rules: ['files'], why: expect.stringContaining('a decision over lone@1 rests on') },
    });
  });

  test('are not replaced by what was sent before the decision and arrives after it', async () => {
    GatedModels.rules(folder, '  slow:\n    gates:\n      - { id: small, kind: size, value: 1, unit: MB }\n');
    const { version, path } = await registry.version('slow', onnxModel({ doc: 'slow' }));
    const address = `/api/2.0/mlflow-artifacts/artifacts/${path}`;
    let finish = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        stream.enqueue(Buffer.from('other '));
        finish = () => {
          stream.enqueue(Buffer.from('bytes'));
          stream.close();
        };
      },
    });
    const sent = engine.fetch(address, { method: 'PUT', body, duplex: 'half' } as RequestInit);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await registry.promote('slow', version)).refused).toEqual([]);
    finish();
    expect((await sent).status).toBe(403);
    const kept = Buffer.from(await (await engine.fetch(address)).arrayBuffer());
    expect(kept.equals(onnxModel({ doc: 'slow' }))).toBe(true);
    expect((await engine.client.api.audit.verify.query()).problems).toEqual([]);
  });
});
