// Runs a Python script as a user would: with the workspace's address in its environment, in a folder of its own.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { type EngineProcess, temporaryFolder } from '../engine/engine-process';

/** The prepared interpreter that `variable` names; throws with what to do when there is none. */
export function clientInterpreter(variable: string): string {
  const path = process.env[variable];
  if (path !== undefined && path !== '') return path;
  throw new Error(`${variable} must name a Python with that MLflow client. Run the tests with \`npm test\`.`);
}

/** Runs `script` to its end against a server. Resolves with its exit code and all it printed. */
export function runClientScript(
  python: string,
  script: string,
  { url, token, env }: Pick<EngineProcess, 'url'> & { token?: string; env?: Record<string, string> },
): Promise<{ code: number | null; said: string }> {
  const cwd = temporaryFolder('slipway-client-');
  return new Promise((resolve, reject) => {
    const child = spawn(python, [script], {
      cwd,
      env: {
        ...process.env,
        MLFLOW_TRACKING_URI: url,
        ...(token === undefined ? {} : { MLFLOW_TRACKING_TOKEN: token }),
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1',
        GIT_PYTHON_REFRESH: 'quiet',
        MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
        // Which packages a model needs is asked for in a process of its own, which takes longer than everything else here.
        MLFLOW_REQUIREMENTS_INFERENCE_TIMEOUT: '1',
        PYTHONWARNINGS: 'ignore',
        PYTHONDONTWRITEBYTECODE: '1',
        ...env,
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      rmSync(cwd, { recursive: true, force: true, maxRetries: 3 });
      resolve({ code, said });
    });
  });
}
