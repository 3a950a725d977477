// Which stores of other tools are seen in a folder, and what is never looked into.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStores } from '../../src/extension/stores/store-search';

describe('the search for stores of other tools', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slipway-stores-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (path: string, text = ''): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const found = async (): Promise<unknown[]> =>
    (await findStores(root, new AbortController().signal)).map(({ tool, name, runs }) => [tool, name, runs]);
  const mlruns = (below: string): void => {
    put(`${below}/0/meta.yaml`);
    for (const run of ['a', 'b', 'c']) {
      put(`${below}/0/${run.repeat(32)}/meta.yaml`, `lifecycle_stage: ${run === 'c' ? 'deleted' : 'active'}\n`);
    }
  };

  it('finds each kind, and counts runs that are not deleted', async () => {
    mlruns('mlruns');
    put('wandb/offline-run-20260101_120000-abcd1234/run-abcd1234.wandb');
    put('wandb/run-20260101_130000-efgh5678/run-efgh5678.wandb');
    put('train/dvclive/plots/metrics/train/loss.tsv', 'step\tloss\n0\t1\n');
    expect(await found()).toEqual([
      ['mlflow', 'mlruns', 2],
      ['wandb', 'wandb', 2],
      ['dvclive', 'train/dvclive', 1],
    ]);
  });

  it('knows databases by their tables, and its own export again', async () => {
    const make = (name: string, sql: string): void => {
      const database = new Database(join(root, name));
      database.exec(sql);
      database.close();
    };
    make('mlflow.db', 'CREATE TABLE experiments (experiment_id INT); CREATE TABLE alembic_version (version_num TEXT);');
    make('delay.db', 'CREATE TABLE metrics (id INT, run_name TEXT, metrics TEXT);');
    make('orders.db', 'CREATE TABLE orders (id INT);');
    make('ours.db', `PRAGMA application_id = ${0x534c6578}; CREATE TABLE alembic_version (experiment_id TEXT);`);
    put('broken.db', 'SQLite format 2');
    expect((await found()).sort()).toEqual([
      ['mlflow', 'mlflow.db', null],
      ['trackio', 'delay.db', null],
    ]);
  });

  it('takes the folder of the runs for the store of events, with one run as with many', async () => {
    put('logs/a/events.out.tfevents.1.host');
    expect(await found()).toEqual([['tensorboard', 'logs', 1]]);
    put('logs/b/deep/events.out.tfevents.2.host');
    put('logs/b/events.out.tfevents.3.host');
    put('other/events.out.tfevents.4.host');
    expect((await found()).sort()).toEqual([
      ['tensorboard', 'logs', 3],
      ['tensorboard', 'other', 1],
    ]);
  });

  it('looks into no packages, environments, hidden folders, links, files of runs or folders of data, nor far down', async () => {
    mlruns('node_modules/tool/mlruns');
    mlruns('.venv/mlruns');
    mlruns('python/lib/site-packages/mlruns');
    put('own-environment/pyvenv.cfg');
    mlruns('own-environment/mlruns');
    mlruns('a/b/c/d/e/f/mlruns');
    put('runs.db.artifacts/1/logs/events.out.tfevents.1.host');
    put('mlartifacts/1/logs/events.out.tfevents.1.host');
    symlinkSync(root, join(root, 'again'));
    for (let at = 0; at < 5001; at += 1) put(`data/${at}`);
    mlruns('data/mlruns');
    expect(await found()).toEqual([]);
  }, 60_000);

  it('ends when nobody waits any more', async () => {
    mlruns('mlruns');
    expect(await findStores(root, AbortSignal.abort())).toEqual([]);
  });
});
