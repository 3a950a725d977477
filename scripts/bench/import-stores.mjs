// Stores of other trackers at the size that is promised: written by the tools themselves, then made larger by copying runs
// inside the store.
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensurePythonEnvironment } from '../setup/python-environment.mjs';
import { rootFolder } from '../setup/root.mjs';
import { run } from '../setup/shell.mjs';

const require = createRequire(import.meta.url);
/** What a store holds in the end, and how many of its runs the tool itself writes. */
export const size = { runs: 100, metrics: 20, steps: 1000 };
const written = 2;

/** The stores by their names: each writes one into `folder` and returns its path. */
export const stores = {
  'mlflow.db': async (folder) => {
    const path = join(folder, 'mlflow.db');
    await mlflow(`sqlite:///${path}`, folder);
    copyRows(path, mlflowTables);
    return path;
  },
  mlruns: async (folder) => {
    const path = join(folder, 'mlruns');
    await mlflow(`file://${path}`, folder);
    const experiment = join(
      path,
      readdirSync(path).find((name) => /^\d{10,}$/.test(name)),
    );
    const runs = readdirSync(experiment).filter((name) => /^[0-9a-f]{32}$/.test(name));
    for (const [from, to] of copies(runs, newId)) {
      cpSync(join(experiment, from), join(experiment, to), { recursive: true });
      const meta = join(experiment, to, 'meta.yaml');
      writeFileSync(meta, readFileSync(meta, 'utf8').replaceAll(from, to));
    }
    return path;
  },
  TensorBoard: (folder) => tracker('tensorboardx', folder, { copied: (name) => /^run-\d+$/.test(name) }),
  'W&B': (folder) => tracker('wandb', folder, { below: 'wandb', copied: (name) => name.startsWith('offline-run-') }),
  DVCLive: (folder) => tracker('dvclive', folder, { copied: (name) => name.startsWith('dvclive-') }),
  Trackio: async (folder) => {
    const path = await tracker('trackio', folder, { copied: () => false });
    copyRows(join(path, 'delay.db'), trackioTables);
    return path;
  },
};

/** Tables of runs, the column that names the run, and columns that are given anew. */
const mlflowTables = {
  runs: 'run_uuid',
  metrics: 'run_uuid',
  latest_metrics: 'run_uuid',
  params: 'run_uuid',
  tags: 'run_uuid',
};
const trackioTables = { metrics: 'run_id', configs: 'run_id' };
const givenAnew = new Set(['id', 'log_id']);

async function mlflow(uri, folder) {
  const python = await ensurePythonEnvironment('mlflow3');
  const words = [uri, written, size.metrics, size.steps, '--plain'].map(String);
  const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', GIT_PYTHON_REFRESH: 'quiet' };
  await run(python, [join(rootFolder, 'test/imports/writers/write_mlflow.py'), ...words], { cwd: folder, env });
}

async function tracker(tool, folder, { below = '', copied }) {
  const path = join(folder, 'logs');
  mkdirSync(path);
  const python = await ensurePythonEnvironment('trackers');
  const words = [tool, path, written, size.metrics, size.steps].map(String);
  await run(python, [join(rootFolder, 'test/imports/writers/write_tracker.py'), ...words], { cwd: folder });
  const runs = readdirSync(join(path, below)).filter(copied);
  for (const [from, to] of copies(runs, (name, index) => `${name}${index}`)) {
    cpSync(join(path, below, from), join(path, below, to), { recursive: true, verbatimSymlinks: true });
  }
  return join(path, below);
}

/** Pairs of a run that is there and the name of its copy, until there are enough. */
function copies(runs, nameOf) {
  return Array.from({ length: runs.length === 0 ? 0 : size.runs - runs.length }, (_, index) => {
    const from = runs[index % runs.length];
    return [from, nameOf(from, index)];
  });
}

function newId() {
  return randomUUID().replaceAll('-', '');
}

function copyRows(path, tables) {
  const database = new (require('better-sqlite3'))(path);
  const [first, key] = Object.entries(tables)[0];
  const runs = database.prepare(`SELECT DISTINCT ${key} FROM ${first}`).pluck().all();
  database.transaction(() => {
    for (const [from, to] of copies(runs, newId)) {
      for (const [table, by] of Object.entries(tables)) {
        const columns = database
          .pragma(`table_info(${table})`)
          .map(({ name }) => name)
          .filter((name) => !givenAnew.has(name));
        const taken = columns.map((name) => (name === by ? '?' : name));
        database
          .prepare(`INSERT INTO ${table} (${columns}) SELECT ${taken} FROM ${table} WHERE ${by} = ?`)
          .run(to, from);
      }
    }
  })();
  database.close();
}
