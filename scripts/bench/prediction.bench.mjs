// Predictions: one row through a warm engine, and a million rows beside the same job in Python with the same onnxruntime.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInferenceModels } from '../setup/inference-models.mjs';
import { ensurePythonEnvironment } from '../setup/python-environment.mjs';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';
import { startPeer } from './peers.mjs';
import { median, slipway } from './workspace.mjs';

const [calls, rows] = [1000, 1_000_000];

export const benches = [
  {
    name: 'inference: one row through the engine, warm, median',
    unit: 'ms',
    bar: 2,
    isLeast: false,
    measure: async () => median(await singleRows()),
  },
  {
    name: 'inference: 1M × 20 Parquet through 300 trees, against onnxruntime-python',
    unit: '%',
    bar: 70,
    isLeast: true,
    measure: table,
  },
];

/** Milliseconds of each call. */
async function singleRows() {
  const path = join(await ensureInferenceModels(), 'logistic-iris/model.onnx');
  await using engine = await startPeer('slipway');
  const agent = new Agent({ keepAlive: true });
  const given = { kind: 'text', text: '[5.1,3.5,1.4,0.2]', format: null };
  const once = () => post(`${engine.url}/api/rpc/inference.predict`, agent, { path, given, outputs: null });
  for (let call = 0; call < 50; call += 1) await once();
  const found = [];
  for (let call = 0; call < calls; call += 1) {
    const start = performance.now();
    await once();
    found.push(performance.now() - start);
  }
  agent.destroy();
  const at = (share) => [...found].sort((a, b) => a - b)[Math.floor(share * calls)].toFixed(2);
  console.log(`one row: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms`);
  return found;
}

function post(url, agent, body) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`))));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

/** Three rounds of each, one after the other; the start of Python and its imports are not counted, ours is. */
async function table() {
  const python = await ensurePythonEnvironment('inference');
  const script = join(rootFolder, 'scripts/bench/prediction-table.py');
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    await run(python, [script, 'make', String(rows), folder]);
    const [own, theirs] = [[], []];
    for (let round = 0; round < 3; round += 1) {
      theirs.push(Number(await run(python, [script, 'run', folder])));
      const start = performance.now();
      await slipway(folder, ['predict', 'forest.onnx', '--input', 'rows.parquet', '--output', 'own.parquet']);
      own.push((performance.now() - start) / 1000);
    }
    console.log(`1M rows: Slipway ${own.map((s) => s.toFixed(1))} s, Python ${theirs.map((s) => s.toFixed(1))} s`);
    return (100 * median(theirs)) / median(own);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
