// How fast data are read for their digests, and how soon many files are known again.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../setup/root.mjs';
import { median } from './workspace.mjs';

const cli = join(rootFolder, 'dist/cli.js');
const [megabytes, folders, each, rounds] = [2048, 100, 1000, 5];

export const benches = [
  bench(`${megabytes} MB for both digests`, 'MB/s', 400, true, (of) => of.rate),
  bench(
    `${(folders * each).toLocaleString('en')} files that did not change, whole command`,
    's',
    2,
    false,
    (of) => of.known,
  ),
];

function bench(name, unit, bar, isLeast, choose) {
  return { name: `datasets: ${name}`, unit, bar, isLeast, measure: async () => choose(numbers()) };
}

let measured;

function numbers() {
  measured ??= measure();
  return measured;
}

function measure() {
  const root = mkdtempSync(join(tmpdir(), 'slipway-bench-data-'));
  const slipway = (...args) =>
    execFileSync(process.execPath, [cli, ...args, '--workspace', root], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    slipway('engine', 'start');
    writeFileSync(join(root, 'slipway.yaml'), 'version: 1\nsnapshots: { copy_limit: none }\n');
    writeLarge(join(root, 'large.bin'));
    writeMany(join(root, 'many'));
    const rate = megabytes / seconds(() => slipway('dataset', 'add', 'large', join(root, 'large.bin')));
    slipway('dataset', 'add', 'many', join(root, 'many'));
    const known = median(Array.from({ length: rounds }, () => seconds(() => slipway('dataset', 'refresh', 'many'))));
    return { rate, known };
  } finally {
    slipway('engine', 'stop');
    rmSync(root, { recursive: true, force: true });
  }
}

function writeLarge(path) {
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(1_000_000, 'slipway');
  for (let index = 0; index < megabytes; index += 1) {
    piece.writeDoubleLE(index);
    writeSync(file, piece);
  }
  closeSync(file);
}

function writeMany(path) {
  for (let folder = 0; folder < folders; folder += 1) {
    mkdirSync(join(path, String(folder)), { recursive: true });
    for (let file = 0; file < each; file += 1)
      writeFileSync(join(path, String(folder), `${file}.bin`), `${folder}-${file}`);
  }
}

function seconds(work) {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
