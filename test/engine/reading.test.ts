// What the editor and the command line read: pages, counts, states, headlines, details, output.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../src/protocol/run';
import { type EngineProcess, slipway, startEngine } from './engine-process';
import { type Seeding, seedWorkspace } from './seeded-workspace';

const ids = {
  full: 'a'.repeat(32),
  silent: `b1${'0'.repeat(30)}`,
  parent: `b2${'0'.repeat(30)}`,
  child: 'c'.repeat(32),
};
const hour = 3_600_000;

function seed({ runs, clock }: Seeding): void {
  const now = clock.now;
  const tuning = runs.createExperiment({ name: 'tuning' });
  const many = runs.createExperiment({ name: 'many' });
  runs.createExperiment({ name: 'empty' });
  for (let index = 0; index < 120; index++) {
    // Runs that start in the same millisecond must not be lost between pages.
    const { runId } = runs.createRun({ experimentId: many, userId: 'ada', startTime: now - 2 * hour - (index >> 2) });
    runs.logBatch(runId, { metrics: [{ key: 'loss', value: index, time: now, step: 0 }] });
    runs.updateRun(runId, { status: index % 10 === 0 ? 'FAILED' : 'FINISHED', endTime: now - hour });
  }
  clock.now = now - hour;
  for (const [name, runId] of [
    ['silent', ids.silent],
    ['parent', ids.parent],
  ] as const) {
    runs.createRun({ runId, experimentId: tuning, userId: 'ada', name, startTime: now - hour });
  }
  clock.now = now;
  const tags = [{ key: 'mlflow.parentRunId', value: ids.parent }];
  runs.createRun({
    runId: ids.child,
    experimentId: tuning,
    userId: 'ada',
    name: 'offspring-1',
    startTime: now - 1000,
    tags,
  });
  runs.createRun({
    runId: ids.full,
    experimentId: tuning,
    userId: 'ada',
    name: 'full',
    startTime: now - hour / 2,
    recorded: true,
    tags: [{ key: 'note', value: 'Größe XL' }],
  });
  runs.logBatch(ids.full, {
    params: [{ key: 'depth', value: 'seventyseven' }],
    metrics: [
      { key: 'val_auc', value: 0.75, time: now, step: 1 },
      { key: 'val_auc', value: 0.5, time: now, step: 2 },
      { key: 'train_loss', value: Number.NaN, time: now, step: 1 },
      { key: 'peak', value: Number.POSITIVE_INFINITY, time: now, step: 1 },
      { key: 'system/cpu', value: 12, time: now, step: 1 },
    ],
  });
  runs.updateRun(ids.full, { status: 'FINISHED', endTime: now - hour / 2 + 48_000 });
}

