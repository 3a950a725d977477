// What the panel of a dataset asks of the engine: drift against a reference, kept over a restart, its history, profiles.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineClient } from '../../src/client/engine-client';
import { type EngineProcess, slipway, startEngine } from './engine-process';

let engine: EngineProcess;
const panel = () => new EngineClient(engine).api.datasetPanel;
const records = () => new EngineClient(engine).api.datasets;

/** A thousand rows; delays are `shift` longer. */
function month(shift: number): string {
  const rows = Array.from({ length: 1000 }, (_, row) => `${((row * 37) % 101) + shift},${['UA', 'DL', 'B6'][row % 3]}`);
  return `delay,carrier\n${rows.join('\n')}\n`;
}

async function mlflow<T>(method: string, body: object): Promise<T> {
  const answer = await engine.json('POST', `/api/2.0/mlflow/${method}`, body);
  expect(answer.status).toBe(200);
  return answer.body as T;
}

/** A run that read the dataset and logged these files. */
async function trained(name: string, files: Record<string, string>): Promise<string> {
  const asked = { experiment_id: '0', run_name: name, start_time: Date.now() };
  const { run } = await mlflow<{ run: { info: { run_id: string } } }>('runs/create', asked);
  const { run_id } = run.info;
  const dataset = { name: 'flights', digest: 'abc12345', source_type: 'local', source: '{"uri":"flights.csv"}' };
  await mlflow('runs/log-inputs', { run_id, datasets: [{ dataset, tags: [] }] });
  for (const [path, body] of Object.entries(files)) {
    const url = `${engine.url}/api/2.0/mlflow-artifacts/artifacts/0/${run_id}/artifacts/${path}`;
    const answer = await fetch(url, { method: 'PUT', headers: { authorization: `Bearer ${engine.token}` }, body });
    expect(answer.status).toBe(200);
  }
  return run_id;
}

async function version(shift: number, label: string): Promise<void> {
  writeFileSync(join(engine.workspace, 'flights.csv'), month(shift));
  const words = shift === 0 ? ['add', 'flights', 'flights.csv'] : ['refresh', 'flights'];
  await slipway(['dataset', ...words], { cwd: engine.workspace });
  await records().label.mutate({ dataset: 'flights', label, version: 'latest' });
}

