// MLflow's own server, the one that Slipway's answers are held against: a SQLite file in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const patience = 90_000;

/** A running `mlflow server`: `await using peer = await startPeerServer(python)`. */
export class PeerServer {
  constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    process.once('exit', this.#end);
  }

  /** It and its workers, which share its process group: also when the tests are broken off. */
  readonly #end = (): void => {
    if (this.child.exitCode === null && this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
  };

  /** Ends it and removes its folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#end);
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('close', resolve));
      this.#end();
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Starts MLflow's server from the interpreter `python` and waits until it answers; throws with what it said. It serves a copy
 * of `database` where one is given, else an empty one.
 */
export async function startPeerServer(python: string, database?: string): Promise<PeerServer> {
  // Every write of that server waits for its disk; in memory the tests do not.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'slipway-peer-'));
  if (database !== undefined) copyFileSync(database, `${folder}/mlflow.db`);
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  args.push('--backend-store-uri', `sqlite:///${folder}/mlflow.db`, '--artifacts-destination', `${folder}/artifacts`);
  const env = { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', GIT_PYTHON_REFRESH: 'quiet' };
  const child = spawn(python, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
  }
  const peer = new PeerServer(`http://127.0.0.1:${port}`, child, folder);
  for (const deadline = Date.now() + patience; ; await delay(100)) {
    const answer = await fetch(`${peer.url}/health`).catch(() => undefined);
    if (answer?.ok === true) return peer;
    if (child.exitCode === null && Date.now() < deadline) continue;
    await peer[Symbol.asyncDispose]();
    throw new Error(`MLflow's server did not answer:\n${said}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
