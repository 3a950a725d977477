// How fast the stores of other trackers come in: all of it, from the command to its answer, and the reading alone.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';
import { size, stores } from './import-stores.mjs';
import { built, inWorkspace, slipway } from './workspace.mjs';

const require = createRequire(import.meta.url);
const least = 200_000;

export const benches = Object.keys(stores).flatMap((name) => [
  {
    name: `import: ${name}, whole`,
    unit: 'points/s',
    bar: least,
    isLeast: true,
    measure: async () => (await rates(name)).whole,
  },
  {
    name: `import: ${name}, reading alone`,
    unit: 'points/s',
    bar: least,
    isLeast: true,
    measure: async () => (await rates(name)).read,
  },
]);

const measured = new Map();

function rates(name) {
  if (!measured.has(name)) measured.set(name, measure(name));
  return measured.get(name);
}

async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const path = await stores[name](folder);
    return { whole: await whole(path), read: await read(path, folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Into an empty workspace whose engine is there. */
function whole(path) {
  return inWorkspace(async (folder) => {
    await slipway(folder, ['engine', 'start', '--workspace', folder]);
    const began = performance.now();
    const said = JSON.parse(await run(process.execPath, [built('cli.js'), 'import', path, '--json'], { cwd: folder }));
    const seconds = (performance.now() - began) / 1000;
    checkWhole(said.points);
    return said.points / seconds;
  });
}

async function read(path, folder) {
  const cache = join(rootFolder, 'node_modules/.cache/slipway-bench');
  mkdirSync(cache, { recursive: true });
  const outfile = join(cache, 'open-source.cjs');
  await esbuild.build({
    entryPoints: [join(rootFolder, 'src/lifecycle/runs/import/open-source.ts')],
    bundle: true,
    platform: 'node',
    external: ['better-sqlite3'],
    outfile,
  });
  const { openSource } = require(outfile);
  const began = performance.now();
  const store = openSource(path, join(folder, 'scratch.db'));
  let points = 0;
  for (const each of store.runs) for (const { times } of each.read()) points += times.length;
  const seconds = (performance.now() - began) / 1000;
  store.close();
  checkWhole(points);
  return points / seconds;
}

function checkWhole(points) {
  if (points < size.runs * size.metrics * size.steps) throw new Error(`Only ${points} points came in.`);
}