beforeAll(async () => {
  engine = await startEngine();
  await version(0, 'march');
  await version(1, 'april');
  await version(80, 'july');
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('the panel of a dataset', () => {
  it('opens at the newest version; the first is the reference, and has nothing to be measured against', async () => {
    const view = await panel().view.query({ dataset: 'flights' });
    expect(view.version.labels).toEqual(['july']);
    expect(view.versions.map(({ labels }) => labels[0])).toEqual(['july', 'april', 'march']);
    expect(view.drift).toMatchObject({ reference: { labels: ['march'] }, drift: { dataset: { verdict: 'drift' } } });
    expect((await panel().view.query({ dataset: 'flights', version: 'march' })).drift).toBeNull();
    await expect(panel().view.query({ dataset: 'nothing' })).rejects.toThrow(/nothing/);
  });

  it('a batch is measured when it is read: lists tell its drift, against the reference of slipway.yaml too', async () => {
    const cli = (...words: string[]) => slipway(['dataset', ...words], { cwd: engine.workspace });
    const states = async () => (await records().version.query({ dataset: 'batches' })).states;
    writeFileSync(join(engine.workspace, 'batches.csv'), month(0));
    await cli('add', 'batches', 'batches.csv');
    expect(await states()).toEqual([]);
    writeFileSync(join(engine.workspace, 'batches.csv'), month(80));
    const { stdout } = await cli('refresh', 'batches');
    expect(stdout).toContain('Drift: 1 of 2 columns moved from the reference.');
    const [, line = ''] = /`slipway ([^`]+)`/.exec(stdout) ?? [];
    expect(await slipway(line.split(' '), { cwd: engine.workspace })).toMatchObject({ code: 1 });
    expect(await states()).toMatchObject([{ kind: 'drift', verdict: 'drift', summary: '1 of 2 drifted' }]);
    expect((await cli('list')).stdout).toMatch(/batches .* drift\b/);
    const config = join(engine.workspace, 'slipway.yaml');
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace('path: batches.csv', 'path: batches.csv\n    reference: last:1'));
    writeFileSync(join(engine.workspace, 'batches.csv'), month(81));
    expect((await cli('refresh', 'batches')).stdout).not.toContain('Drift');
    expect(await states()).toMatchObject([{ kind: 'drift', verdict: 'no drift' }]);
    writeFileSync(config, before);
  });

  it('drift is measured once, kept, and there after a restart', async () => {
    const measured = await panel().measureDrift.mutate({ dataset: 'flights', version: 'july' });
    expect(measured.drift?.columns.find(({ column }) => column === 'delay')).toMatchObject({ verdict: 'drift' });
    expect(measured.drift?.columns.find(({ column }) => column === 'carrier')).toMatchObject({ verdict: 'no drift' });
    const { workspace } = engine;
    await engine.end('SIGKILL');
    engine = await startEngine({ workspace });
    const { version: july, drift } = await panel().view.query({ dataset: 'flights' });
    expect(drift?.drift).toEqual(measured.drift);
    expect(july.states).toContainEqual(expect.objectContaining({ kind: 'drift', summary: '1 of 2 drifted' }));
  });

  it('the history has what was measured, of the columns that are asked for', async () => {
    const asked = { dataset: 'flights', columns: ['delay'] };
    const before = await panel().driftHistory.query(asked);
    expect(before.reference?.labels).toEqual(['march']);
    expect(before.moments.map(({ labels, drifted }) => [labels[0], drifted])).toEqual([
      ['april', { columns: 2, drift: 0, small: 0 }],
      ['july', { columns: 2, drift: 1, small: 0 }],
    ]);
    await panel().measureDrift.mutate({ dataset: 'flights', version: 'april' });
    const { moments } = await panel().driftHistory.query(asked);
    expect(moments.map(({ columns }) => Object.keys(columns ?? {}))).toEqual([['delay'], ['delay']]);
    expect(moments[0]?.columns?.delay?.verdict).toBe('no drift');
  });

  it('another reference is another measure; the label makes it that of the dataset', async () => {
    const against = await panel().view.query({ dataset: 'flights', version: 'july', reference: 'april' });
    expect(against.drift).toMatchObject({ reference: { labels: ['april'] }, drift: null });
    await records().label.mutate({ dataset: 'flights', label: 'reference', version: 'april' });
    const { drift } = await panel().view.query({ dataset: 'flights', version: 'march' });
    expect(drift?.reference.labels.sort()).toEqual(['april', 'reference']);
    await records().label.mutate({ dataset: 'flights', label: 'reference', version: null });
    expect((await panel().view.query({ dataset: 'flights' })).drift?.reference.labels).toEqual(['march']);
  });

  it('the declared key is no matter of drift, also of what was measured before', async () => {
    const config = join(engine.workspace, 'slipway.yaml');
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace('path: flights.csv', 'path: flights.csv\n    key: delay'));
    await expect.poll(async () => (await panel().view.query({ dataset: 'flights' })).drift?.drift).toBeNull();
    const { drift } = await panel().measureDrift.mutate({ dataset: 'flights', version: 'july' });
    expect(drift?.skipped).toEqual([{ column: 'delay', reason: 'is the key of the dataset', isLost: false }]);
    expect(drift?.dataset).toMatchObject({ columns: 1, verdict: 'no drift' });
    writeFileSync(config, before);
    await expect.poll(async () => (await panel().view.query({ dataset: 'flights' })).drift?.drift).not.toBeNull();
  });

  it('several versions are one reference, of all their rows: in the panel, its history and on the command line', async () => {
    const drift = async (...args: string[]) => {
      const told = await slipway(['drift', ...args, '--json'], { cwd: engine.workspace });
      return told.stdout === '' ? told.stderr : (JSON.parse(told.stdout) as { columns: unknown[] }).columns;
    };
    writeFileSync(join(engine.workspace, 'both.csv'), month(1) + month(0).split('\n').slice(1).join('\n'));
    const expected = await drift('both.csv', 'flights@july');
    expect(await drift('flights@april,flights@march', 'flights@july')).toEqual(expected);
    expect(await drift('flights@july', '--reference', 'last:2')).toEqual(expected);
    const asked = { dataset: 'flights', version: 'july', reference: 'last:2' };
    const measured = await panel().measureDrift.mutate(asked);
    expect(measured).toMatchObject({ asked: 'last:2', references: [{ labels: ['april'] }, { labels: ['march'] }] });
    expect(measured.drift?.columns[0]?.reference.rows).toBe(2000);
    expect((await panel().view.query(asked)).drift?.drift).toEqual(measured.drift);
    expect((await panel().driftColumn.query({ ...asked, column: 'delay' })).numbers?.histogram.reference).toHaveLength(
      30,
    );
    const { moments } = await panel().driftHistory.query({ dataset: 'flights', reference: 'last:2' });
    expect(moments.map(({ labels, drifted }) => [labels[0], drifted?.drift])).toEqual([
      // Of the one version before it, which was measured above.
      ['april', 0],
      ['july', 1],
    ]);
    const april = await panel().measureDrift.mutate({ ...asked, version: 'april' });
    expect(april.drift?.columns[0]?.reference.rows).toBe(1000);
  });

  it('a reference of several versions that cannot be is refused in a sentence', async () => {
    const refused = async (...args: string[]) =>
      (await slipway(['drift', ...args], { cwd: engine.workspace })).stderr.trim();
    expect(await refused('flights@march', '--reference', 'last:2')).toMatch(/has no version before it/);
    expect(await refused('both.csv', '--reference', 'last:2')).toMatch(/is of a dataset/);
    expect(await refused('flights@july', '--reference', 'last:0')).toMatch(/from 1 to 50/);
    expect(await refused('flights@july')).toMatch(/^slipway: Name the reference/);
    expect(await refused('flights@march', 'flights@july', '--reference', 'last:2')).toMatch(/two references/);
    expect(await refused('flights@march,weather@x', 'flights@july')).toMatch(/flights and weather are two/);
    const first = { dataset: 'flights', version: 'march', reference: 'last:2' };
    expect((await panel().view.query(first)).drift).toBeNull();
    await expect(panel().measureDrift.mutate(first)).rejects.toThrow(/no version before it/);
    await expect(panel().view.query({ ...first, reference: 'last:none' })).rejects.toThrow(/from 1 to 50/);
  });

  it('slipway.yaml says which reference and what a column counts, until a version has the label', async () => {
    const config = join(engine.workspace, 'slipway.yaml');
    const before = readFileSync(config, 'utf8');
    const said = 'path: flights.csv\n    reference: last:1\n    weights: { carrier: 3, delay: 1 }';
    writeFileSync(config, before.replace('path: flights.csv', said));
    const view = async () => panel().view.query({ dataset: 'flights', version: 'july' });
    await expect.poll(async () => (await view()).drift?.asked).toBe('last:1');
    expect((await view()).drift?.reference.labels).toEqual(['april']);
    const { stdout } = await slipway(['drift', 'flights@march', 'flights@july'], { cwd: engine.workspace });
    expect(stdout).toMatch(/^delay +25 % +/m);
    writeFileSync(config, before.replace('path: flights.csv', said.replace('last:1', '[march, april]')));
    await expect
      .poll(async () => (await view()).drift?.references.map(({ labels }) => labels[0]))
      .toEqual(['april', 'march']);
    expect((await panel().view.query({ dataset: 'flights', version: 'april' })).drift).toBeNull();
    const wrong = before.replace('path: flights.csv', said.replace('last:1', '[march, may]'));
    writeFileSync(config, wrong);
    const sentence =
      /^slipway\.yaml measures the drift of flights against march,may\. flights has no version or label may\./;
    await expect.poll(() => view().catch(({ message }: Error) => message)).toMatch(sentence);
    expect(
      (await panel().view.query({ dataset: 'flights', version: 'july', reference: 'march' })).drift,
    ).not.toBeNull();
    await records().label.mutate({ dataset: 'flights', label: 'reference', version: 'march' });
    expect((await view()).drift?.reference.labels).toContain('march');
    await records().label.mutate({ dataset: 'flights', label: 'reference', version: null });
    writeFileSync(config, before);
    await expect.poll(async () => (await view()).drift?.reference.labels).toEqual(['march']);
  });

  it('a column has its distributions and its largest gap', async () => {
    const asked = { dataset: 'flights', version: 'july', reference: 'march' };
    const delay = await panel().driftColumn.query({ ...asked, column: 'delay' });
    expect(delay.numbers?.gap.distance).toBeGreaterThan(0.7);
    expect(delay.numbers?.histogram.current.reduce((sum, count) => sum + count, 0)).toBe(1000);
    const carrier = await panel().driftColumn.query({ ...asked, column: 'carrier' });
    expect(carrier.categories?.values).toHaveLength(3);
  });

  it('a profile is made when that is asked, and then kept', async () => {
    const asked = { dataset: 'flights', version: 'july' };
    expect((await panel().measureProfile.mutate({ ...asked, make: false })).profile).toBeNull();
    const made = await panel().measureProfile.mutate(asked);
    expect(made.profile?.columns.map(({ name }) => name)).toEqual(['delay', 'carrier']);
    const kept = await panel().measureProfile.mutate({ ...asked, make: false });
    expect(kept).toEqual({ ...made, time: kept.time });
    expect(await panel().work.query({ ...asked, what: 'profile' })).toBeNull();
  });

  it('a run that read a version is counted as its user', async () => {
    await slipway(['run', '--input', 'flights.csv', '--', 'true'], { cwd: engine.workspace });
    const { versions, users } = await panel().view.query({ dataset: 'flights' });
    expect(users).toHaveLength(1);
    const ids = versions.map(({ id }) => id);
    const uses = await panel().uses.query({ dataset: 'flights', ids });
    expect(ids.map((id) => uses[id])).toEqual([1, 0, 0]);
  });

  it('what is made from a version is told beside its runs', async () => {
    const query = 'SELECT carrier, avg(delay) AS delay FROM flights GROUP BY carrier';
    await slipway(['dataset', 'add', 'late', '--query', query], { cwd: engine.workspace });
    expect((await panel().view.query({ dataset: 'flights', version: 'july' })).feeds).toEqual(['late']);
    expect((await panel().view.query({ dataset: 'flights', version: 'march' })).feeds).toEqual([]);
    expect(await panel().view.query({ dataset: 'late' })).toMatchObject({ feeds: [], users: [] });
  });

  it('what a column counts is read from the run that made the champion, with the name of its file', async () => {
    const older = await trained('first', {
      'feature_importance_gain.json': '{"delay":1,"onehot__carrier_UA":2,"onehot__carrier_DL":1}',
    });
    const known = async () => (await panel().view.query({ dataset: 'flights', version: 'july' })).weights;
    expect((await known()).source).toEqual({
      runId: older,
      run: 'first',
      file: 'feature_importance_gain.json',
      model: null,
    });
    await trained('second', {
      'importances.json': 'no JSON',
      'model/feature_importance.csv': ',feature,importance\n0,delay,0.9\n1,carrier,-0.1\n',
    });
    expect(await known()).toMatchObject({
      weights: { delay: 0.9, carrier: 0 },
      source: { run: 'second', file: 'model/feature_importance.csv' },
    });
    await mlflow('registered-models/create', { name: 'late' });
    await mlflow('model-versions/create', { name: 'late', source: `runs:/${older}/model`, run_id: older });
    await mlflow('registered-models/alias', { name: 'late', alias: 'champion', version: '1' });
    expect((await known()).source).toMatchObject({ run: 'first', model: 'late/1, champion' });
    const { stdout } = await slipway(['drift', 'flights@march', 'flights@july'], { cwd: engine.workspace });
    expect(stdout).toMatch(/^carrier +75 % +/m);
    expect(stdout).toContain('Weights are feature_importance_gain.json of run first (late/1, champion).');
  });
});
