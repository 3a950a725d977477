// Models that do harm: endless ones through the engine, and its memory while a model is loaded and let go a thousand times.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInferenceModels } from '../setup/inference-models.mjs';
import { startPeer } from './peers.mjs';

const [endlessRuns, loads, deadline] = [100, 1000, 200];

export const benches = [
  {
    name: 'inference: an endless model is ended after its deadline, start of the process included, worst of 100',
    unit: 'ms',
    bar: 1000,
    isLeast: false,
    measure: endless,
  },
  {
    name: 'inference: memory of the engine gained from 1,000 loads of a model',
    unit: 'MB',
    bar: 20,
    isLeast: false,
    measure: loaded,
  },
];

async function endless() {
  const models = await ensureInferenceModels();
  await using engine = await startPeer('slipway');
  const overruns = [];
  for (let round = 0; round < endlessRuns; round += 1) {
    const start = performance.now();
    const path = join(models, 'hostile/endless.onnx');
    const { status, body } = await predict(engine, { path, given: given('[1]'), outputs: null, deadline });
    if (status === 200 || !body.includes('did not answer within')) throw new Error(`${status}: ${body}`);
    overruns.push(performance.now() - start - deadline);
  }
  const good = await predict(engine, row(join(models, 'logistic-iris/model.onnx')));
  if (good.status !== 200) throw new Error(good.body);
  return Math.max(...overruns);
}

/** The process of a model is ended and started anew when its file changes. The first hundred loads fill what is kept. */
async function loaded() {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const path = join(folder, 'model.onnx');
    copyFileSync(join(await ensureInferenceModels(), 'logistic-iris/model.onnx'), path);
    await using engine = await startPeer('slipway');
    const memory = [];
    for (let load = 0; load < loads; load += 1) {
      utimesSync(path, load + 1, load + 1);
      const { status, body } = await predict(engine, row(path));
      if (status !== 200) throw new Error(body);
      if (load % 100 === 99) memory.push(residentMegabytes(engine.pid));
    }
    console.log(`memory after each hundred loads: ${memory.map(Math.round).join(', ')} MB`);
    return memory.at(-1) - memory[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(path) {
  return { path, given: given('[5.1,3.5,1.4,0.2]'), outputs: null };
}

function given(text) {
  return { kind: 'text', text, format: null };
}

function predict({ url }, body) {
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/rpc/inference.predict`, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body: text }));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
