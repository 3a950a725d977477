// Runs Python scripts as a user would: with the workspace's address in their environment, in a folder of their own.
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { type EngineProcess, repository, temporaryFolder } from '../engine/engine-process';

type Server = Pick<EngineProcess, 'url'> & { token?: string; env?: Record<string, string> };

/** How a script ended, and all it printed. */
interface Ended {
  code: number | null;
  said: string;
}

/** The prepared interpreter that `variable` names; throws with what to do when there is none. */
export function clientInterpreter(variable: string): string {
  const path = process.env[variable];
  if (path !== undefined && path !== '') return path;
  throw new Error(`${variable} must name a Python with that MLflow client. Run the tests with \`npm test\`.`);
}

/** Runs `script` to its end against a server, in a Python of its own. */
export function runClientScript(python: string, script: string, server: Server): Promise<Ended> {
  const cwd = temporaryFolder('slipway-client-');
  return new Promise((resolve, reject) => {
    const child = spawn(python, [script], { cwd, env: environment(server) });
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

/** A Python that has imported MLflow, and runs scripts against one server, each in a fork of itself. */
export class ClientScripts implements Disposable {
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  readonly #ended: Promise<never>;

  constructor(python: string, server: Server) {
    const host = join(repository, 'test/mlflow/forked_scripts.py');
    const child = spawn(python, [host], { env: environment(server), stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout });
    this.#ended = new Promise((_resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The Python that runs the scripts ended with ${code}.`)));
    });
    // Nobody waits for it between two scripts.
    this.#ended.catch(() => undefined);
  }

  /** Runs one script to its end; one at a time. */
  async run(script: string): Promise<Ended> {
    const folder = temporaryFolder('slipway-client-');
    try {
      this.#process.stdin?.write(`${JSON.stringify({ script, folder })}\n`);
      const line = new Promise<string>((resolve) => this.#lines.once('line', resolve));
      return JSON.parse(await Promise.race([line, this.#ended])) as Ended;
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  [Symbol.dispose](): void {
    this.#process.stdin?.end();
  }
}

function environment({ url, token, env }: Server): NodeJS.ProcessEnv {
  return {
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
  };
}
