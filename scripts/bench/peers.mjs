// The servers that are measured beside each other: Slipway's engine, MLflow's own server and FastTrackML, each with a
// SQLite file in a folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePythonEnvironment } from '../setup/python-environment.mjs';
import { built } from './workspace.mjs';

const patience = 60_000;

/** Program and arguments of each server, with a folder and a port to use. */
const commands = {
  slipway: async (folder, port) => [
    process.execPath,
    [built('cli.js'), 'engine', 'start', '--foreground', '--workspace', folder, '--port', port, '--token', ''],
  ],
  mlflow: async (folder, port) => [
    await ensurePythonEnvironment('mlflow3'),
    [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', port],
      ...['--backend-store-uri', `sqlite:///${folder}/mlflow.db`, '--default-artifact-root', `file://${folder}/a`],
      ...['--workers', '1'],
    ],
  ],
  fasttrackml: async (folder, port) => [
    join(await ensurePythonEnvironment('fasttrackml'), '../fml'),
    [
      ...['server', '--listen-address', `127.0.0.1:${port}`, '--default-artifact-root', `${folder}/a`],
      ...['--database-uri', `sqlite://${folder}/fml.db`],
    ],
  ],
};

/** Starts one; it answers when this resolves, and is gone with its folder when the result is disposed of. */
export async function startPeer(name) {
  const folder = mkdtempSync(join(tmpdir(), `slipway-bench-${name}-`));
  const port = String(await freePort());
  const [program, args] = await commands[name](folder, port);
  const env = { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' };
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (data) => {
    said = (said + data).slice(-2000);
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const peer = {
    url: `http://127.0.0.1:${port}`,
    token: '',
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      // Its own process group: MLflow's workers end with it.
      if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  for (const deadline = Date.now() + patience; ; await delay(100)) {
    if (await answers(peer.url)) return peer;
    if (child.exitCode === null && Date.now() < deadline) continue;
    await peer[Symbol.asyncDispose]();
    throw new Error(`${name} did not answer:\n${said}`);
  }
}

async function answers(url) {
  const asked = await fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`).catch(() => undefined);
  return asked?.ok === true;
}

/** A port that nobody listens on now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
