// The trash of files, and emptying the trash for good: what is needed stays, what is not is given back.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForReading } from '../../src/platform/sqlite/database';
import type { GcResult } from '../../src/protocol/jobs/job';
import { type BundleWorkspace, createRun, fillWorkspace, get, post, put, sendTrace } from './bundle-workspace';
import { cli, type EngineProcess, node, slipway, startEngine } from './engine-process';
import { pointCount } from './point-count';

let engine: EngineProcess;
let made: BundleWorkspace;

beforeAll(async () => {
  engine = await startEngine();
  made = await fillWorkspace(engine);
});
afterAll(() => engine[Symbol.asyncDispose]());

function run(...words: string[]) {
  return slipway([...words, '--workspace', engine.workspace], { cwd: engine.workspace });
}

async function json<T>(...words: string[]): Promise<T> {
  const { stdout, stderr } = await run(...words, '--json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

async function discard(runId: string): Promise<void> {
  const expected = { deleted: false };
  await engine.client.api.runs.change.mutate({ changes: [{ runId, deleted: true, expected }] });
}

function objects(): string[] {
  const folder = join(engine.workspace, '.slipway/objects');
  const files = readdirSync(folder, { recursive: true }).map(String);
  return files.filter((path) => /^[0-9a-f]{2}\/[0-9a-f]{62}$/.test(path)).map((path) => path.replace('/', ''));
}

function value(sql: string): unknown {
  const database = openForReading(join(engine.workspace, '.slipway/slipway.db'));
  try {
    return database.prepare(sql).pluck().get();
  } finally {
    database.close();
  }
}

describe('slipway artifacts', () => {
  it('lists names with sizes, of a folder too', async () => {
    const { items } = await json<{ items: { path: string; size: number }[] }>('artifacts', 'list', 'calm-elk');
    const paths = ['plots/roc.txt', 'same.txt', 'ünïcode/empty', `models/${made.modelId}/MLmodel`];
    expect(items.map(({ path }) => path).sort()).toEqual(paths.sort());
    expect((await run('artifacts', 'list', 'calm-elk', 'plots')).stdout).toMatch(/^PATH +SIZE\nplots\/roc\.txt +8 B\n/);
  });

  it('gets a folder, refuses files that are there, and copies nothing then', async () => {
    const to = join(engine.workspace, 'out');
    expect(await json('artifacts', 'get', 'calm-elk', 'plots', '--to', to)).toMatchObject({ items: [{ size: 8 }] });
    expect(readdirSync(to, { recursive: true }).sort()).toEqual(['plots', 'plots/roc.txt']);
    const again = await run('artifacts', 'get', 'calm-elk', '--to', to);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('roc.txt exists, so nothing was copied')]);
    expect(existsSync(join(to, 'same.txt'))).toBe(false);
    expect((await run('artifacts', 'get', 'calm-elk', '--to', to, '--force')).code).toBe(0);
    expect(existsSync(join(to, 'models', made.modelId, 'MLmodel'))).toBe(true);
  });

  it('never writes through a link that leads out of the folder', async () => {
    const to = join(engine.workspace, 'linked');
    mkdirSync(to);
    symlinkSync('/tmp', join(to, 'plots'));
    const { code, stderr } = await run('artifacts', 'get', 'calm-elk', 'plots', '--to', to);
    expect([code, stderr]).toEqual([3, expect.stringContaining('is a link out of')]);
    expect(existsSync('/tmp/roc.txt')).toBe(false);
  });

  it('puts a folder, deletes it to the trash, and takes it back', async () => {
    const folder = join(engine.workspace, 'report');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'deep/a.txt'), 'report a');
    writeFileSync(join(folder, 'b.txt'), 'report b');
    await json('artifacts', 'put', 'plain', folder, '--to', 'kept');
    const size = objects().length;
    expect(await json('artifacts', 'delete', 'plain', 'kept/report/')).toEqual({ deleted: 2 });
    expect(await json('artifacts', 'list', 'plain')).toMatchObject({ items: [] });
    const deleted = await json<{ items: object[] }>('artifacts', 'list', 'plain', '--deleted');
    expect(deleted.items).toMatchObject([{ path: 'kept/report/b.txt', size: 8 }, { path: 'kept/report/deep/a.txt' }]);
    expect(objects()).toHaveLength(size);
    expect(await json('artifacts', 'restore', 'plain', 'kept/report/deep')).toEqual({ restored: 1 });
    expect(await (await engine.client.artifact(made.plainRun, 'kept/report/deep/a.txt')).text()).toBe('report a');
    await put(engine, `0/${made.plainRun}/artifacts/kept/report/b.txt`, 'another');
    const taken = await run('artifacts', 'restore', 'plain');
    expect([taken.code, taken.stderr]).toEqual([
      3,
      expect.stringContaining('b.txt exists again, so nothing was taken'),
    ]);
    expect(await (await engine.client.artifact(made.plainRun, 'kept/report/b.txt')).text()).toBe('another');
  });

  it('a file deleted over MLflow REST can be taken back too', async () => {
    const path = `0/${made.plainRun}/artifacts/over-rest.txt`;
    await put(engine, path, 'bytes');
    const answer = await engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'DELETE' });
    expect(answer.status).toBe(200);
    expect(await json('artifacts', 'restore', 'plain', 'over-rest.txt')).toEqual({ restored: 1 });
  });

  it('of a name that is not there says so', async () => {
    for (const verb of ['delete', 'restore', 'get', 'list']) {
      const { code, stderr } = await run('artifacts', verb, 'plain', 'nowhere');
      expect([verb, code, stderr.startsWith('slipway: ')]).toEqual([verb, 3, true]);
    }
    const { code, stderr } = await run('artifacts', 'delete', made.richRun, 'models');
    expect([code, stderr]).toEqual([3, expect.stringContaining('models holds models that the run logged')]);
  });
});

