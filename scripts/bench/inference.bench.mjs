// Models: from the start of a process to the outline of a file of 500 MB, and of one with 50,000 nodes.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rootFolder } from '../setup/root.mjs';

const layers = 250;
const weightBytes = 2 * 1024 ** 2;

export const benches = [
  bench('a model of 500 MB is read, its process started', 'ms', 500, async () => (await outlined(large)).milliseconds),
  bench('memory of that process', 'MB', 150, async () => (await outlined(large)).megabytes),
  bench(
    'a model of 50,000 nodes is read, its process started',
    'ms',
    1500,
    async () => (await outlined(long)).milliseconds,
  ),
];

function bench(name, unit, bar, measure) {
  return { name: `inference: ${name}`, unit, bar, isLeast: false, measure };
}

const known = new Map();

/** The median of five processes that are started for it. */
function outlined(write) {
  if (!known.has(write)) known.set(write, measured(write));
  return known.get(write);
}

async function measured(write) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const path = join(folder, 'model.onnx');
    write(path);
    const rounds = [];
    for (let round = 0; round < 5; round += 1) rounds.push(await once(path));
    return rounds.sort((a, b) => a.milliseconds - b.milliseconds)[2];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function once(path) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(rootFolder, 'dist/model.js')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify({ id: 1, ask: 'outline', input: { path } })}\n`);
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line);
    if (said.error) throw new Error(said.error.message);
    break;
  }
  const milliseconds = performance.now() - began;
  const megabytes = residentMegabytes(child.pid);
  child.kill('SIGKILL');
  return { milliseconds, megabytes };
}

function residentMegabytes(pid) {
  const status = process.platform === 'linux' ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Weights between small nodes, as exporters write them. */
function large(path) {
  const weight = (at) => [field(1, [716]), field(1, [732]), field(2, [1]), field(8, `layer.${at}.weight`)];
  const raw = Buffer.alloc(weightBytes, 1);
  const parts = Array.from({ length: layers }, (_, at) => {
    const tensor = Buffer.concat([...weight(at), tag(9, raw.length), raw]);
    return [field(1, node('MatMul', `h${at}`, `layer.${at}.weight`, `h${at + 1}`)), tag(5, tensor.length), tensor];
  });
  writeModel(path, [...parts.flat(), field(11, value('h0')), field(12, value(`h${layers}`))]);
}

function long(path) {
  const count = 50_000;
  const nodes = Array.from({ length: count }, (_, at) => field(1, node('Add', `n${at}`, 'one', `n${at + 1}`)));
  writeModel(path, [...nodes, field(11, value('n0')), field(12, value(`n${count}`))]);
}

function writeModel(path, graph) {
  const file = openSync(path, 'w');
  const length = graph.reduce((sum, part) => sum + part.length, 0);
  for (const part of [field(1, [8]), tag(7, length), ...graph, field(8, field(2, [17]))]) writeSync(file, part);
  closeSync(file);
}

function node(operator, a, b, output) {
  return Buffer.concat([
    field(1, a),
    field(1, b),
    field(2, output),
    field(3, `${operator}/${output}`),
    field(4, operator),
  ]);
}

/** A float32 tensor of any shape. */
function value(name) {
  return Buffer.concat([field(1, name), field(2, field(1, field(1, [1])))]);
}

/** A number in brackets is a varint; all else has its length before it. */
function field(number, content) {
  if (Array.isArray(content)) return Buffer.concat([varint(number * 8), varint(content[0])]);
  const bytes = Buffer.from(content);
  return Buffer.concat([tag(number, bytes.length), bytes]);
}

function tag(number, length) {
  return Buffer.concat([varint(number * 8 + 2), varint(length)]);
}

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}
