// Imports that are cut short, meet each other, or read what is not theirs to follow or to change.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followJob } from '../../src/client/jobs/job-stream';
import { startEngine, temporaryFolder } from '../engine/engine-process';
import { ImportWorkspace, importWorkspace } from './imported';
import { traceOf, writeMlflow } from './written-store';

const cwd = temporaryFolder('slipway-going-on-');
const path = join(cwd, 'mlflow.db');
const folders: string[] = [];
const written = { runs: 4, metrics: 4, steps: 5000 };
/** So much that an import takes its time. */
const size = { ...written, runs: 16 };

beforeAll(async () => {
  await writeMlflow(3, { uri: `sqlite:///${path}`, cwd, size: written, flags: ['--plain'] });
  multiply();
}, 180_000);

afterAll(() => {
  for (const folder of [cwd, ...folders]) rmSync(folder, { recursive: true, force: true });
});

/** Adds a tag to a run as fast as it can; says when it begins. */
const endlessWriter = `
  const database = new (require('better-sqlite3'))(process.argv[1], { timeout: 10000 });
  database.pragma('journal_mode = ' + process.argv[2]);
  const run = database.prepare('SELECT run_uuid FROM runs LIMIT 1').pluck().get();
  const add = database.prepare('INSERT OR REPLACE INTO tags (key, value, run_uuid) VALUES (?, ?, ?)');
  process.stdout.write('writing');
  for (let count = 0; ; count += 1) add.run('counted', String(count), run);
`;

/** Copies runs inside the database until there are enough. */
function multiply(): void {
  const database = new BetterSqlite3(path);
  const runs = database.prepare('SELECT run_uuid FROM runs').pluck().all() as string[];
  const tables = ['runs', 'metrics', 'latest_metrics', 'params', 'tags'];
  for (let made = runs.length; made < size.runs; made += 1) {
    const id = made.toString(16).padStart(32, 'f');
    for (const table of tables) {
      const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
      const taken = columns.map((name) => (name === 'run_uuid' ? '?' : name));
      database
        .prepare(`INSERT INTO ${table} (${columns.join()}) SELECT ${taken.join()} FROM ${table} WHERE run_uuid = ?`)
        .run(id, runs[made % runs.length]);
    }
  }
  database.close();
}

function scratch(name: string): string {
  const folder = temporaryFolder(name);
  folders.push(folder);
  return folder;
}

