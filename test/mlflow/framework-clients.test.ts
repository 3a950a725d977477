// Libraries that log to MLflow by themselves, against a real engine. The scripts assert; a failure shows what the
// script printed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, repository, startEngine } from '../engine/engine-process';
import { ClientScripts, clientInterpreter } from './client-script';

const folder = join(repository, 'test/mlflow/frameworks');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.py'));
let engine: EngineProcess;
let client: ClientScripts;

beforeAll(async () => {
  engine = await startEngine();
  client = new ClientScripts(clientInterpreter('SLIPWAY_TEST_PYTHON_MLFLOW3'), engine);
});
afterAll(async () => {
  client[Symbol.dispose]();
  await engine[Symbol.asyncDispose]();
});

describe('what logs by itself', () => {
  it.each(scripts)('%s', async (script) => {
    const { code, said } = await client.run(join(folder, script));
    expect(code === 0 ? '' : said).toBe('');
  });
});
