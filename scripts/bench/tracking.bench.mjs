// Logging and reading through the MLflow API, beside the peers: the same client against each in turn, on this machine.

import { join } from 'node:path';
import { findPythonEnvironment } from '../setup/python-environment.mjs';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';
import { startPeer } from './peers.mjs';
import { median } from './workspace.mjs';

/** What is measured, and how often faster than each peer it is to be. Of a search the number is a time. */
const asks = {
  batches: { says: 'points in batches of 1,000', fasttrackml: 2.5, mlflow: 25 },
  singles: { says: 'single log-metric', fasttrackml: 1.8, mlflow: 12 },
  runs: { says: 'runs of 10 params, 20 metrics, 1 tag', fasttrackml: 2, mlflow: 15 },
  search: { says: 'filtered, ordered search over 400 runs', fasttrackml: 2, mlflow: 15, isTime: true },
  history: { says: 'points of a history', fasttrackml: 2, mlflow: 4 },
};
const seconds = 3;
const rounds = 3;

export const benches = Object.entries(asks).flatMap(([what, { says, isTime, ...bars }]) => [
  { name: `tracking: ${says}`, unit: isTime ? 'ms' : '/s', bar: Number.POSITIVE_INFINITY, measure: () => own(what) },
  ...Object.entries(bars).map(([peer, bar]) => ({
    name: `tracking: ${says}, against ${peer}`,
    unit: '×',
    bar,
    isLeast: true,
    measure: () => ratio(what, peer),
  })),
]);

async function own(what) {
  return median((await numbers(what)).slipway);
}

async function ratio(what, peer) {
  const measured = await numbers(what);
  const quotient = median(measured.slipway) / median(measured[peer]);
  return asks[what].isTime ? 1 / quotient : quotient;
}

const measured = new Map();

/** The numbers of one measure by server: taken in turns, so that a machine whose speed drifts is fair to all. */
function numbers(what) {
  if (!measured.has(what)) measured.set(what, takeTurns(what));
  return measured.get(what);
}

async function takeTurns(what) {
  const found = { slipway: [], fasttrackml: [], mlflow: [] };
  await using servers = new AsyncDisposableStack();
  const peers = {};
  for (const name of Object.keys(found)) peers[name] = servers.use(await startPeer(name));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(found)) found[name].push(await ask(peers[name], what));
  }
  return found;
}

async function ask({ url, token }, what) {
  const client = join(rootFolder, 'scripts/bench/tracking-client.py');
  const env = { ...process.env, TOKEN: token };
  const said = await run(findPythonEnvironment('mlflow3'), [client, url, what, String(seconds)], { env });
  return JSON.parse(said);
}
