// The files of a version in production stay as they were decided over, whichever way artifacts are changed.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, startEngine, temporaryFolder } from './engine-process';
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

    const told = await engine.client.api.audit.list.query({ subject: 'delay' });
    expect(told.items.filter(({ detail: { door } }) => door === 'artifacts')).toHaveLength(4);
  });
});
