// Where data came from and what was made of it, over recorded runs, MLflow's inputs, DVC's stages and the registry.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lineage } from '../../src/protocol/datasets/lineage';
import { cli, type EngineProcess, node, startEngine } from './engine-process';

let engine: EngineProcess;

beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

function slipway(...args: string[]): string {
  return execFileSync(node, [cli, ...args], {
    cwd: engine.workspace,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function write(path: string, text: string): void {
  const place = join(engine.workspace, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** Registers a dataset; the id of its version in a lineage. */
function register(name: string, path: string): string {
  const { version } = JSON.parse(slipway('dataset', 'add', name, path, '--json')) as { version: { id: string } };
  return `${name}@${version.id}`;
}

function record(...args: string[]): string {
  return (JSON.parse(slipway('run', '--json', ...args)) as { run_id: string }).run_id;
}

/** A run over REST that logged a dataset with that source. */
async function logged(name: string, source: object): Promise<string> {
  const started = await engine.json('POST', '/api/2.0/mlflow/runs/create', {
    experiment_id: '0',
    start_time: Date.now(),
  });
  const { run_id } = (started.body as { run: { info: { run_id: string } } }).run.info;
  const dataset = { name, digest: 'abc12345', source_type: 'local', source: JSON.stringify(source) };
  const tags = [{ key: 'mlflow.data.context', value: 'training' }];
  const said = await engine.json('POST', '/api/2.0/mlflow/runs/log-inputs', { run_id, datasets: [{ dataset, tags }] });
  expect(said.status).toBe(200);
  return run_id;
}

const lineageOf = (kind: 'source' | 'version' | 'run' | 'model' | 'stage', id: string): Promise<Lineage> =>
  engine.client.api.workspace.lineage.query({ kind, id });

const allArrows = ({ edges }: Lineage): string[] =>
  edges.map(({ from, to, by, how }) => `${from.id} -> ${to.id} (${by}, ${how})`).sort();

/** But those from the paths that slipway.yaml names. */
const arrows = (lineage: Lineage): string[] => allArrows(lineage).filter((arrow) => !arrow.endsWith('slipway.yaml)'));

describe('lineage', () => {
  it('of recorded runs goes by content, both ways, and over the name of a file to the dataset that lies there', async () => {
    write('raw.csv', 'a\n1\n');
    write('twin.csv', 'a\n2\n');
    const [raw, twin] = [register('raw', 'raw.csv'), register('twin', 'twin.csv')];
    const cleaning = record('--input', 'raw.csv', '--output', 'clean.csv', '--', 'cp', 'twin.csv', 'clean.csv');
    const clean = register('clean', 'clean.csv');
    const training = record('--input', 'clean.csv', '--', 'true');
    const expected = [
      `${raw} -> ${cleaning} (content, --input)`,
      `${cleaning} -> ${clean} (content, --output)`,
      `${clean} -> ${training} (content, --input)`,
    ].sort();
    expect(arrows(await lineageOf('version', clean))).toEqual(expected);
    expect(arrows(await lineageOf('version', raw))).toEqual(expected);
    expect(arrows(await lineageOf('run', training))).toEqual(expected);
    expect(arrows(await lineageOf('version', twin))).toEqual([]);
  });

  it('begins at the path that slipway.yaml names, unless a run or a stage wrote what lies there', async () => {
    write('raw.csv', 'a\n1\n');
    const raw = register('raw', 'raw.csv');
    slipway('dataset', 'label', 'raw@latest', '2013-04');
    write('twin.csv', 'a\n3\n');
    record('--input', 'raw.csv', '--output', 'clean.csv', '--', 'cp', 'twin.csv', 'clean.csv');
    const made = register('clean', 'clean.csv');
    expect(allArrows(await lineageOf('version', made)).filter((arrow) => arrow.startsWith('clean.csv'))).toEqual([]);
    write('clean.csv', 'a\n5\n');
    const other = `clean@${(JSON.parse(slipway('dataset', 'refresh', 'clean', '--json')) as { version: { id: string } }).version.id}`;
    const seen = await lineageOf('version', raw);
    expect(allArrows(seen)).toContain(`raw.csv -> ${raw} (declared, slipway.yaml)`);
    expect(seen.nodes.find(({ kind }) => kind === 'version')).toMatchObject({
      name: 'raw@2013-04',
      detail: `${raw.slice(4, 11)} · 1 row`,
    });
    expect(allArrows(await lineageOf('version', other))).toEqual([`clean.csv -> ${other} (declared, slipway.yaml)`]);
    expect(allArrows(await lineageOf('source', 'clean.csv'))).toEqual([
      `clean.csv -> ${other} (declared, slipway.yaml)`,
    ]);
    const told = slipway('dataset', 'lineage', 'raw@2013-04');
    expect(told).toContain('Came from\n  source raw.csv');
    expect(told.split('\n')[0]).toMatch(/^version raw@2013-04: [0-9a-f]{7} · 1 row$/);
  });

  it('of bytes that are no version says so and draws no arrow', async () => {
    write('data.csv', 'a\n1\n');
    const before = register('data', 'data.csv');
    write('data.csv', 'a\n2\n');
    const run = record('--input', 'data.csv', '--', 'true');
    const seen = await lineageOf('run', run);
    expect(seen.edges).toEqual([]);
    expect(seen.unknown).toContain('data.csv, as a run had it, is no known version of data: its bytes are others.');
    expect(arrows(await lineageOf('version', before))).toEqual([]);
  });

  it("of MLflow's inputs goes by the source's path or the name, to the version of that time", async () => {
    write('flights.csv', 'a\n1\n');
    const first = register('flights', 'flights.csv');
    const runs = [
      await logged('anything', { uri: join(engine.workspace, 'flights.csv') }),
      await logged('else', { uri: 'flights.csv' }),
      await logged('flights', { tags: {} }),
    ];
    const stranger = await logged('other', { uri: 's3://bucket/flights.csv' });
    write('flights.csv', 'a\n2\n');
    slipway('dataset', 'refresh', 'flights');
    const seen = await lineageOf('version', first);
    const by = ['path', 'path', 'name'];
    expect(arrows(seen)).toEqual(runs.map((run, at) => `${first} -> ${run} (${by[at]}, log_input (training))`).sort());
    expect((await lineageOf('run', stranger)).edges).toEqual([]);
  });

  it('of a logged name and a path that are two datasets goes to both', async () => {
    write('jan.csv', 'a\n1\n');
    const jan = register('jan', 'jan.csv');
    const made = JSON.parse(
      slipway('dataset', 'add', 'cmd', '--command', 'cat jan.csv', '--format', 'csv', '--json'),
    ) as { version: { id: string } };
    const cmd = `cmd@${made.version.id}`;
    const run = await logged('cmd', { uri: 'jan.csv' });
    expect(arrows(await lineageOf('version', cmd))).toContain(`${cmd} -> ${run} (name, log_input (training))`);
    expect(arrows(await lineageOf('version', jan))).toContain(`${jan} -> ${run} (path, log_input (training))`);
  });

  it('of one file of a folder or a pattern goes to the version that holds it', async () => {
    for (const name of ['data/1', 'data/2', 'more/1', 'more/2']) write(`${name}.csv`, `a\n"${name}"\n`);
    for (const data of [register('folder', 'data'), register('pattern', 'more/*.csv')]) {
      const file = data.startsWith('folder') ? 'data/2.csv' : 'more/2.csv';
      const run = record('--input', file, '--', 'true');
      const arrow = `${data} -> ${run} (content, --input of one file)`;
      expect(arrows(await lineageOf('version', data))).toEqual([arrow]);
      expect(arrows(await lineageOf('run', run))).toEqual([arrow]);
    }
  });

  it('of a folder above a dataset, or a run from before it was known, is not made up', async () => {
    write('data/flights.csv', 'a\n1\n');
    const before = await logged('x', { uri: 'data/flights.csv' });
    const first = register('flights', 'data/flights.csv');
    const above = await logged('y', { uri: 'data' });
    expect(arrows(await lineageOf('version', first))).toEqual([]);
    expect((await lineageOf('run', above)).edges).toEqual([]);
    expect((await lineageOf('run', before)).unknown).toEqual([
      'flights was read for the first time after a run that logged it had begun.',
    ]);
  });

  it('follows links to the file', async () => {
    write('data/flights.csv', 'a\n1\n');
    const flights = register('flights', 'data/flights.csv');
    symlinkSync('data/flights.csv', join(engine.workspace, 'link.csv'));
    const run = await logged('x', { uri: 'link.csv' });
    expect(arrows(await lineageOf('run', run))).toEqual([`${flights} -> ${run} (path, log_input (training))`]);
  });

  it('of a run that named nothing says that it did', async () => {
    const run = record('--name', 'silent', '--', 'true');
    expect((await lineageOf('run', run)).unknown).toEqual(['silent named none of the data it read.']);
  });

  it('goes on to the model versions that a run became', async () => {
    write('data.csv', 'a\n1\n');
    const data = register('data', 'data.csv');
    const run = record('--input', 'data.csv', '--', 'true');
    await engine.json('POST', '/api/2.0/mlflow/registered-models/create', { name: 'late-arrival' });
    await engine.json('POST', '/api/2.0/mlflow/model-versions/create', {
      name: 'late-arrival',
      source: 's3://bucket/model',
      run_id: run,
    });
    const expected = [`${data} -> ${run} (content, --input)`, `${run} -> late-arrival/1 (declared, registered)`].sort();
    expect(arrows(await lineageOf('version', data))).toEqual(expected);
    const model = await lineageOf('model', 'late-arrival/1');
    expect(arrows(model)).toEqual(expected);
    expect(model.nodes.find(({ kind }) => kind === 'model')?.name).toBe('late-arrival v1');
  });

  it('of a stage in dvc.yaml goes by what its lock says of the contents', async () => {
    write('in.csv', 'a\n1\n');
    write('sub/out.csv', 'a\n2\n');
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    mkdirSync(join(engine.workspace, '.dvc'));
    const entry = (path: string, text: string): string =>
      `    - {path: ${path}, hash: md5, md5: ${md5(text)}, size: 4}\n`;
    write(
      'dvc.lock',
      `schema: '2.0'\nstages:\n  clean:\n    cmd: python clean.py\n    deps:\n${entry('in.csv', 'a\n1\n')}    outs:\n${entry('sub/out.csv', 'a\n2\n')}`,
    );
    const [source, made] = [register('source', 'in.csv'), register('made', 'sub/out.csv')];
    const seen = await lineageOf('version', made);
    expect(arrows(seen)).toEqual(
      [`${source} -> dvc.yaml:clean (content, dvc.lock)`, `dvc.yaml:clean -> ${made} (content, dvc.lock)`].sort(),
    );
    expect(seen.nodes.find(({ kind }) => kind === 'stage')).toMatchObject({ name: 'clean', detail: 'python clean.py' });
    rmSync(join(engine.workspace, 'dvc.lock'));
    expect(arrows(await lineageOf('version', made))).toEqual([]);
  });

  it('knows the stages of a DVC repository within the workspace', async () => {
    write('team/data/in.csv', 'a\n1\n');
    write('team/data/out.csv', 'a\n2\n');
    mkdirSync(join(engine.workspace, 'team/.dvc'));
    const entry = (path: string, text: string): string =>
      `    - {path: ${path}, hash: md5, md5: ${createHash('md5').update(text).digest('hex')}, size: 4}\n`;
    const lock = `schema: '2.0'\nstages:\n  clean:\n    cmd: ./clean\n    deps:\n${entry('data/in.csv', 'a\n1\n')}    outs:\n${entry('data/out.csv', 'a\n2\n')}`;
    write('team/dvc.lock', lock);
    const [source, made] = [register('source', 'team/data/in.csv'), register('made', 'team/data/out.csv')];
    expect(arrows(await lineageOf('version', made))).toEqual(
      [
        `${source} -> team/dvc.yaml:clean (content, dvc.lock)`,
        `team/dvc.yaml:clean -> ${made} (content, dvc.lock)`,
      ].sort(),
    );
  });
});

describe('the search over everything', () => {
  it('finds datasets, versions by label, runs and models, what is called so first', async () => {
    write('late.csv', 'a\n1\n');
    const version = register('late', 'late.csv');
    slipway('dataset', 'label', 'late@latest', '2013_04');
    record('--name', 'too-late', '--', 'true');
    await engine.json('POST', '/api/2.0/mlflow/registered-models/create', {
      name: 'arrival',
      description: 'is it late',
    });
    await engine.json('POST', '/api/2.0/mlflow/model-versions/create', {
      name: 'arrival',
      source: 's3://bucket/model',
    });
    const find = (text: string) => engine.client.api.workspace.search.query({ text });
    expect((await find('LATE')).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'dataset late',
      'run too-late',
      'model arrival v1',
    ]);
    expect((await find('2013_04')).map(({ kind, id }) => `${kind} ${id}`)).toEqual([`version ${version}`]);
    // An underscore stands for itself.
    expect(await find('2013-04')).toEqual([]);
    expect((await find(version.slice(5, 15))).map(({ id }) => id)).toEqual([version]);
  });
});