describe('an import', () => {
  it('that is cancelled leaves whole runs, and goes on when it is asked again', async () => {
    await using workspace = await importWorkspace();
    const abort = new AbortController();
    const request = { job: 'import', file: path, dryRun: false } as const;
    const following = followJob(workspace.engine.client, request, {
      onProgress: ({ what, done }) => what === 'reading runs' && done > 2 && abort.abort(),
      signal: abort.signal,
    });
    await expect(following).rejects.toThrow('cancelled');
    const before = await workspace.runs();
    expect(before.size).toBeGreaterThan(0);
    expect(before.size).toBeLessThan(size.runs);
    let said = await workspace.import(path);
    for (let tries = 0; said.code === 3 && tries < 20; tries += 1) said = await workspace.import(path);
    expect(said).toMatchObject({ code: 0, skipped: expect.objectContaining({ run: before.size }) });
    const runs = await workspace.runs();
    expect(runs.size).toBe(size.runs);
    for (const { id } of [...runs.values()].slice(0, 12))
      expect(await workspace.points(id, 'm3')).toHaveLength(size.steps);
  });

  it('whose engine is killed goes on in the next one', async () => {
    await using first = await importWorkspace();
    const request = { job: 'import', file: path, dryRun: false } as const;
    const following = followJob(first.engine.client, request, {
      onProgress: ({ what, done }) => what === 'reading runs' && done > 2 && process.kill(first.engine.pid, 'SIGKILL'),
      signal: new AbortController().signal,
    });
    await expect(following).rejects.toThrow();
    await using engine = await startEngine({ workspace: first.engine.workspace });
    const second = new ImportWorkspace(engine);
    const before = (await second.runs()).size;
    const said = await second.import(path);
    expect(said).toMatchObject({ code: 0, imported: { run: size.runs - before } });
    for (const { id } of [...(await second.runs()).values()].slice(0, 12)) {
      expect(await second.points(id, 'm0')).toHaveLength(size.steps);
    }
  });

  it('is one at a time: a second is told to wait', async () => {
    await using workspace = await importWorkspace();
    const [one, other] = await Promise.all([workspace.import(path), workspace.import(path)]);
    const codes = [one.code, other.code].sort();
    expect(codes).toEqual([0, 3]);
    expect(one.stderr + other.stderr).toContain('Try again when it is done.');
    expect((await workspace.runs()).size).toBe(size.runs);
  });

  it('with --dry-run changes nothing', async () => {
    await using workspace = await importWorkspace();
    expect(await workspace.import(path, '--dry-run')).toMatchObject({
      code: 0,
      imported: { run: size.runs },
      points: 0,
    });
    expect((await workspace.runs()).size).toBe(0);
  });

  it.each(['WAL', 'DELETE'])(
    'of a database that is written without pause (%s) reads it at one moment',
    async (mode) => {
      const folder = temporaryFolder('slipway-written-');
      folders.push(folder);
      const store = join(folder, 'mlflow.db');
      copyFileSync(path, store);
      const writer = spawn(process.execPath, ['-e', endlessWriter, store, mode], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(writer, 'exit');
      try {
        await once(writer.stdout, 'data');
        await using workspace = await importWorkspace();
        const said = await workspace.import(store);
        expect(said).toMatchObject({ code: 0, refused: [], problems: [], imported: { run: size.runs } });
      } finally {
        writer.kill('SIGTERM');
        await ended;
      }
    },
  );

  it('of a database that is written in WAL mode reads what was committed, and leaves nothing beside it', async () => {
    await using workspace = await importWorkspace();
    const own = join(scratch('slipway-wal-'), 'mlflow.db');
    writeFileSync(own, '');
    const writer = new BetterSqlite3(own);
    writer.exec(`ATTACH '${path}' AS given`);
    for (const { sql } of writer.prepare(`SELECT sql FROM given.sqlite_schema WHERE type = 'table'`).all() as {
      sql: string;
    }[]) {
      writer.exec(sql);
    }
    writer.pragma('journal_mode = WAL');
    for (const table of ['alembic_version', 'experiments', 'runs', 'metrics', 'params', 'tags']) {
      writer.exec(`INSERT INTO main.${table} SELECT * FROM given.${table}`);
    }
    writer.exec('DETACH given');
    const trace = traceOf(dirname(own));
    expect(await workspace.import(own)).toMatchObject({ code: 0, imported: { run: size.runs } });
    expect(traceOf(dirname(own))).toEqual(trace);
    writer.close();
    const quiet = traceOf(dirname(own));
    expect(await workspace.import(own)).toMatchObject({ code: 0, imported: {}, skipped: { run: size.runs } });
    expect(traceOf(dirname(own))).toEqual(quiet);
  });

  it('does not follow a record to a folder that is none of a run', async () => {
    await using workspace = await importWorkspace();
    const folder = scratch('slipway-address-');
    const own = join(folder, 'mlflow.db');
    const database = new BetterSqlite3(path, { readonly: true });
    await database.backup(own);
    database.close();
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const writer = new BetterSqlite3(own);
    writer.prepare('UPDATE runs SET artifact_uri = ?').run(folder);
    writer.close();
    expect(await workspace.import(own)).toMatchObject({ code: 0, imported: { run: size.runs } });
    for (const { id } of [...(await workspace.runs()).values()].slice(0, 5)) {
      expect((await workspace.engine.fetch(`/get-artifact?run_uuid=${id}&path=secret.txt`)).status).toBe(404);
    }
  });

  it('does not follow links out of the store', async () => {
    await using workspace = await importWorkspace();
    const folder = scratch('slipway-links-');
    const uri = `file://${join(folder, 'mlruns')}`;
    const tells = await writeMlflow(3, {
      uri,
      cwd: folder,
      size: { runs: 1, metrics: 1, steps: 3 },
      flags: ['--plain'],
    });
    const [runId = ''] = Object.keys(tells.runs);
    const secret = join(folder, 'elsewhere');
    mkdirSync(secret);
    writeFileSync(join(secret, 'secret.txt'), 'secret');
    const experiment = readdirSync(join(folder, 'mlruns')).find((name) => /^\d{10,}$/.test(name)) ?? '';
    const artifacts = join(folder, 'mlruns', experiment, runId, 'artifacts');
    symlinkSync(secret, join(artifacts, 'linked'));
    symlinkSync(join(secret, 'secret.txt'), join(artifacts, 'file.txt'));
    const said = await workspace.import(join(folder, 'mlruns'));
    expect(said).toMatchObject({ code: 0, imported: { run: 1 } });
    expect(said.left_out.some(({ name }) => name.includes('links'))).toBe(true);
    expect((await workspace.engine.fetch(`/get-artifact?run_uuid=${runId}&path=linked/secret.txt`)).status).toBe(404);
    expect((await workspace.engine.fetch(`/get-artifact?run_uuid=${runId}&path=file.txt`)).status).toBe(404);
    renameSync(artifacts, `${artifacts}-real`);
    symlinkSync(secret, artifacts);
    await using other = await importWorkspace();
    expect(await other.import(join(folder, 'mlruns'))).toMatchObject({ code: 0, imported: { run: 1 } });
    expect((await other.engine.fetch(`/get-artifact?run_uuid=${runId}&path=secret.txt`)).status).toBe(404);
  });

  it('leaves a run in the trash that was deleted here', async () => {
    await using workspace = await importWorkspace();
    await workspace.import(path);
    const [run] = [...(await workspace.runs()).values()];
    await workspace.engine.json('POST', '/api/2.0/mlflow/runs/delete', { run_id: run?.id });
    const said = await workspace.import(path);
    expect(said).toMatchObject({ code: 0, imported: {}, skipped: { run: size.runs } });
    expect((await workspace.runs()).size).toBe(size.runs - 1);
  });
});
