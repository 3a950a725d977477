// slipway backup: a whole copy while the engine runs, and the way back that docs/bundles-and-backups.md tells.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackupResult } from '../../src/protocol/jobs/job';
import { type BundleWorkspace, createRun, fillWorkspace, get, post } from './bundle-workspace';
import { type EngineProcess, slipway, startEngine, temporaryFolder } from './engine-process';

let engine: EngineProcess;
let made: BundleWorkspace;
let out: string;

beforeAll(async () => {
  out = temporaryFolder();
  engine = await startEngine();
  made = await fillWorkspace(engine);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(out, { recursive: true, force: true });
});

async function backup(...words: string[]): Promise<BackupResult> {
  const { stdout, stderr } = await slipway(['backup', ...words, '--json', '--workspace', engine.workspace]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as BackupResult;
}

/** So much in the workspace that a copy of it takes a moment. */
async function makeLarge(): Promise<void> {
  const runId = await createRun(engine, '0', 'large');
  for (let batch = 0; batch < 20; batch++) {
    const tags = Array.from({ length: 100 }, (_, index) => ({ key: `${batch}-${index}`, value: 'x'.repeat(5000) }));
    await post(engine, 'runs/log-batch', { run_id: runId, tags });
  }
  await post(engine, 'runs/update', { run_id: runId, status: 'FINISHED', end_time: 1_763_000_009_000 });
}

describe('slipway backup', () => {
  it('of the database, put back as the docs say, has what was there when it began and nothing of later', async () => {
    const file = join(out, 'copy.db');
    const busy = { stop: false };
    const runId = await createRun(engine, '0', 'busy');
    const logging = (async () => {
      for (let step = 0; !busy.stop; step++) {
        await post(engine, 'runs/log-metric', { run_id: runId, key: 'm', value: step, timestamp: 1, step });
      }
    })();
    const result = await backup(file);
    busy.stop = true;
    await logging;
    expect(result).toMatchObject({ file, with_artifacts: false });
    expect(readdirSync(out)).toEqual(['copy.db']);
    const before = await get(engine, `runs/get?run_id=${made.richRun}`);
    const later = await createRun(engine, '0', 'later');
    await engine.end();
    const home = join(engine.workspace, '.slipway');
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(home, `slipway.db${suffix}`), { force: true });
    copyFileSync(file, join(home, 'slipway.db'));
    engine = await startEngine({ workspace: engine.workspace });
    expect(await get(engine, `runs/get?run_id=${made.richRun}`)).toEqual(before);
    expect(await get(engine, `runs/get?run_id=${later}`)).toMatchObject({ error_code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(await engine.client.api.engine.check.query()).toEqual({ problems: [] });
  });

  it('of the database alone, put into another folder, lacks the files, and doctor says so', async () => {
    const file = join(out, 'alone.db');
    await backup(file);
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, '.slipway'));
    copyFileSync(file, join(elsewhere, '.slipway/slipway.db'));
    try {
      const bad = await slipway(['doctor', '--workspace', elsewhere]);
      const objects = join(elsewhere, '.slipway/objects');
      expect([bad.code, bad.stdout]).toEqual([
        1,
        expect.stringMatching(/Contents +\d+ of \d+ files have lost their content, such as .*Copy .*objects from/),
      ]);
      cpSync(join(engine.workspace, '.slipway/objects'), objects, { recursive: true });
      const good = await slipway(['doctor', '--workspace', elsewhere]);
      expect(good.stdout).toMatch(/Contents +\d+ files of runs and models, all there/);
    } finally {
      await slipway(['engine', 'stop', '--workspace', elsewhere]);
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it('with artifacts is a zip file that unpacks to a whole workspace elsewhere', async () => {
    const file = join(out, 'whole.zip');
    await backup(file, '--with-artifacts');
    const home = join(temporaryFolder(), '.slipway');
    mkdirSync(home);
    execFileSync('python3', ['-m', 'zipfile', '-e', file, home]);
    await using restored = await startEngine({ workspace: join(home, '..') });
    expect(await get(restored, `runs/get?run_id=${made.richRun}`)).toEqual(
      await get(engine, `runs/get?run_id=${made.richRun}`),
    );
    expect(await (await restored.client.artifact(made.richRun, 'plots/roc.txt')).text()).toBe('a curve\n');
    const output = await restored.client.api.output.read.query({ runId: made.recordedRun });
    expect(output.text).toBe('said\n');
    await restored.end();
    rmSync(join(home, '..'), { recursive: true, force: true });
  });

  it('leaves a file that is there as it is, but with --force', async () => {
    const file = join(out, 'taken.db');
    writeFileSync(file, 'mine');
    const { code, stderr } = await slipway(['backup', file, '--workspace', engine.workspace]);
    expect([code, stderr]).toEqual([3, expect.stringContaining('taken.db exists and was left as it is')]);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await backup(file, '--force')).bytes).toBeGreaterThan(100_000);
  });

  it.each([
    ['backup', []],
    ['backup', ['--with-artifacts']],
    ['export', []],
    ['export', ['--to', 'mlflow']],
  ])('%s %j --force never takes the place of a pipe or a device, nor behind a link', async (verb, options) => {
    const place = temporaryFolder();
    const pipe = join(place, 'pipe');
    const link = join(place, 'link');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, link);
    for (const file of [pipe, link]) {
      const words = [verb, file, ...options, '--force', '--workspace', engine.workspace];
      const { code, stderr } = await slipway(words);
      expect([code, stderr]).toEqual([3, expect.stringContaining('was left as it is. Name a file.')]);
    }
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readlinkSync(link)).toBe(pipe);
    expect(readdirSync(place).sort()).toEqual(['link', 'pipe']);
    rmSync(place, { recursive: true });
  });

  it.each(['backup', 'backup --with-artifacts', 'export'])(
    'leaves a file as it is that came while it was written, and nothing half beside it: %s',
    async (words) => {
      await makeLarge();
      const place = temporaryFolder();
      const file = join(place, 'late');
      // Exclusive: the test fails when the command was done before.
      const came = new Promise<void>((resolve, reject) => {
        const watcher = watch(place, () => {
          watcher.close();
          try {
            writeFileSync(file, 'mine', { flag: 'wx' });
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
      const [verb = '', ...rest] = words.split(' ');
      const [{ code, stderr }] = await Promise.all([
        slipway([verb, file, ...rest, '--workspace', engine.workspace]),
        came,
      ]);
      expect([code, stderr]).toEqual([3, expect.stringContaining('late came while this was written and was left')]);
      expect([readdirSync(place), readFileSync(file, 'utf8')]).toEqual([['late'], 'mine']);
      rmSync(place, { recursive: true });
    },
  );

  it('takes away what killed backups left beside it under names that were made up', async () => {
    const folder = join(out, 'left');
    mkdirSync(folder);
    const ended = spawnSync('true').pid;
    const left = `slipway-backup-2026-11-23-08-00-00.zip.${ended}.unfinished`;
    const others = [`other.db.${ended}.unfinished`, `slipway-backup-2026-11-23-08-00-00.db.${process.pid}.unfinished`];
    for (const name of [left, ...others]) writeFileSync(join(folder, name), '');
    expect((await slipway(['backup', '--workspace', engine.workspace], { cwd: folder })).code).toBe(0);
    const names = readdirSync(folder).sort();
    expect([names.includes(left), others.every((name) => names.includes(name)), names.length]).toEqual([
      false,
      true,
      3,
    ]);
  });

  it('into a folder that is not there says so, and leaves nothing', async () => {
    const { code, stderr } = await slipway(['backup', join(out, 'no/where.db'), '--workspace', engine.workspace]);
    expect([code, stderr.startsWith('slipway: '), existsSync(join(out, 'no'))]).toEqual([3, true, false]);
    expect(stderr).toContain(join(out, 'no'));
  });

  it('and export never write over the database they copy, --force or not, and what is acknowledged afterwards stays', async () => {
    const linked = join(out, 'linked');
    symlinkSync(join(engine.workspace, '.slipway'), linked);
    for (const verb of ['backup', 'export']) {
      for (const file of [join(engine.workspace, '.slipway/slipway.db'), join(linked, 'slipway.db-wal')]) {
        const words = [verb, file, '--force', '--workspace', engine.workspace];
        const { code, stderr } = await slipway(words);
        expect([code, stderr]).toEqual([3, expect.stringContaining("would lie among the engine's own files")]);
      }
    }
    rmSync(linked);
    const runId = await createRun(engine, '0', 'afterwards');
    const { workspace } = engine;
    await engine.end('SIGKILL');
    engine = await startEngine({ workspace });
    expect(await get(engine, `runs/get?run_id=${runId}`)).toMatchObject({ run: { info: { run_name: 'afterwards' } } });
  });

  it('never writes over a database that the engine was given by a link', async () => {
    const file = join(out, 'real.db');
    const link = join(out, 'link.db');
    writeFileSync(file, '');
    symlinkSync(file, link);
    await using linked = await startEngine({ arguments: ['--db', link] });
    for (const target of [file, link]) {
      const { code, stderr } = await slipway(['backup', target, '--force', '--workspace', linked.workspace]);
      expect([code, stderr]).toEqual([3, expect.stringContaining("would lie among the engine's own files")]);
    }
  });
});
