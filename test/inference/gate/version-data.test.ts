// What a registered version is judged on beside its rows: contracts and drift of its training data, the words that name another
// model, and the files that rules name.
import { execFileSync } from 'node:child_process';
import { copyFileSync, createReadStream, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { followJob } from '../../../src/client/jobs/job-stream';
import type { RuleResult } from '../../../src/protocol/models/gate/gate-report';
import type { KeptGate } from '../../../src/protocol/models/registry/model-version';
import { type EngineProcess, slipway, startEngine } from '../../engine/engine-process';
import { makeGate } from './gated-folder';

const folder = mkdtempSync(join(tmpdir(), 'slipway-version-data-'));
const models: Record<string, object> = {};
const datasets: Record<string, object> = { flights: { path: 'holdout.csv', key: ['id'], label: 'late' } };
let engine: EngineProcess;

beforeAll(async () => {
  await makeGate(folder);
  execFileSync('git', ['init', '-q'], { cwd: folder });
  write('slipway.yaml', stringify({ version: 1 }));
  engine = await startEngine({ workspace: folder });
}, 180_000);
afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

function writeRules(name: string, gates: object[]): void {
  models[name] = { data: { holdout: 'flights@latest', features: ['age', 'hours', 'rate', 'noise'] }, gates };
  write('slipway.yaml', stringify({ version: 1, datasets, models }));
}

async function ask<T>(...args: string[]): Promise<T> {
  const { stdout, stderr } = await slipway([...args, '--workspace', folder, '--json'], { cwd: folder });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

function gate(name: string, version: string): Promise<KeptGate> {
  const following = { signal: new AbortController().signal, onProgress: () => undefined };
  return followJob<KeptGate>(engine.client, { job: 'model-gate', name, version }, following);
}

/** What the one rule of a model says of a version. */
async function ruled(name: string, version: string): Promise<RuleResult> {
  const [rule] = (await gate(name, version)).report.rules;
  if (rule === undefined) throw new Error('no rule');
  return rule;
}

/** A version of a dataset, whose file comes to hold `rows`. */
async function data(name: string, rows: readonly (readonly unknown[])[], head = 'id,age,hours'): Promise<string> {
  write(`${name}.csv`, `${[head, ...rows.map((row) => row.join(','))].join('\n')}\n`);
  return (await ask<{ version: { id: string } }>('dataset', 'refresh', name)).version.id;
}

/** A version of a model that was trained on these versions of datasets. */
async function trained(name: string, on: readonly (readonly [string, string])[]): Promise<void> {
  const post = (path: string, body: object) => engine.json('POST', `/api/2.0/mlflow/${path}`, body);
  const made = await post('runs/create', { experiment_id: '0' });
  const { run_id, artifact_uri } = (made.body as { run: { info: { run_id: string; artifact_uri: string } } }).run.info;
  await engine.client.putArtifact(run_id, 'model/weak.onnx', createReadStream(join(folder, 'weak.onnx')));
  const inputs = on.map(([dataset, version]) => ({
    tags: [{ key: 'mlflow.data.context', value: 'training' }],
    dataset: {
      name: dataset,
      digest: version.slice(0, 32),
      source_type: 'slipway',
      source: JSON.stringify({ dataset, version }),
    },
  }));
  await post('runs/log-inputs', { run_id, datasets: inputs });
  await post('registered-models/create', { name });
  await post('model-versions/create', { name, source: `${artifact_uri}/model`, run_id });
}

/** A contract with these checks on the column `age`, or none at all, written and bound to a dataset. */
function contract(dataset: string, checks: object | null): void {
  const properties = checks === null ? [] : [{ name: 'age', logicalType: 'number', ...checks }];
  const schema = [{ name: dataset, properties }];
  const head = { apiVersion: 'v3.1.0', kind: 'DataContract', id: dataset, version: '1.0.0', status: 'active' };
  write(`${dataset}.odcs.yaml`, stringify({ ...head, schema }));
  datasets[dataset] = { path: `${dataset}.csv`, contract: `${dataset}.odcs.yaml` };
}

const rows = (count: number, of: (at: number) => unknown[]): unknown[][] =>
  Array.from({ length: count }, (_, at) => [at, ...of(at)]);
const usual = (at: number): unknown[] => [(at * 37) % 101, (at * 53) % 97];
const shifted = (at: number): unknown[] => [(at * 37) % 101, ((at * 53) % 97) + 500];
const range = { quality: [{ metric: 'nullValues', mustBe: 0 }], logicalTypeOptions: { minimum: 0, maximum: 200 } };

describe('a contract that says nothing of the data', () => {
  test('a rule on data passed where checks of severity error could not be checked, or there were none', async () => {
    contract('void', { logicalTypeOptions: { minimum: 0, maximum: 200 } });
    writeRules('unchecked', [{ id: 'kept', kind: 'data' }]);
    const full = await data('void', rows(50, usual));
    const nulls = await data(
      'void',
      rows(50, (at) => ['', at]),
    );
    const empty = await data('void', []);
    for (const version of [full, nulls, empty]) await trained('unchecked', [['void', version]]);
    expect((await ruled('unchecked', '1')).verdict).toBe('pass');
    const untold = await ruled('unchecked', '2');
    expect([untold.verdict, untold.why]).toEqual(['inconclusive', expect.stringContaining('could not be checked: ')]);
    expect((await ruled('unchecked', '3')).verdict).toBe('inconclusive');
    contract('void', null);
    writeRules('unchecked', [{ id: 'kept', kind: 'data' }]);
    const none = await ruled('unchecked', '1');
    expect([none.verdict, none.why]).toEqual(['inconclusive', expect.stringContaining('no check of severity error')]);
  });

  test('training data without a contract were left out as soon as others had one', async () => {
    contract('bound', range);
    datasets.loose = { path: 'loose.csv' };
    writeRules('partly', [{ id: 'kept', kind: 'data' }]);
    const both = [
      ['bound', await data('bound', rows(50, usual))],
      ['loose', await data('loose', rows(50, usual))],
    ] as const;
    await trained('partly', both);
    const found = await ruled('partly', '1');
    expect([found.verdict, found.why]).toEqual(['fail', expect.stringContaining('loose: there is no contract')]);
    writeRules('lenient', [{ id: 'kept', kind: 'data', on_missing: 'warn' }]);
    await trained('lenient', both);
    expect((await ruled('lenient', '1')).verdict).toBe('warn');
  });
});

describe('drift of the training data', () => {
  test('passed with nothing compared, where a dataset had no partner or the first of several versions was the same', async () => {
    for (const name of ['north', 'south', 'west']) datasets[name] = { path: `${name}.csv`, key: 'id' };
    writeRules('drifting', [{ id: 'drifted', kind: 'drift', value: 0.1, against: '1' }]);
    const [north, north2] = [await data('north', rows(900, usual)), await data('north', rows(900, shifted))];
    const south = await data('south', rows(900, usual));
    const west = await data('west', rows(900, usual));
    await trained('drifting', [['north', north]]);
    await trained('drifting', [['north', north]]);
    await trained('drifting', [
      ['north', north],
      ['south', south],
    ]);
    await trained('drifting', [
      ['north', north],
      ['north', north2],
    ]);
    await trained('drifting', [['west', west]]);
    const [half, other] = [await data('north', rows(450, usual)), await data('north', rows(451, shifted))];
    await trained('drifting', [
      ['north', half],
      ['north', other],
    ]);
    const same = await ruled('drifting', '2');
    expect([same.verdict, same.actual, same.why]).toEqual(['pass', 0, 'north is the same version.']);
    const alone = await ruled('drifting', '3');
    expect([alone.verdict, alone.why]).toEqual([
      'inconclusive',
      expect.stringContaining('drifting@1 was not trained on south'),
    ]);
    const grown = await ruled('drifting', '4');
    expect([grown.verdict, grown.n, grown.why]).toEqual(['fail', 2, expect.stringContaining('1 of 2 columns drifted')]);
    expect((await ruled('drifting', '5')).why).toContain('was trained on other datasets');
    // The rows of both versions together are what it was trained on.
    const halves = await ruled('drifting', '6');
    expect([halves.n, halves.why]).toEqual([2, expect.stringContaining('north: 1 of 2 columns drifted.')]);
  });
});

describe('how often rows were looked at', () => {
  test('was told of the holdout alone, and not of the data that a rule names', async () => {
    copyFileSync(join(folder, 'right.csv'), join(folder, 'second.csv'));
    datasets.second = { path: 'second.csv', key: ['id'], label: 'late' };
    writeRules('looked', [
      { id: 'own', kind: 'metric', metric: 'accuracy', op: '>=', value: 0 },
      { id: 'second', kind: 'metric', metric: 'accuracy', op: '>=', value: 0, dataset: 'second@latest' },
      { id: 'again', kind: 'metric', metric: 'f1', op: '>=', value: 0, dataset: 'second@latest' },
    ]);
    await ask('register', 'looked', join(folder, 'strong.onnx'));
    const told = async (): Promise<string[]> => {
      const { notes } = (await gate('looked', '1')).report;
      return notes.filter((note) => note.includes('second@latest'));
    };
    expect(await told()).toEqual(['second@latest was used 1 time to judge a version, this one included.']);
    expect(await told()).toEqual(['second@latest was used 2 times to judge a version, this one included.']);
  });
});

describe('what a version is compared with', () => {
  test('a file of the same name went before the version or alias that a rule names', async () => {
    const rule = { kind: 'signature', severity: 'warn' };
    writeRules('named', [
      { id: 'alias', ...rule, against: 'baseline' },
      { id: 'number', ...rule, against: '1' },
      { id: 'file', ...rule, against: 'fewer.onnx' },
    ]);
    await ask('register', 'named', join(folder, 'weak.onnx'));
    await ask('register', 'named', join(folder, 'strong.onnx'));
    const alias = { name: 'named', alias: 'baseline', version: '1' };
    await engine.json('POST', '/api/2.0/mlflow/registered-models/alias', alias);
    for (const file of ['baseline', '1']) copyFileSync(join(folder, 'fewer.onnx'), join(folder, file));
    const why = ({ rules }: { rules: { why: string }[] }): string[] => rules.map((each) => each.why);
    const told = ['As named@1 has them.', 'As named@1 has them.', expect.stringMatching(/input/)];
    expect(why((await gate('named', '2')).report)).toEqual(told);
    // So does an evaluation that is not kept.
    expect(why(await ask('gate', 'named@2', '--data', 'holdout.csv'))).toEqual(told);
    for (const file of ['baseline', '1']) rmSync(join(folder, file));
  });
});

describe('golden cases of a rule', () => {
  test('what they name could change, and what links of a folder lead to, and nothing was void', async () => {
    const row = [[0.1, 0.2, 0.3, 0.4]];
    mkdirSync(join(folder, 'cases'));
    mkdirSync(join(folder, 'linked'));
    write('cases/row.json', JSON.stringify(row));
    const predict = ['predict', 'weak.onnx', '--input', 'cases/row.json', '--json'];
    const { outputs } = JSON.parse((await slipway(predict, { cwd: folder })).stdout) as { outputs: object };
    write('cases/answer.json', JSON.stringify(outputs));
    const named = { name: 'named', inputFile: 'row.json', expectedFile: 'answer.json' };
    write('cases/named.golden.yaml', stringify({ cases: [named] }));
    write('elsewhere.yaml', stringify({ cases: [{ name: 'linked', input: row, expected: outputs }] }));
    symlinkSync('../elsewhere.yaml', join(folder, 'linked/linked.golden.yaml'));
    const golden = { kind: 'golden', severity: 'block' };
    writeRules('golden', [
      { id: 'file', ...golden, path: 'cases/named.golden.yaml' },
      { id: 'folder', ...golden, path: 'linked' },
    ]);
    await ask('register', 'golden', join(folder, 'weak.onnx'));
    const state = async (): Promise<unknown> => {
      const version = await engine.client.api.registry.version.query({ name: 'golden', version: '1' });
      return version.gate;
    };
    const verdicts = ({ report }: KeptGate): string[] => report.rules.map(({ id, verdict }) => `${id} ${verdict}`);
    expect(verdicts(await gate('golden', '1'))).toEqual(['file pass', 'folder pass']);
    expect(await state()).toBe('pass');
    write('cases/answer.json', JSON.stringify({ ...outputs, label: [7] }));
    expect(await state()).toBe('outdated');
    expect(verdicts(await gate('golden', '1'))).toEqual(['file fail', 'folder pass']);
    write('cases/answer.json', JSON.stringify(outputs));
    expect(verdicts(await gate('golden', '1'))).toEqual(['file pass', 'folder pass']);
    write('elsewhere.yaml', stringify({ cases: [{ name: 'linked', input: row, expected: { label: [7] } }] }));
    expect(await state()).toBe('outdated');
  });

  test('of a version could read what lies outside it, which no digest knew', async () => {
    write('row.json', JSON.stringify([[0.1, 0.2, 0.3, 0.4]]));
    const outside = { name: 'outside', inputFile: '../../../../row.json', expected: { label: [1] } };
    mkdirSync(join(folder, 'a/b/c/d'), { recursive: true });
    copyFileSync(join(folder, 'weak.onnx'), join(folder, 'a/b/c/d/far.onnx'));
    write('a/b/c/d/far.golden.yaml', stringify({ cases: [outside] }));
    writeRules('far', [{ id: 'golden', kind: 'golden' }]);
    await ask('register', 'far', join(folder, 'a/b/c/d/far.onnx'));
    const found = await ruled('far', '1');
    expect([found.verdict, found.why]).toEqual(['fail', expect.stringContaining('stands outside')]);
  });
});
