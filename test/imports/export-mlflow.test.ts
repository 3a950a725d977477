// Runs written into a database of MLflow, and read from it by MLflow itself, its server, and another workspace.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slipway, temporaryFolder } from '../engine/engine-process';
import { startPeerServer } from '../mlflow/oracle/peer-server';
import { type ImportWorkspace, importWorkspace } from './imported';
import { type MlflowTells, readWithMlflow, writeMlflow } from './written-store';

const size = { runs: 2, metrics: 2, steps: 1500 };

interface Said {
  code: number | null;
  stderr: string;
  file: string;
  folder: string | null;
  opens_in: string;
  counts: Record<string, number>;
  left_out: { name: string; why: string }[];
}

describe.each([
  { line: 2, opensIn: 'MLflow 2.22 and 3', readers: [2, 3] },
  { line: 3, opensIn: 'MLflow 3', readers: [3] },
] as const)('runs of MLflow $line, exported', ({ line, opensIn, readers }) => {
  const cwd = temporaryFolder('slipway-to-mlflow-');
  const file = join(cwd, 'out', 'my runs.db');
  let tells: MlflowTells;
  let workspace: ImportWorkspace;

  beforeAll(async () => {
    const path = join(cwd, 'mlflow.db');
    tells = await writeMlflow(line, { uri: `sqlite:///${path}`, cwd, size });
    workspace = await importWorkspace();
    expect(await workspace.import(path)).toMatchObject({ code: 0 });
    await register(workspace);
    mkdirSync(dirname(file));
  }, 180_000);
  afterAll(async () => {
    await workspace?.[Symbol.asyncDispose]();
    rmSync(cwd, { recursive: true, force: true });
  });

  it('are one file and one folder, and which MLflow opens them is said', async () => {
    const said = await exported(workspace, file, '--to', 'mlflow');
    const points = 2 * (2 * size.steps + 8) + (line === 3 ? 1 : 0);
    const models = line === 3 ? 1 : 0;
    const moves = expect.objectContaining({ name: '5 × moves of model versions' });
    expect(said).toMatchObject({ code: 0, file, folder: `${file}.artifacts`, opens_in: opensIn, left_out: [moves] });
    expect(said.counts).toEqual({
      objects: 2,
      experiment: 1,
      run: 3,
      'logged-model': models,
      point: points,
      'registered-model': 1,
      'model-version': 2,
    });
    expect(readdirSync(dirname(file)).sort()).toEqual(['my runs.db', 'my runs.db.artifacts']);
  });

  it.each(readers)('are read by MLflow %i as it read the first store', async (reader) => {
    const copy = join(cwd, `read-by-${reader}.db`);
    copyFileSync(file, copy);
    const read = await readWithMlflow(reader, copy, cwd);
    expect(Object.keys(read.runs).sort()).toEqual(Object.keys(tells.runs).sort());
    for (const [id, run] of Object.entries(tells.runs)) {
      const { tags = {}, ...rest } = read.runs[id] ?? {};
      const { tags: before, ...other } = run;
      expect(rest).toEqual(other);
      expect(tags).toMatchObject(before);
    }
    expect(read.models).toEqual(tells.models);
  });

  it('come into another workspace as they were here', async () => {
    await using other = await importWorkspace();
    const left = [expect.objectContaining({ name: 'registered models' })];
    expect(await other.import(file)).toMatchObject({ code: 0, refused: [], problems: [], left_out: left });
    const [here, there] = [await workspace.runs(), await other.runs()];
    expect([...there.keys()].sort()).toEqual([...here.keys()].sort());
    for (const run of here.values()) {
      expect(withoutSource(there.get(run.id))).toEqual(withoutSource(run));
      for (const key of run.metrics) {
        expect(await other.points(run.id, key)).toEqual(await workspace.points(run.id, key));
      }
    }
    const { id } = await other.run('run-1');
    expect(await other.file(id, 'plots/deep/note.txt')).toBe('note of 1');
    for (const model of tells.models) {
      const address = `/api/2.0/mlflow/logged-models/${model}`;
      const [a, b] = [await workspace.engine.json('GET', address), await other.engine.json('GET', address)];
      expect((b.body.model as { data: unknown }).data).toEqual((a.body.model as { data: unknown }).data);
    }
  });

  it('are shown by the server of MLflow with their files', async () => {
    await using server = await startPeerServer(process.env[`SLIPWAY_TEST_PYTHON_MLFLOW${line}`] ?? '', file);
    const search = await fetch(`${server.url}/api/2.0/mlflow/runs/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_ids: ['0', '1'] }),
    });
    const { runs } = (await search.json()) as { runs: { info: { run_id: string } }[] };
    expect(runs.map(({ info }) => info.run_id).sort()).toEqual(Object.keys(tells.runs).sort());
    const { id } = await workspace.run('run-0');
    const artifact = await fetch(`${server.url}/get-artifact?run_uuid=${id}&path=plots%2Fdeep%2Fnote.txt`);
    expect(await artifact.text()).toBe('note of 0');
    const named = await fetch(`${server.url}/api/2.0/mlflow/registered-models/alias?name=churn&alias=champion`);
    const { model_version: version } = (await named.json()) as { model_version: Record<string, unknown> };
    expect(version).toMatchObject({
      version: '1',
      current_stage: 'Staging',
      run_id: id,
      description: 'the first',
      aliases: ['champion'],
    });
    expect(version.tags).toEqual([{ key: 'seen', value: 'yes' }]);
    // The files of a version are those of its run, which lie beside the database.
    const asked = await fetch(`${server.url}/api/2.0/mlflow/model-versions/get-download-uri?name=churn&version=2`);
    const { artifact_uri: place } = (await asked.json()) as { artifact_uri: string };
    expect(existsSync(new URL(`${place}/deep/note.txt`))).toBe(true);
    expect(version.source).toBe(`runs:/${id}/plots`);
    const found = await fetch(`${server.url}/api/2.0/mlflow/runs/get?run_id=${id}`);
    const { run } = (await found.json()) as { run: { data: { tags: { key: string }[] } } };
    expect(run.data.tags).toContainEqual({ key: 'slipway.starred', value: 'true' });
  });

  it('come in with their files also when both were moved', async () => {
    await using other = await importWorkspace();
    renameSync(dirname(file), join(cwd, 'moved'));
    expect(await other.import(join(cwd, 'moved', 'my runs.db'))).toMatchObject({ code: 0, problems: [] });
    expect(await other.file((await other.run('run-0')).id, 'plots/deep/note.txt')).toBe('note of 0');
  });
});

describe('an export for MLflow', () => {
  const cwd = temporaryFolder('slipway-to-mlflow-');
  let workspace: ImportWorkspace;
  let runId: string;

  beforeAll(async () => {
    workspace = await importWorkspace();
    const made = await workspace.engine.json('POST', '/api/2.0/mlflow/runs/create', {
      experiment_id: '0',
      start_time: 1_763_000_000_000,
      run_name: 'x'.repeat(300),
    });
    runId = (made.body.run as { info: { run_id: string } }).info.run_id;
    const put = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/a.txt`;
    await workspace.engine.fetch(put, { method: 'PUT', body: 'a' });
    const end = { run_id: runId, status: 'FINISHED', end_time: 1_763_000_001_000 };
    await workspace.engine.json('POST', '/api/2.0/mlflow/runs/update', end);
  });
  afterAll(async () => {
    await workspace?.[Symbol.asyncDispose]();
    rmSync(cwd, { recursive: true, force: true });
  });

  it('leaves what is there as it is, and writes over its own when told so', async () => {
    const file = join(cwd, 'a.db');
    expect(await exported(workspace, file, '--to', 'mlflow')).toMatchObject({ code: 0 });
    const before = readFileSync(file);
    const again = await exported(workspace, file, '--to', 'mlflow');
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('--force writes over it')]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await exported(workspace, file, '--to', 'mlflow', '--force')).toMatchObject({ code: 0 });
    expect(existsSync(`${file}.artifacts/0/${runId}/artifacts/a.txt`)).toBe(true);
  });

  it.each([
    ['a file that somebody put there', 'mine.txt'],
    ['a file that somebody changed', undefined],
  ])('with --force deletes nothing of the folder that is not its own: %s', async (_what, name) => {
    const file = join(cwd, name === undefined ? 'changed.db' : 'added.db');
    expect(await exported(workspace, file, '--to', 'mlflow')).toMatchObject({ code: 0 });
    const own = name ?? `0/${runId}/artifacts/a.txt`;
    writeFileSync(`${file}.artifacts/${own}`, 'my notes');
    const before = readFileSync(file);
    const { code, stderr } = await exported(workspace, file, '--to', 'mlflow', '--force');
    expect([code, stderr]).toEqual([3, expect.stringContaining(`it holds ${own}, which no export wrote so`)]);
    expect(readFileSync(`${file}.artifacts/${own}`, 'utf8')).toBe('my notes');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('takes away what a killed export to the same file left', async () => {
    const file = join(cwd, 'killed.db');
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const left = [`${file}.${gone}.unfinished`, `${file}.${gone}.unfinished-journal`];
    for (const path of left) writeFileSync(path, 'x');
    mkdirSync(`${file}.artifacts.${gone}.unfinished/0`, { recursive: true });
    const running = `${file}.${process.pid}.unfinished`;
    writeFileSync(running, 'of a process that runs');
    expect(await exported(workspace, file, '--to', 'mlflow')).toMatchObject({ code: 0 });
    const names = readdirSync(cwd).filter((name) => name.startsWith('killed.db.'));
    expect(names.sort()).toEqual([basename(running), 'killed.db.artifacts'].sort());
    rmSync(running);
  });

  it('takes no folder that is none of its own, and no database that is in use', async () => {
    const file = join(cwd, 'b.db');
    mkdirSync(`${file}.artifacts`);
    writeFileSync(`${file}.artifacts/mine.txt`, 'mine');
    const folder = await exported(workspace, file, '--to', 'mlflow', '--force');
    expect([folder.code, folder.stderr]).toEqual([3, expect.stringContaining('move it away first')]);
    expect(readFileSync(`${file}.artifacts/mine.txt`, 'utf8')).toBe('mine');
    const used = join(cwd, 'c.db');
    writeFileSync(`${used}-journal`, 'x');
    const open = await exported(workspace, used, '--to', 'mlflow');
    expect([open.code, open.stderr]).toEqual([3, expect.stringContaining('another program has that database open')]);
    expect(readdirSync(cwd).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('leaves files out when asked to, takes named runs only, and says what did not fit', async () => {
    const file = join(cwd, 'd.db');
    const said = await exported(workspace, file, runId.slice(0, 12), '--to', 'mlflow', '--no-artifacts');
    expect(said).toMatchObject({ code: 0, folder: null, counts: { run: 1, objects: 0 } });
    expect(said.left_out).toEqual([
      { name: 'files of runs and models', why: 'they were not asked for' },
      { name: 'ends of names of runs', why: 'MLflow keeps 250 characters' },
    ]);
    expect(existsSync(`${file}.artifacts`)).toBe(false);
    const none = await exported(workspace, join(cwd, 'e.zip'), '--no-artifacts');
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('--to mlflow')]);
  });
});

/** One version of a run's files, with all that MLflow keeps of it. */
async function register(workspace: ImportWorkspace): Promise<void> {
  const post = async (route: string, body: object): Promise<void> => {
    const { status } = await workspace.engine.json('POST', `/api/2.0/mlflow/${route}`, body);
    expect([route, status]).toEqual([route, 200]);
  };
  const { id } = await workspace.run('run-0');
  await workspace.engine.client.api.runs.change.mutate({ changes: [{ runId: id, starred: true }] });
  const version = { name: 'churn', version: '1' };
  await post('registered-models/create', {
    name: 'churn',
    description: 'who leaves',
    tags: [{ key: 'team', value: 'b' }],
  });
  await post('model-versions/create', {
    name: 'churn',
    source: `runs:/${id}/plots`,
    run_id: id,
    description: 'the first',
  });
  const { body } = await workspace.engine.json('GET', `/api/2.0/mlflow/runs/get?run_id=${id}`);
  const { artifact_uri: place } = (body as { run: { info: { artifact_uri: string } } }).run.info;
  await post('model-versions/create', { name: 'churn', source: `${place}/plots`, run_id: id });
  await post('model-versions/set-tag', { ...version, key: 'seen', value: 'yes' });
  await post('model-versions/transition-stage', { ...version, stage: 'Staging', archive_existing_versions: 'false' });
  await post('registered-models/alias', { ...version, alias: 'champion' });
}

async function exported(workspace: ImportWorkspace, file: string, ...words: string[]): Promise<Said> {
  const { code, stdout, stderr } = await slipway(['export', file, '--json', ...words], {
    cwd: workspace.engine.workspace,
  });
  return { ...((stdout === '' ? {} : JSON.parse(stdout)) as Said), code, stderr };
}

/** A run without the tags that say from which store it came, and that somebody marked it. */
function withoutSource(run: { tags: Record<string, string> } | undefined): unknown {
  const tags = Object.entries(run?.tags ?? {}).filter(([key]) => !/^slipway\.(source\.|starred$)/.test(key));
  return { ...run, tags: Object.fromEntries(tags) };
}
