// What MLflow's own Python client loses to Slipway: its calls a second, against those to a server that does nothing.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ensurePythonEnvironment } from '../setup/python-environment.mjs';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';
import { startPeer } from './peers.mjs';
import { median } from './workspace.mjs';

const [rounds, seconds] = [5, 4];

export const benches = [
  bench('client: calls of the Python client to Slipway', '/s', Number.POSITIVE_INFINITY, (of) => median(of.slipway)),
  bench('client: the same to a server that does nothing', '/s', Number.POSITIVE_INFINITY, (of) => median(of.nothing)),
  // Each pair was measured in one moment.
  bench('client: Slipway against nothing', '%', 85, (of) =>
    median(of.slipway.map((calls, round) => (100 * calls) / of.nothing[round])),
  ),
];

function bench(name, unit, bar, choose) {
  return { name, unit, bar, isLeast: unit === '%', measure: async () => choose(await numbers()) };
}

let measured;

function numbers() {
  measured ??= measure();
  return measured;
}

async function measure() {
  const python = await ensurePythonEnvironment('mlflow3');
  await using servers = new AsyncDisposableStack();
  const slipway = servers.use(await startPeer('slipway'));
  const nothing = servers.adopt(await serveNothing(), (server) => server.close());
  const found = { slipway: [], nothing: [] };
  for (let round = 0; round < rounds; round += 1) {
    found.slipway.push(await calls(python, slipway.url));
    found.nothing.push(await calls(python, `http://127.0.0.1:${nothing.address().port}`));
  }
  return found;
}

async function calls(python, url) {
  const client = join(rootFolder, 'scripts/bench/mlflow-client.py');
  const env = { ...process.env, DO_NOT_TRACK: 'true', PYTHONWARNINGS: 'ignore' };
  return Number(await run(python, [client, url, String(seconds)], { env }));
}

/** Reads every request to its end and answers that all is well; its runs have one id. */
function serveNothing() {
  const made = JSON.stringify({
    run: { info: { run_id: 'a'.repeat(32), experiment_id: '0', status: 'RUNNING' }, data: {} },
  });
  const server = createServer((request, reply) => {
    request.resume().once('end', () => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.end(request.url.includes('/runs/create') ? made : '{}');
    });
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