describe('slipway gc', () => {
  it('says how old things must be when it finds nothing to erase', async () => {
    const { stdout } = await run('gc', '--dry-run');
    expect(stdout).toBe('Nothing to erase: nothing has been in the trash for 30 days. --older-than 0d takes all.\n');
  });

  it('leaves what is younger than --older-than, and with --dry-run everything', async () => {
    const gone = await createRun(engine, '0', 'young');
    await put(engine, `0/${gone}/artifacts/own.bin`, 'only of the young run');
    await discard(gone);
    const first = await json<GcResult>('gc');
    expect(first).toMatchObject({ runs: 0, dry_run: false });
    const before = objects().sort();
    const dry = await json<GcResult>('gc', '--older-than', '0d', '--dry-run');
    expect(dry).toMatchObject({ runs: 1, dry_run: true });
    expect(dry.objects.count).toBeGreaterThanOrEqual(1);
    expect(objects().sort()).toEqual(before);
    const done = await json<GcResult>('gc', '--older-than', '0d');
    expect(done).toMatchObject({ runs: 1, objects: dry.objects, artifacts: dry.artifacts });
    expect(await get(engine, `runs/get?run_id=${gone}`)).toMatchObject({ error_code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('says with --dry-run how many deleted files it erases, without those that go with their run', async () => {
    const gone = await createRun(engine, '0', 'with deleted files');
    for (const name of ['one', 'two']) await put(engine, `0/${gone}/artifacts/${name}.txt`, name);
    await json('artifacts', 'delete', 'with deleted files', 'one.txt');
    await discard(gone);
    const { artifacts, objects: freed } = await json<GcResult>('gc', '--older-than', '0d', '--dry-run');
    expect(await json<GcResult>('gc', '--older-than', '0d')).toMatchObject({ runs: 1, artifacts, objects: freed });
  });

  it('never erases a run that made a registered version, and says so; nor contents that something live names', async () => {
    await discard(made.richRun);
    const before = new Set(objects());
    const result = await json<GcResult>('gc', '--older-than', '0d');
    expect(result.kept).toEqual([
      { name: `calm-elk (${made.richRun})`, why: 'a registered model version was made from this run' },
    ]);
    expect(new Set(objects())).toEqual(before);
    const expected = { deleted: true };
    await engine.client.api.runs.change.mutate({ changes: [{ runId: made.richRun, deleted: false, expected }] });
    expect(await (await engine.client.artifact(made.richRun, 'plots/roc.txt')).text()).toBe('a curve\n');
  });

  it('does not say that nothing was in the trash so long when it has to keep what was', async () => {
    await json('gc', '--older-than', '0d');
    await discard(made.richRun);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { stdout } = await run('gc', '--older-than', '1s');
    expect(stdout).toMatch(/^Nothing to erase\.\n.*calm-elk/s);
    const expected = { deleted: true };
    await engine.client.api.runs.change.mutate({ changes: [{ runId: made.richRun, deleted: false, expected }] });
  });

  it('keeps files that were deleted one by one from a run that made a registered version, and says so', async () => {
    await put(engine, `0/${made.plainRun}/artifacts/spare.txt`, 'of no version');
    await json('artifacts', 'delete', 'plain', 'spare.txt');
    await json('artifacts', 'delete', 'calm-elk', 'plots');
    const result = await json<GcResult>('gc', '--older-than', '0d', '--dry-run');
    expect(await json<GcResult>('gc', '--older-than', '0d')).toMatchObject({ artifacts: result.artifacts });
    expect(result.artifacts).toBeGreaterThanOrEqual(1);
    const why = 'a registered model version was made from their run or logged model';
    expect(result.kept).toContainEqual({ name: expect.stringMatching(/^\d+ deleted files?$/), why });
    expect((await run('artifacts', 'restore', 'plain', 'spare.txt')).code).toBe(3);
    expect(await json('artifacts', 'restore', 'calm-elk', 'plots')).toEqual({ restored: 1 });
    expect(await (await engine.client.artifact(made.richRun, 'plots/roc.txt')).text()).toBe('a curve\n');
  });

  it('of a run cannot take the files of another: no experiment may have its place among those of a run', async () => {
    const location = `mlflow-artifacts:/0/${made.plainRun}/artifacts/sub`;
    const body = JSON.stringify({ name: 'nested', artifact_location: location });
    const headers = { 'content-type': 'application/json' };
    const answer = await engine.fetch('/api/2.0/mlflow/experiments/create', { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('among the files of a run')]);
  });

  it('takes points, folder, experiment and pages of what it erases, and new points do not meet old ones', async () => {
    const { experiment_id: id } = await post(engine, 'experiments/create', { name: 'to-go' });
    const runId = await createRun(engine, String(id), 'heavy');
    for (let batch = 0; batch < 40; batch++) {
      const metrics = Array.from({ length: 1000 }, (_, i) => ({
        key: 'm',
        value: i,
        step: batch * 1000 + i,
        timestamp: i,
      }));
      await post(engine, 'runs/log-batch', { run_id: runId, metrics });
    }
    const { stdout } = await run('run', '--json', '--name', 'recorded', '--', 'sh', '-c', 'echo x');
    const recorded = (JSON.parse(stdout) as { run_id: string }).run_id;
    const points = value(pointCount);
    await sendTrace(engine, String(id), 700);
    const spans = Number(value('SELECT count(*) FROM spans'));
    await post(engine, 'experiments/delete', { experiment_id: id });
    await discard(recorded);
    const result = await json<GcResult>('gc', '--older-than', '0d');
    expect(result).toMatchObject({ runs: 2, experiments: 1, traces: 1, kept: [] });
    expect(value('SELECT count(*) FROM spans')).toBe(spans - 700);
    expect(result.leftovers.count).toBe(1);
    expect(existsSync(join(engine.workspace, '.slipway/runs', recorded))).toBe(false);
    expect(Number(points) - Number(value(pointCount))).toBeGreaterThanOrEqual(40_000);
    expect(value('SELECT count(*) FROM loose_series')).toBe(0);
    expect(result.database.reusable).toBe(0);
    expect(value('PRAGMA quick_check')).toBe('ok');
    const next = await createRun(engine, '0', 'next');
    await post(engine, 'runs/log-metric', { run_id: next, key: 'm', value: 1, timestamp: 1, step: 1 });
    const { metrics } = (await get(engine, `metrics/get-history?run_id=${next}&metric_key=m`)) as { metrics: object[] };
    expect(metrics).toHaveLength(1);
  });

  it('erases a run that names data; data that another run names too stay', async () => {
    const [doomed, living] = [await createRun(engine, '0', 'doomed'), await createRun(engine, '0', 'living')];
    const data = (name: string) => ({
      tags: [{ key: 'mlflow.data.context', value: 'train' }],
      dataset: { name, digest: 'd1', source_type: 'local', source: '{}' },
    });
    await post(engine, 'runs/log-inputs', { run_id: doomed, datasets: [data('gc-both'), data('gc-one')] });
    await post(engine, 'runs/log-inputs', { run_id: living, datasets: [data('gc-both')] });
    await discard(doomed);
    const done = await run('gc', '--older-than', '0d');
    expect([done.code, done.stderr, value(`SELECT count(*) FROM runs WHERE run_id = '${doomed}'`)]).toEqual([0, '', 0]);
    expect(value(`SELECT group_concat(name) FROM run_datasets WHERE name LIKE 'gc-%'`)).toBe('gc-both');
    expect(value(`SELECT count(*) FROM run_inputs JOIN runs USING (run) WHERE run_id = '${living}'`)).toBe(1);
  });

  it('with Ctrl-C leaves a whole database, and the next one goes on', async () => {
    const runId = await createRun(engine, '0', 'long');
    for (let batch = 0; batch < 150; batch++) {
      const metrics = Array.from({ length: 1000 }, (_, i) => ({
        key: 'm',
        value: i,
        step: batch * 1000 + i,
        timestamp: i,
      }));
      await post(engine, 'runs/log-batch', { run_id: runId, metrics });
    }
    await discard(runId);
    const words = [cli, 'gc', '--older-than', '0d', '--workspace', engine.workspace];
    const child = spawn(node, words, { stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (value('SELECT count(*) FROM loose_series') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    expect(await ended).toBe(3);
    expect(value('PRAGMA quick_check')).toBe('ok');
    expect(value(`SELECT count(*) FROM runs WHERE run_id = '${runId}'`)).toBe(0);
    for (;;) {
      const { code, stderr } = await run('gc', '--older-than', '0d');
      if (code === 0) break;
      expect(stderr).toContain('The trash is being emptied.');
    }
    expect(value('SELECT count(*) FROM loose_series')).toBe(0);
    for (const table of ['metric_points', 'metric_packs']) {
      expect(value(`SELECT count(*) FROM ${table} WHERE series NOT IN (SELECT series FROM metric_series)`)).toBe(0);
    }
  });

  it('frees nothing of an upload that goes on, and sweeps what a broken one left', async () => {
    const tmp = join(engine.workspace, '.slipway/objects/tmp');
    writeFileSync(join(tmp, 'left-by-a-crash'), 'half');
    let send: (() => void) | undefined;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(100_000));
        send = () => {
          controller.enqueue(new Uint8Array(5));
          controller.close();
        };
      },
    });
    const path = `/api/2.0/mlflow-artifacts/artifacts/0/${made.plainRun}/artifacts/slow.bin`;
    const upload = engine.fetch(path, { method: 'PUT', body, duplex: 'half' } as RequestInit);
    while (readdirSync(tmp).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    const broken = { count: 1, bytes: 4 };
    expect((await json<GcResult>('gc', '--older-than', '0d', '--dry-run')).leftovers).toEqual(broken);
    expect((await json<GcResult>('gc', '--older-than', '0d')).leftovers).toEqual(broken);
    send?.();
    expect((await upload).status).toBe(200);
    expect((await (await engine.client.artifact(made.plainRun, 'slow.bin')).arrayBuffer()).byteLength).toBe(100_005);
  });

  it('the database file is smaller afterwards', async () => {
    const runId = await createRun(engine, '0', 'wide');
    for (let i = 0; i < 60; i++) {
      const tags = Array.from({ length: 20 }, (_, n) => ({ key: `t${i}-${n}`, value: 'x'.repeat(5000) }));
      await post(engine, 'runs/log-batch', { run_id: runId, tags });
    }
    await discard(runId);
    const file = join(engine.workspace, '.slipway/slipway.db');
    const result = await json<GcResult>('gc', '--older-than', '0d');
    expect(result.database.reusable).toBe(0);
    await engine.end();
    const size = statSync(file).size;
    expect(size).toBeLessThan(3_000_000);
    engine = await startEngine({ workspace: engine.workspace });
    rmSync(join(engine.workspace, 'out'), { recursive: true, force: true });
  });

  it('leaves what was taken back, deleted anew or registered while it was at work', async () => {
    const { experiment_id: experimentId } = await post(engine, 'experiments/create', { name: 'taken back' });
    await post(engine, 'experiments/set-experiment-tag', { experiment_id: experimentId, key: 'team', value: 'vision' });
    await post(engine, 'experiments/delete', { experiment_id: experimentId });
    const created = await post(engine, 'logged-models', { experiment_id: '0', name: 'late model' });
    const modelId = (created as { model: { info: { model_id: string } } }).model.info.model_id;
    const deleted = await engine.json('DELETE', `/api/2.0/mlflow/logged-models/${modelId}`);
    expect(deleted.status).toBe(200);
    const many: string[] = [];
    for (let index = 0; index < 400; index++) many.push(await createRun(engine, '0', `of many ${index}`));
    const change = (runId: string, to: boolean) => ({ runId, deleted: to, expected: { deleted: !to } });
    for (let from = 0; from < many.length; from += 100) {
      const changes = many.slice(from, from + 100).map((runId) => change(runId, true));
      await engine.client.api.runs.change.mutate({ changes });
    }
    // The trash is emptied in the order things came into it.
    const anew = await createRun(engine, '0', 'deleted anew');
    const lateRun = await createRun(engine, '0', 'registered late');
    await discard(anew);
    await discard(lateRun);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const erased = Number(value('SELECT count(*) FROM erased_runs'));
    const emptying = json<GcResult>('gc', '--older-than', '1s');
    await expect.poll(() => Number(value('SELECT count(*) FROM erased_runs')), { interval: 5 }).toBeGreaterThan(erased);
    await engine.client.api.runs.change.mutate({ changes: [change(anew, false)] });
    await discard(anew);
    await post(engine, 'experiments/restore', { experiment_id: experimentId });
    await post(engine, 'registered-models/create', { name: 'late' });
    const versions = [
      { source: `runs:/${lateRun}/model`, run_id: lateRun },
      { source: `s3://models/${modelId}/artifacts` },
    ];
    for (const version of versions) await post(engine, 'model-versions/create', { name: 'late', ...version });
    const { runs, kept } = await emptying;
    const renewed = 'it was taken back or deleted anew meanwhile';
    const used = 'something still refers to it';
    expect(runs).toBe(many.length);
    expect(kept.map(({ name, why }) => [name.replace(/ \(.*/, ''), why])).toEqual(
      expect.arrayContaining([
        ['deleted anew', renewed],
        ['registered late', used],
        ['late model', used],
        ['taken back', renewed],
      ]),
    );
    expect(value(`SELECT count(*) FROM runs WHERE run_id IN ('${anew}', '${lateRun}')`)).toBe(2);
    expect(value(`SELECT count(*) FROM logged_models WHERE model_id = '${modelId}'`)).toBe(1);
    expect(value(`SELECT value FROM experiment_tags WHERE experiment_id = '${experimentId}'`)).toBe('vision');
  });
});
