// Real MLflow clients, the newest and the last of 2.x, against a real engine. The scripts assert; a failure shows what
// the script printed.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, repository, startEngine, temporaryFolder } from '../engine/engine-process';

const folder = join(repository, 'test/mlflow/clients');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.py'));
const clients = { 'MLflow 3': 'SLIPWAY_TEST_PYTHON_MLFLOW3', 'MLflow 2': 'SLIPWAY_TEST_PYTHON_MLFLOW2' };

function interpreter(variable: string): string {
  const path = process.env[variable];
  if (path === undefined || path === '') {
    throw new Error(`${variable} must name a Python with that MLflow client. Run the tests with \`npm test\`.`);
  }
  return path;
}

function runScript(
  python: string,
  script: string,
  engine: EngineProcess,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [join(folder, script)], {
      cwd: temporaryFolder('slipway-client-'),
      env: {
        ...process.env,
        MLFLOW_TRACKING_URI: engine.url,
        MLFLOW_TRACKING_TOKEN: engine.token,
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1',
        GIT_PYTHON_REFRESH: 'quiet',
        PYTHONWARNINGS: 'ignore',
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe.each(Object.entries(clients))('%s', (_name, variable) => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it.each(scripts)('%s', { timeout: 180_000 }, async (script) => {
    const { code, said } = await runScript(interpreter(variable), script, engine);
    expect(code === 0 ? '' : said).toBe('');
  });
});
