// What a person waits for in the real editor. Ten minutes of live points; SLIPWAY_BENCH_MINUTES shortens that.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';

export const benches = [
  {
    name: 'editor: expanding an experiment of 10,000 runs whose page is loaded, median',
    unit: 'ms',
    bar: 200,
    measure: () => number('firstPage'),
  },
  { name: 'editor: metric logged to on screen, median', unit: 'ms', bar: 1000, measure: () => number('onScreen') },
  {
    name: 'editor: metric logged to on screen, worst of 20',
    unit: 'ms',
    bar: 1000,
    measure: () => number('onScreenWorst'),
  },
  {
    name: 'editor: frame gap at 100 points/s, 99th percentile',
    unit: 'ms',
    bar: 50,
    measure: () => number('frameGapP99'),
  },
];

let measured;

async function number(name) {
  measured ??= measureAll();
  const numbers = await measured;
  if (!(name in numbers)) throw new Error(`The editor bench gave no ${name}.`);
  return numbers[name];
}

async function measureAll() {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const out = join(folder, 'numbers.jsonl');
  const vitest = join(rootFolder, 'node_modules/vitest/vitest.mjs');
  await run(process.execPath, [vitest, 'run', '--project', 'bench'], {
    cwd: rootFolder,
    env: { ...process.env, SLIPWAY_BENCH_OUT: out },
    says: 'The editor bench failed.',
  });
  const lines = readFileSync(out, 'utf8').trim().split('\n');
  rmSync(folder, { recursive: true });
  return Object.assign({}, ...lines.map((line) => JSON.parse(line)));
}
