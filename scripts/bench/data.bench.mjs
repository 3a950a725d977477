// Large tables: a profile of a million rows and of ten million, and the first rows of a CSV of five gigabytes.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rootFolder } from '../setup/root.mjs';

const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api');
const gigabytes = 5;
const driftOptions = { preset: 'slipway', columns: null, method: null, threshold: null, alpha: 0.05, keys: [] };

export const benches = [
  bench('profile of 1 M × 20 Parquet', 's', 6, async () => (await profiled(1_000_000)).whole),
  bench('its first columns', 's', 1, async () => (await profiled(1_000_000)).first),
  bench('profile of 10 M × 20, memory at its highest', 'MB', 1000, async () => (await profiled(10_000_000)).megabytes),
  bench(`first rows of a CSV of ${gigabytes} GB`, 's', 2, firstRows),
  bench('profile of 5,000 columns × 1,000 rows of CSV', 's', 10, () =>
    wide(([source]) => ['profile', { source, label: null }]),
  ),
  bench('draft of a contract for them', 's', 10, () =>
    wide(([source]) => ['inferContract', { source, name: 'wide', physicalName: null, origin: 'wide' }]),
  ),
  bench('drift of two of them', 's', 20, () =>
    wide(([reference, current]) => ['drift', { reference, current, options: driftOptions }]),
  ),
];

function bench(name, unit, bar, measure) {
  return { name: `data: ${name}`, unit, bar, isLeast: false, measure };
}

const known = new Map();

function profiled(rows) {
  if (!known.has(rows))
    known.set(
      rows,
      inFolder((folder) => profile(folder, rows)),
    );
  return known.get(rows);
}

async function profile(folder, rows) {
  const path = join(folder, 'table.parquet');
  const numbers = Array.from({ length: 14 }, (_, at) =>
    at % 3 === 1 ? `(hash(range, ${at}) % 1001)::INT AS n${at}` : `hash(range, ${at}) / 1e15 AS n${at}`,
  );
  const texts = [3, 20, 100, 5000].map((values, at) => `'c' || (hash(range, ${at + 50}) % ${values}) AS c${at}`);
  const columns = ['range AS id', ...numbers, ...texts, 'hash(range, 99) % 10 < 3 AS label'].join(', ');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${columns} FROM range(${rows})) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return asked('profile', { source: { files: [path], format: 'parquet' }, label: 'label' });
}

async function firstRows() {
  return inFolder(async (folder) => {
    if (statfsSync(folder).bavail * statfsSync(folder).bsize < 4 * gigabytes * 1024 ** 3) return Number.NaN;
    const path = join(folder, 'table.csv');
    writeFileSync(path, `id,${Array.from({ length: 19 }, (_, at) => `c${at}`).join()}\n`);
    const lines = Array.from({ length: 200_000 }, (_, row) =>
      [row, ...Array.from({ length: 19 }, (_, at) => ((row * 7919 + at) % 100_003) / 7)].join(),
    );
    const piece = `${lines.join('\n')}\n`;
    while (statSync(path).size < gigabytes * 1024 ** 3) appendFileSync(path, piece);
    const query = {
      source: { files: [path], format: 'csv' },
      offset: 0,
      limit: 200,
      sort: [],
      filters: [],
      columns: null,
    };
    return (await asked('gridPage', query)).whole;
  });
}

/** Two tables of 5,000 columns: measures, counts and categories. */
function wide(question) {
  return inFolder(async (folder) => {
    const names = Array.from({ length: 5000 }, (_, at) => `c${at}`);
    const value = (row, at, shift) => {
      const spread = Math.imul((row + 1) * 2654435761, at * 40503 + shift + 1) >>> 0;
      return at % 5 === 4 ? 'abcd'[spread % 4] : at % 5 === 3 ? spread % 1000 : (spread / 2 ** 32).toFixed(6);
    };
    const sources = ['reference', 'current'].map((name, shift) => {
      const path = join(folder, `${name}.csv`);
      const rows = Array.from({ length: 1000 }, (_, row) => names.map((__, at) => value(row, at, shift)).join());
      writeFileSync(path, `${[names.join(), ...rows].join('\n')}\n`);
      return { files: [path], format: 'csv' };
    });
    return (await asked(...question(sources))).whole;
  });
}

/** One question to a process of its own, from its start on: seconds until something came and until all did, and memory. */
async function asked(ask, input) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(rootFolder, 'dist', 'data.js')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const seconds = () => (performance.now() - began) / 1000;
  let first;
  child.stdin.write(`${JSON.stringify({ id: 1, ask, input })}\n`);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line);
      if (said.partial?.columns?.length > 0) first ??= seconds();
      if (said.error) throw new Error(said.error.message);
      if (said.result) return { first, whole: seconds(), megabytes: highest(child.pid) };
    }
    throw new Error('The data process ended without an answer.');
  } finally {
    child.kill('SIGKILL');
  }
}

function highest(pid) {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-data-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
