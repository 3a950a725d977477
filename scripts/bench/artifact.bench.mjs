// A large artifact up and down, beside MLflow's own server, and what it leaves in the engine's memory.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startPeer } from './peers.mjs';
import { median } from './workspace.mjs';

const [rounds, megabytes] = [3, 512];
const place = '/api/2.0/mlflow-artifacts/artifacts/bench';
const none = Number.POSITIVE_INFINITY;

export const benches = [
  bench(`${megabytes} MB up`, 's', none, (of) => median(of.slipway.up)),
  bench(`${megabytes} MB down`, 's', none, (of) => median(of.slipway.down)),
  bench('up, against mlflow', '×', 2, (of) => median(of.mlflow.up) / median(of.slipway.up)),
  bench('down, against mlflow', '×', 2, (of) => median(of.mlflow.down) / median(of.slipway.down)),
  bench("the engine's memory at its highest, above that before", 'MB', 128, (of) => of.grown),
];

function bench(name, unit, bar, choose) {
  return { name: `artifact: ${name}`, unit, bar, isLeast: unit === '×', measure: async () => choose(await numbers()) };
}

let measured;

function numbers() {
  measured ??= measure();
  return measured;
}

async function measure() {
  await using servers = new AsyncDisposableStack();
  const found = { slipway: { up: [], down: [] }, mlflow: { up: [], down: [] }, grown: Number.NaN };
  const peers = { slipway: servers.use(await startPeer('slipway')), mlflow: servers.use(await startPeer('mlflow')) };
  await send(peers.slipway.url, 'PUT', 'first', pieces(1));
  const before = highest(peers.slipway.pid);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, peer] of Object.entries(peers)) {
      // Other bytes each time: equal ones are kept only once.
      found[name].up.push(await timed(() => send(peer.url, 'PUT', `weights-${round}`, pieces(megabytes))));
      found[name].down.push(await timed(() => send(peer.url, 'GET', `weights-${round}`)));
    }
  }
  found.grown = highest(peers.slipway.pid) - before;
  return found;
}

async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

let written = 0;

function* pieces(count) {
  const piece = Buffer.alloc(1024 * 1024, 'slipway');
  for (let index = 0; index < count; index += 1) {
    piece.writeDoubleLE(++written);
    yield Buffer.from(piece);
  }
}

/** Sends a file or fetches one; resolves when the last byte has gone or come. */
function send(url, method, name, body) {
  const { hostname, port } = new URL(url);
  const headers = method === 'PUT' ? { 'content-type': 'application/octet-stream' } : {};
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path: `${place}/${name}`, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${method} ${name} answered ${answer.statusCode}.`));
      answer.resume().once('end', resolve).once('error', reject);
    });
    asked.once('error', reject);
    if (body === undefined) asked.end();
    else pipeline(Readable.from(body), asked).catch(reject);
  });
}

/** The most memory a process has had, in megabytes; only Linux tells. */
function highest(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