describe('reading', () => {
  let workspace: string;
  let engine: EngineProcess;
  beforeAll(async () => {
    workspace = seedWorkspace(seed);
    engine = await startEngine({ workspace });
  });
  afterAll(async () => {
    await engine.end();
    rmSync(workspace, { recursive: true });
  });

  it('experiments come the most lately used first, with their counts, page by page', async () => {
    const { items } = await engine.client.api.experiments.list.query({});
    const shown = items.map(({ name, runCount, runningCount }) => ({ name, runCount, runningCount }));
    expect(shown.find((each) => each.name === 'tuning')).toEqual({ name: 'tuning', runCount: 4, runningCount: 2 });
    expect(shown.find((each) => each.name === 'many')).toEqual({ name: 'many', runCount: 120, runningCount: 0 });
    expect(items.map((each) => each.lastUpdateTime)).toEqual(
      items.map((each) => each.lastUpdateTime).sort((a, b) => b - a),
    );
    const paged: string[] = [];
    let page: string | null = null;
    do {
      const part: Awaited<ReturnType<typeof engine.client.api.experiments.list.query>> =
        await engine.client.api.experiments.list.query({ limit: 1, page });
      paged.push(...part.items.map((each) => each.experimentId));
      page = part.next;
    } while (page !== null);
    expect(paged).toEqual(items.map((each) => each.experimentId));
  });

  const listings: [string, { experiment?: string; states?: RunState[]; text?: string }, number][] = [
    ['all runs', {}, 124],
    ['one experiment', { experiment: 'many' }, 120],
    ['a state', { states: ['failed'] }, 12],
    ['two states', { states: ['failed', 'unknown'] }, 13],
    ['no state', { states: [] }, 0],
    ['a param', { text: 'SEVENTYSEVEN' }, 1],
    ['a tag', { text: 'größe xl' }, 1],
    ['a name', { text: 'FFSPRING-1' }, 1],
    ['the beginning of an id', { text: 'b1000000000' }, 1],
  ];
  it.each(listings)(
    '%s: every run once, newest first, on pages of seven',
    async (_, { experiment, ...filter }, total) => {
      const experiments = await engine.client.api.experiments.list.query({});
      const experimentId = experiments.items.find((each) => each.name === experiment)?.experimentId;
      const query = { limit: 7, ...filter, ...(experimentId === undefined ? {} : { experimentId }) };
      const seen: { runId: string; startTime: number }[] = [];
      let page: string | null = null;
      do {
        const part: Awaited<ReturnType<typeof engine.client.api.runs.list.query>> =
          await engine.client.api.runs.list.query({ ...query, page });
        expect(part.total).toBe(total);
        seen.push(...part.items);
        page = part.next;
      } while (page !== null);
      expect(seen).toHaveLength(total);
      expect(new Set(seen.map((run) => run.runId)).size).toBe(seen.length);
      const inOrder = [...seen].sort((a, b) => b.startTime - a.startTime || (a.runId < b.runId ? -1 : 1));
      expect(seen.map((run) => run.runId)).toEqual(inOrder.map((run) => run.runId));
    },
  );

  it('a token of another list is refused with a sentence', async () => {
    const { next } = await engine.client.api.metrics.list.query({ runId: ids.full, limit: 1 });
    expect(next).not.toBeNull();
    await expect(engine.client.api.runs.list.query({ page: next })).rejects.toThrow('The page token does not belong');
    await expect(engine.client.api.runs.list.query({ page: '!' })).rejects.toThrow('The page token does not belong');
  });

  it('a silent run is unknown, but not while a run below it is at work', async () => {
    const state = async (runId: string) => (await engine.client.api.runs.get.query({ runId })).state;
    expect(await state(ids.silent)).toBe('unknown');
    expect(await state(ids.parent)).toBe('running');
    expect(await state(ids.child)).toBe('running');
    expect(await state(ids.full)).toBe('finished');
    const unknown = await engine.client.api.runs.list.query({ states: ['unknown'] });
    expect(unknown.items.map((run) => run.runId)).toEqual([ids.silent]);
    const running = await engine.client.api.runs.list.query({ states: ['running'] });
    expect(running.items.map((run) => run.runId).sort()).toEqual([ids.parent, ids.child].sort());
  });

  it('a run is told in full, with its headline and numbers JSON cannot write', async () => {
    const run = await engine.client.api.runs.get.query({ runId: ids.full });
    expect(run).toMatchObject({
      name: 'full',
      experimentName: 'tuning',
      recorded: true,
      headline: { key: 'val_auc', value: 0.5, direction: 'up' },
      params: [{ key: 'depth', value: 'seventyseven' }],
      metricCount: 4,
      datasets: [],
      models: [],
    });
    const { items } = await engine.client.api.metrics.list.query({ runId: ids.full });
    expect(items.map((each) => each.key)).toEqual(['peak', 'system/cpu', 'train_loss', 'val_auc']);
    expect(items[0]).toMatchObject({ last: 'Infinity', max: 'Infinity', nonFinite: 1, direction: 'none' });
    expect(items[2]).toMatchObject({ last: 'NaN', min: null, max: null, nonFinite: 1, direction: 'down' });
    expect(items[3]).toMatchObject({ count: 2, last: 0.5, lastStep: 2, min: 0.5, max: 0.75, maxStep: 1 });
    const history = await engine.client.api.metrics.history.query({ runId: ids.full, key: 'train_loss' });
    expect(history.items).toMatchObject([{ step: 1, value: 'NaN' }]);
  });

  it('a row has the beginning of its tags, and not those that MLflow keeps for itself', async () => {
    for (const [key, value] of [
      ...Array.from({ length: 11 }, (_, index) => [`z${10 + index}`, `${index}`]),
      ['long', 'x'.repeat(500)],
      ['mlflow.source.name', 'train.py'],
      ['mlflow.note.content', 'Seen.'],
    ]) {
      await engine.json('POST', '/api/2.0/mlflow/runs/set-tag', { run_id: ids.full, key, value });
    }
    const { items } = await engine.client.api.runs.list.query({ text: 'full' });
    const row = items.find(({ runId }) => runId === ids.full);
    expect(row?.note).toBe('Seen.');
    expect(row?.tagPreview.count).toBe(13);
    expect(row?.tagPreview.first.map(({ key }) => key)).toEqual([
      'long',
      'note',
      ...Array.from({ length: 8 }, (_, index) => `z${10 + index}`),
    ]);
    expect(row?.tagPreview.first[0]?.value).toBe('x'.repeat(80));
  });

  it('slipway.yaml chooses the headline and its direction at once', async () => {
    writeFileSync(`${workspace}/slipway.yaml`, 'version: 1\nmetrics: { peak: { direction: down, headline: true } }\n');
    await expect
      .poll(async () => (await engine.client.api.runs.get.query({ runId: ids.full })).headline)
      .toEqual({ key: 'peak', value: 'Infinity', direction: 'down' });
    rmSync(`${workspace}/slipway.yaml`);
  });

  it('an unknown run is a sentence and a 404', async () => {
    await expect(engine.client.api.runs.get.query({ runId: 'nope' })).rejects.toThrow('no run nope');
    const input = encodeURIComponent(JSON.stringify({ runId: 'nope' }));
    const response = await engine.fetch(`/api/rpc/runs.get?input=${input}`);
    expect(response.status).toBe(404);
    const { error } = (await response.json()) as { error: { data: Record<string, unknown> } };
    expect(error.data.slipwayCode).toBe('not-found');
    expect(error.data.stack).toBeUndefined();
    await expect(engine.client.api.runs.list.query({ limit: 0 })).rejects.toThrow(/^limit: Too small/);
  });

  it('output is read in pieces that never split a character', async () => {
    const folder = `${workspace}/.slipway/runs/${ids.full}`;
    expect(await engine.client.api.output.read.query({ runId: ids.full })).toEqual({
      text: '',
      start: 0,
      next: 0,
      size: 0,
    });
    mkdirSync(folder, { recursive: true });
    const whole = 'Größe 日本 📈 ready\n'.repeat(50);
    writeFileSync(`${folder}/output.log`, whole);
    let text = '';
    let from = 0;
    do {
      const piece = await engine.client.api.output.read.query({ runId: ids.full, from, bytes: 5 });
      expect(piece.text).not.toContain('\ufffd');
      expect(piece.next).toBeGreaterThan(from);
      text += piece.text;
      from = piece.next;
    } while (from < Buffer.byteLength(whole));
    expect(text).toBe(whole);

    const tail = await engine.client.api.output.read.query({ runId: ids.full, bytes: 16 });
    expect(whole.endsWith(tail.text)).toBe(true);
    expect(tail.next).toBe(tail.size);
    // The command ended in the middle of a character: what is there is shown, and reading comes to an end.
    appendFileSync(`${folder}/output.log`, Buffer.from([0xe6, 0x97]));
    const end = await engine.client.api.output.read.query({ runId: ids.full, from: tail.size });
    expect(end).toMatchObject({ text: '\ufffd', next: tail.size + 2 });
  });

  it('artifacts of a run are listed and streamed by run', async () => {
    const put = (path: string) =>
      engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body: 'abc' });
    const { experimentId } = await engine.client.api.runs.get.query({ runId: ids.full });
    await put(`${experimentId}/${ids.full}/artifacts/plots/a b.png`);
    await put(`${experimentId}/${ids.full}/artifacts/model.onnx`);
    const { list, count, size } = engine.client.api.artifacts;
    const model = { path: 'model.onnx', isDirectory: false, size: 3 };
    const plots = { path: 'plots', isDirectory: true, size: null };
    expect(await list.query({ runId: ids.full })).toEqual({ items: [model, plots], next: null });
    expect((await list.query({ runId: ids.full, path: 'plots' })).items).toEqual([
      { path: 'plots/a b.png', isDirectory: false, size: 3 },
    ]);
    const first = await list.query({ runId: ids.full, limit: 1 });
    expect(first.items).toEqual([model]);
    expect(await list.query({ runId: ids.full, limit: 1, page: first.next })).toEqual({ items: [plots], next: null });
    expect(await count.query({ runId: ids.full })).toEqual({ files: 2, bytes: 6 });
    expect(await size.query({ runId: ids.full, path: 'plots/a b.png' })).toBe(3);
    const response = await engine.client.artifact(ids.full, 'plots/a b.png');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await response.text()).toBe('abc');
    await expect(engine.client.artifact(ids.full, 'none')).rejects.toMatchObject({ code: 'not-found' });
    await expect(engine.client.api.artifacts.list.query({ runId: ids.full, path: '..' })).rejects.toThrow(
      'Invalid path',
    );
    expect((await engine.fetch(`/api/runs/${ids.full}/artifacts/%2e%2e%2fx`)).status).toBe(400);
  });

  it('the models a run logged are folders among its files', async () => {
    const post = (path: string, body: unknown) => engine.json('POST', `/api/2.0/mlflow/${path}`, body);
    const created = await post('runs/create', { experiment_id: '0', start_time: 1 });
    const { run_id: runId } = (created.body.run as { info: { run_id: string } }).info;
    const logged = await post('logged-models', { experiment_id: '0', name: 'model', source_run_id: runId });
    const { model_id: id } = (logged.body.model as { info: { model_id: string } }).info;
    const put = (path: string, body: string) =>
      engine.fetch(`/api/2.0/mlflow-artifacts/artifacts/0/${path}`, { method: 'PUT', body });
    await put(`models/${id}/artifacts/MLmodel`, 'flavors');
    await put(`models/${id}/artifacts/data/weights.bin`, 'w');
    await put(`${runId}/artifacts/models/own.txt`, 'own');
    const { list, count } = engine.client.api.artifacts;
    const paths = async (path: string) => (await list.query({ runId, path })).items.map((entry) => entry.path);
    expect(await paths('')).toEqual(['models']);
    expect(await paths('models')).toEqual([`models/${id}`, 'models/own.txt']);
    expect(await paths(`models/${id}`)).toEqual([`models/${id}/MLmodel`, `models/${id}/data`]);
    expect(await paths(`models/${id}/data`)).toEqual([`models/${id}/data/weights.bin`]);
    const shown = await slipway(['runs', 'show', runId, '--workspace', workspace]);
    expect(shown.stdout).toMatch(new RegExp(`^Model +model  models:/${id}$`, 'm'));
    expect(await (await engine.client.artifact(runId, `models/${id}/MLmodel`)).text()).toBe('flavors');
    expect(await (await engine.client.artifact(runId, 'models/own.txt')).text()).toBe('own');
    await expect(engine.client.artifact(runId, `models/${id}/none`)).rejects.toMatchObject({ code: 'not-found' });
    expect(await count.query({ runId })).toEqual({ files: 3, bytes: 11 });
    // MLflow's own list by run stays as MLflow does it.
    const { body } = await engine.json('GET', `/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=models`);
    expect(body.files).toEqual([{ path: 'models/own.txt', is_dir: false, file_size: 3 }]);
  });

  it('artifacts outside the workspace are named and not read', async () => {
    const body = { name: 'elsewhere', artifact_location: 'file:///etc' };
    const { experiment_id } = (await engine.json('POST', '/api/2.0/mlflow/experiments/create', body)).body;
    const created = await engine.json('POST', '/api/2.0/mlflow/runs/create', { experiment_id, start_time: 1 });
    const { run_id } = (created.body.run as { info: { run_id: string } }).info;
    await expect(engine.client.api.artifacts.list.query({ runId: run_id })).rejects.toThrow('does not read');
    expect((await engine.fetch(`/api/runs/${run_id}/artifacts/passwd`)).status).toBe(403);
  });

  it('the command line lists, shows and prints metrics', async () => {
    const at = ['--workspace', workspace];
    const listed = await slipway(['runs', 'list', '--experiment', 'tuning', '--limit', '2', ...at, '--json']);
    const list = JSON.parse(listed.stdout) as { items: Record<string, unknown>[]; next: string };
    expect(list.items.map((run) => run.run_id)).toEqual([ids.child, ids.full]);
    expect(list.items[1]).toMatchObject({
      status: 'FINISHED',
      params: { depth: 'seventyseven' },
      metrics: { val_auc: 0.5, train_loss: 'NaN', peak: 'Infinity' },
      tags: { note: 'Größe XL' },
    });
    const rest = await slipway(['runs', 'list', '--experiment', 'tuning', '--page', list.next, ...at]);
    expect(rest.stdout).toMatch(/^RUN +NAME +EXPERIMENT +STATE/);
    expect(rest.stdout.trim().split('\n')).toHaveLength(3);

    const shown = await slipway(['runs', 'show', 'aaaaaaaaaaaa', ...at, '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ run_id: ids.full, name: 'full' });
    expect((await slipway(['runs', 'show', 'full', ...at])).stdout).toContain('val_auc');
    const several = await slipway(['runs', 'show', 'b', ...at]);
    expect(several).toMatchObject({ code: 3, stdout: '' });
    expect(several.stderr).toContain(ids.silent);
    expect(await slipway(['runs', 'show', 'zzz', ...at])).toMatchObject({ code: 3, stdout: '' });

    const summaries = await slipway(['metrics', 'full', ...at]);
    expect(summaries.stdout).toMatch(/val_auc +2 +0\.5 +2 +0\.5 +2 +0\.75 +1/);
    const points = await slipway(['metrics', 'full', '--key', 'val_auc', ...at, '--json']);
    expect(JSON.parse(points.stdout)).toMatchObject({
      items: [
        { step: 1, value: 0.75 },
        { step: 2, value: 0.5 },
      ],
      next: null,
    });
    expect((await slipway(['metrics', 'full', '--limit', '0', ...at])).code).toBe(3);
  });
});
