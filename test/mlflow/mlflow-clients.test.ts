// Real MLflow clients, the newest and the last of 2.x, against a real engine. The scripts assert; a failure shows what
// the script printed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, repository, startEngine } from '../engine/engine-process';
import { ClientScripts, clientInterpreter } from './client-script';

const folder = join(repository, 'test/mlflow/clients');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.py'));
const clients = { 'MLflow 3': 'SLIPWAY_TEST_PYTHON_MLFLOW3', 'MLflow 2': 'SLIPWAY_TEST_PYTHON_MLFLOW2' };

describe.each(Object.entries(clients))('%s', (_name, variable) => {
  let engine: EngineProcess;
  let client: ClientScripts;
  beforeAll(async () => {
    engine = await startEngine();
    client = new ClientScripts(clientInterpreter(variable), engine);
  });
  afterAll(async () => {
    client[Symbol.dispose]();
    await engine[Symbol.asyncDispose]();
  });

  it.each(scripts)('%s', { timeout: 180_000 }, async (script) => {
    const { code, said } = await client.run(join(folder, script));
    expect(code === 0 ? '' : said).toBe('');
  });
});
