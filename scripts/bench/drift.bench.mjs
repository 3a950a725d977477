// Drift of two tables of 20 columns beside Evidently's DataDriftPreset: both whole processes, cold, one after the other.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePythonEnvironment } from '../setup/python-environment.mjs';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';
import { built } from './workspace.mjs';

export const benches = [
  {
    name: 'drift: 100k × 20 whole process, against Evidently',
    unit: 'times as fast',
    bar: 8,
    isLeast: true,
    measure: async () => ratio(await sides(100_000), 'seconds'),
  },
  {
    name: 'drift: 100k × 20 peak memory of the data process, against Evidently',
    unit: 'of it',
    bar: 1 / 3,
    isLeast: false,
    measure: async () => 1 / ratio(await sides(100_000), 'kilobytes'),
  },
  {
    name: 'drift: 100k × 20 from CSV, peak memory of the data process, against Evidently from Parquet',
    unit: 'of it',
    bar: 1 / 3,
    isLeast: false,
    measure: async () => {
      const { fromCsv, theirs } = await sides(100_000);
      return fromCsv.kilobytes / theirs.kilobytes;
    },
  },
  {
    name: 'drift: 1M × 20 whole process, against Evidently',
    unit: 'times as fast',
    bar: 15,
    isLeast: true,
    measure: async () => ratio(await sides(1_000_000), 'seconds'),
  },
];

const measured = new Map();

function sides(rows) {
  if (!measured.has(rows)) measured.set(rows, measure(rows));
  return measured.get(rows);
}

function ratio({ own, theirs }, of) {
  return theirs[of] / own[of];
}

async function measure(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const python = await ensurePythonEnvironment('evidently');
    await run(python, [join(rootFolder, 'scripts/bench/drift-tables.py'), String(rows), folder]);
    const own = await ownDrift(folder, 'parquet');
    const fromCsv = await ownDrift(folder, 'csv');
    const theirs = await evidently(python, folder);
    for (const [name, { seconds, kilobytes }] of Object.entries({
      Slipway: own,
      'Slipway, CSV': fromCsv,
      Evidently: theirs,
    }))
      console.log(`${name}, ${rows} rows: ${seconds.toFixed(2)} s, ${Math.round(kilobytes / 1024)} MB`);
    return { own, fromCsv, theirs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function evidently(python, folder) {
  const began = performance.now();
  const said = await run(python, [join(rootFolder, 'scripts/bench/drift-evidently.py'), folder]);
  return { seconds: (performance.now() - began) / 1000, kilobytes: Number(said.trim().split('\n').at(-1)) };
}

/** Peak memory is that of the process that reads the tables, looked at until it is gone. */
async function ownDrift(folder, ending) {
  const tables = ['reference', 'current'].map((name) => join(folder, `${name}.${ending}`));
  const began = performance.now();
  const args = [built('cli.js'), 'drift', ...tables, '--preset', 'evidently', '--json'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  let kilobytes = 0;
  const watch = setInterval(() => {
    for (const each of childrenOf(child.pid)) kilobytes = Math.max(kilobytes, peakOf(each));
  }, 10);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code > 1) throw new Error(`slipway drift ended with ${code}.`);
  return { seconds: (performance.now() - began) / 1000, kilobytes };
}

function childrenOf(pid) {
  const threads = attempt(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  return threads.flatMap((thread) =>
    (attempt(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')) ?? '').split(' ').filter(Boolean),
  );
}

function peakOf(pid) {
  const status = attempt(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '';
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
}

/** A process may be gone between two looks. */
function attempt(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}
