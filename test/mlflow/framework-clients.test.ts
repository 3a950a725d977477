// Libraries that log to MLflow by themselves, against a real engine. The scripts assert; a failure shows what the
// script printed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, repository, startEngine } from '../engine/engine-process';
import { clientInterpreter, runClientScript } from './client-script';

const folder = join(repository, 'test/mlflow/frameworks');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.py'));
let engine: EngineProcess;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('what logs by itself', () => {
  it.each(scripts)('%s', async (script) => {
    const python = clientInterpreter('SLIPWAY_TEST_PYTHON_MLFLOW3');
    const { code, said } = await runClientScript(python, join(folder, script), engine);
    expect(code === 0 ? '' : said).toBe('');
  });
});
