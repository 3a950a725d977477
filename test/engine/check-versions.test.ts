// Contracts of datasets: versions are checked through the engine, what came of it is kept, numbers far from earlier versions
// are told, and a batch that breaks its contract is not taken.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, slipway, startEngine } from './engine-process';

let engine: EngineProcess;
const file = (name: string, text: string): void => writeFileSync(join(engine.workspace, name), text);

/** So many rows; `nulls` of them have no delay. */
function flights(rows: number, nulls: number, tail = 'N1'): string {
  return `id,delay,tail\n${Array.from({ length: rows }, (_, row) => `${row},${row < nulls ? '' : row % 50},${tail}`).join('\n')}\n`;
}

const contract = (most: number): string => `apiVersion: v3.1.0
kind: DataContract
id: flights
version: 1.0.0
status: active
schema:
  - name: flights
    properties:
      - { name: id, logicalType: integer, primaryKey: true }
      - { name: delay, quality: [{ metric: nullValues, mustBeLessThan: ${most}, unit: percent }] }
      - { name: tail, relationships: [{ to: planes.tail }] }
`;

const cli = async (...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  slipway(words, { cwd: engine.workspace });

async function check(...words: string[]): Promise<{
  code: number | null;
  report: Record<string, unknown> & {
    checks: { id: string; verdict: string; found: string; note: string | null }[];
    anomalies: Record<string, unknown>[];
  };
}> {
  const { code, stdout, stderr } = await cli('check', ...words, '--json');
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) };
}

const api = () => engine.client.api;

