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
});