beforeAll(async () => {
  engine = await startEngine();
  file('flights.csv', flights(1000, 10));
  file('flights.odcs.yaml', contract(5));
  await cli('dataset', 'add', 'flights', 'flights.csv', '--contract', 'flights.odcs.yaml');
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('a version', () => {
  it('is checked by its dataset’s contract, and a key in an unknown dataset is no pass', async () => {
    const { code, report } = await check('flights');
    expect([code, report.verdict]).toEqual([2, 'warning']);
    expect(report.checks.find(({ id }) => id === 'tail.foreign-key')).toMatchObject({
      verdict: 'not checked',
      note: expect.stringContaining('planes'),
    });
  });

  it('its keys are looked up in another dataset once there is one', async () => {
    file('planes.csv', 'tail\nN2\n');
    await cli('dataset', 'add', 'planes', 'planes.csv');
    const { report } = await check('flights');
    expect(report.checks.find(({ id }) => id === 'tail.foreign-key')).toMatchObject({
      verdict: 'fail',
      found: '1,000 rows',
    });
    file('planes.csv', 'tail\nN1\n');
    await cli('dataset', 'refresh', 'planes');
    expect((await check('flights')).code).toBe(0);
  });

  it('its result is kept with the digest of the contract', async () => {
    const found = await engine.client.api.datasets.findResult.query({ dataset: 'flights', kind: 'check' });
    expect(found).toMatchObject({
      verdict: 'pass',
      summary: 'All 7 checks pass',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { states } = await engine.client.api.datasets.version.query({ dataset: 'flights' });
    expect(states).toMatchObject([{ kind: 'check', verdict: 'pass' }]);
  });

  it('fails with exit code 1, and shows its bad rows', async () => {
    file('flights.odcs.yaml', contract(1));
    const { code } = await check('flights@latest');
    expect(code).toBe(1);
    const { stdout } = await cli('check', 'flights', '--rows', 'delay.nulls', '--limit', '2', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ total: 10, rows: [{ row: 1 }, { row: 2 }] });
    file('flights.odcs.yaml', contract(5));
  });

  it('checked as another table or for another time, is not kept so', async () => {
    const kept = async (): Promise<unknown> =>
      (await engine.client.api.datasets.findResult.query({ dataset: 'flights', kind: 'check' }))?.value;
    const two = `${contract(5)}  - name: other\n    properties: [{ name: gone, logicalType: integer }]\n`;
    file('flights.odcs.yaml', two);
    expect((await check('flights')).code).toBe(0);
    const before = await kept();
    expect((await check('flights', '--table', 'other')).code).toBe(1);
    expect((await check('flights', '--now', '2000-01-01T00:00:00Z')).code).toBe(0);
    expect(await kept()).toEqual(before);
    const { id } = await engine.client.api.datasets.version.query({ dataset: 'flights' });
    expect((await check('flights', '--table', 'flights')).report.version).toBe(id);
    expect(await kept()).not.toEqual(before);
    file('flights.odcs.yaml', contract(5));
  });

  it('a contract that is wrong, and a dataset without one, are told in one sentence', async () => {
    file('flights.odcs.yaml', contract(5).replace('metric', 'metrik'));
    expect(await cli('check', 'flights')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('flights.odcs.yaml:10:'),
    });
    file('flights.odcs.yaml', contract(5));
    expect(await cli('check', 'planes')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('planes has no contract'),
    });
  });

  it('a draft of it says which version it is from, and the version keeps it', async () => {
    const { stdout } = await cli('check', 'flights', '--infer');
    expect(stdout).toMatch(/^# Drafted from flights@[0-9a-f]{8}: 1000 rows/);
    file('draft.odcs.yaml', stdout);
    expect((await check('flights', '--contract', 'draft.odcs.yaml')).code).toBe(0);
  });
});

describe('the history', () => {
  it('tells what is far from earlier versions, until somebody says it was expected', async () => {
    for (let version = 0; version < 5; version += 1) {
      file('flights.csv', flights(1001 + version, 10 + (version % 3)));
      await cli('dataset', 'refresh', 'flights');
    }
    expect((await check('flights')).report.anomalies).toEqual([]);
    file('flights.csv', flights(400, 18));
    await cli('dataset', 'refresh', 'flights');
    const { code, report } = await check('flights');
    expect([code, report.verdict]).toEqual([2, 'warning']);
    expect(report.anomalies[1]).toMatchObject({ measure: 'nulls', column: 'delay', verdict: 'fail', batches: 6 });
    expect(report.anomalies[0]).toMatchObject({ measure: 'rows', column: null, verdict: 'fail' });
    const { api } = engine.client;
    const { id } = await api.datasets.version.query({ dataset: 'flights' });
    const change = { dataset: 'flights', version: id, measure: 'nulls', column: 'delay', expected: true } as const;
    expect(await api.checks.expect.mutate(change)).toEqual({ ...change, expected: false });
    await api.checks.expect.mutate({ ...change, measure: 'rows', column: null });
    const again = await check('flights');
    expect([again.code, again.report.anomalies.map(({ is_expected }) => is_expected)]).toEqual([0, [true, true]]);
    await api.checks.expect.mutate({ ...change, expected: false });
    // What is kept of the version knows it without a new check.
    const kept = async () => (await api.datasets.version.query({ dataset: 'flights' })).states[0];
    expect(await kept()).toMatchObject({ verdict: 'warning', summary: expect.stringContaining('1 number is far') });
    await api.checks.expect.mutate(change);
    expect(await kept()).toMatchObject({ verdict: 'pass', summary: expect.not.stringContaining('far') });
    await api.checks.expect.mutate({ ...change, expected: false });
    expect((await check('flights')).code).toBe(2);
  });

  it('stands in the history of its dataset, with how many of its numbers nobody expected', async () => {
    const { api } = engine.client;
    const moments = await api.checks.history.query({ dataset: 'flights' });
    const { id } = await api.datasets.version.query({ dataset: 'flights' });
    expect(moments.slice(0, 5).map(({ news, compared }) => [news, compared])).toEqual(
      [0, 1, 2, 3, 4].map((n) => [0, n]),
    );
    expect(moments.at(-1)).toMatchObject({ version: id, news: 1, compared: 6 });
    expect(moments.at(-1)?.anomalies.map(({ measure, isExpected }) => [measure, isExpected])).toEqual([
      ['rows', true],
      ['nulls', false],
    ]);
    expect(await api.checks.history.query({ dataset: 'nobody' })).toEqual([]);
  });

  it('is compared without a contract, and its numbers are expected by command', async () => {
    await api().datasets.describe.mutate({ dataset: 'flights', contract: null });
    const told = await cli('dataset', 'anomalies', 'flights');
    expect([told.code, told.stdout]).toEqual([2, expect.stringContaining('Nulls of delay')]);
    expect(await cli('dataset', 'expected', 'flights', 'nulls', 'dely')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no column dely'),
    });
    expect((await cli('dataset', 'expected', 'flights', 'nulls')).code).toBe(3);
    expect((await cli('dataset', 'expected', 'flights', 'nulls', 'delay')).code).toBe(0);
    expect((await cli('dataset', 'anomalies', 'flights')).code).toBe(0);
    expect((await cli('dataset', 'expected', 'flights', 'nulls', 'delay', '--undo')).code).toBe(0);
    expect((await cli('dataset', 'anomalies', 'flights')).code).toBe(2);
    const few = await cli('dataset', 'anomalies', 'planes');
    expect([few.code, few.stdout]).toEqual([0, expect.stringContaining('it takes 5')]);
  });

  it('tells a category that collapses to one value', async () => {
    for (let version = 0; version < 7; version += 1) {
      const rows = Array.from(
        { length: 200 },
        (_, row) => `${row + version / 10},${version < 6 ? 'abc'[row % 3] : 'a'}`,
      );
      file('kinds.csv', `n,c\n${rows.join('\n')}\n`);
      await cli('dataset', ...(version === 0 ? ['add', 'kinds', 'kinds.csv'] : ['refresh', 'kinds']));
    }
    const told = await cli('dataset', 'anomalies', 'kinds');
    expect([told.code, told.stdout]).toEqual([
      2,
      expect.stringContaining('Different values of c: 1, and 3 in the middle'),
    ]);
  });

  it('says how far it is while it measures versions that nobody has measured', async () => {
    for (let version = 0; version < 6; version += 1) {
      file('plain.csv', flights(300 + version, 10));
      await cli('dataset', ...(version === 0 ? ['add', 'plain', 'plain.csv'] : ['refresh', 'plain']));
    }
    const { checks, datasetPanel, datasets } = api();
    const { id } = await datasets.version.query({ dataset: 'plain' });
    const work = () => datasetPanel.work.query({ dataset: 'plain', version: id, what: 'anomalies' });
    const looked = checks.anomalies.query({ dataset: 'plain' });
    const told = { what: 'Measuring earlier versions', done: expect.any(Number), total: 6 };
    await expect.poll(async () => (await work())?.progress, { interval: 2 }).toMatchObject(told);
    expect((await looked).compared).toBe(5);
    expect(await work()).toBeNull();
  });
});

describe('a batch of a source', () => {
  it('that breaks its contract is not taken, and lies in quarantine', async () => {
    file(
      'batch.odcs.yaml',
      contract(5)
        .replaceAll('flights', 'batch')
        .replace(/.*relationships.*\n/, ''),
    );
    file('made.csv', flights(100, 1));
    const add = [
      'dataset',
      'add',
      'batch',
      '--command',
      'cat made.csv',
      '--format',
      'csv',
      '--contract',
      'batch.odcs.yaml',
    ];
    expect((await cli(...add)).code).toBe(0);
    file('made.csv', flights(100, 50));
    const refused = await cli('dataset', 'refresh', 'batch');
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Nulls of delay: expected < 5 %, found 50 %.'),
    });
    const { items } = await engine.client.api.datasets.versions.query({ dataset: 'batch' });
    expect(items).toHaveLength(1);
    expect(readdirSync(join(engine.workspace, '.slipway/quarantine'))).toHaveLength(1);
    rmSync(join(engine.workspace, '.slipway/quarantine'), { recursive: true, force: true });
  });
});
