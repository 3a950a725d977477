// The gate of a registered version as its engine runs it: judged by the bytes on the disk, kept with its evidence, or not at all.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { followJob } from '../../../src/client/jobs/job-stream';
import type { KeptGate } from '../../../src/protocol/models/registry/model-version';
import { type EngineProcess, slipway, startEngine } from '../../engine/engine-process';
import { makeGate } from './gated-folder';

const folder = mkdtempSync(join(tmpdir(), 'slipway-version-gate-'));
let engine: EngineProcess;

beforeAll(async () => {
  await makeGate(folder);
  writeRules([{ id: 'size', kind: 'size', value: 100 }], 'nobody');
  engine = await startEngine({ workspace: folder });
}, 180_000);
afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true });
});

type Rules = object[];

function writeRules(gates: Rules, name = 'delay', holdout = 'flights@latest'): void {
  const data = { holdout, features: ['age', 'hours', 'rate', 'noise'] };
  const datasets = {
    flights: { path: 'holdout.csv', key: ['id'], label: 'late' },
    halves: { path: 'halves', key: ['id'], label: 'late' },
    past: { path: 'past.csv', key: ['id'], contract: 'past.odcs.yaml' },
  };
  writeFileSync(
    join(folder, 'slipway.yaml'),
    stringify({ version: 1, datasets, models: { ...known, [name]: { data, gates } } }),
  );
  known[name] = { data, gates };
}
const known: Record<string, object> = {};

async function ask<T>(...args: string[]): Promise<T> {
  const { stdout, stderr } = await slipway([...args, '--workspace', folder, '--json'], { cwd: folder });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

const post = (path: string, body: object) => engine.json('POST', `/api/2.0/mlflow/${path}`, body);

interface Said {
  onProgress?(what: string): void;
  signal?: AbortSignal;
}

function gate(name: string, version: string, { onProgress, signal }: Said = {}): Promise<KeptGate> {
  const following = {
    signal: signal ?? new AbortController().signal,
    onProgress: ({ what }: { what: string }) => onProgress?.(what),
  };
  return followJob<KeptGate>(engine.client, { job: 'model-gate', name, version }, following);
}

const verdicts = ({ report }: KeptGate): string[] => report.rules.map(({ id, verdict }) => `${id} ${verdict}`);

/** What is recorded of gates of that model. */
async function recorded(name: string): Promise<Record<string, unknown>[]> {
  const { items } = await engine.client.api.audit.list.query({ subject: name, limit: 100 });
  return items.filter(({ action }) => action === 'gate run').map(({ detail }) => detail);
}

const leftOver = (): string[] => readdirSync(join(folder, '.slipway/gates'));
const content = (sha256: string): string => join(folder, '.slipway/objects', sha256.slice(0, 2), sha256.slice(2));
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('the gate of a registered version', () => {
  test('reads a holdout that nobody has read yet; one that is not there is an error, and no verdict is kept', async () => {
    const gates = [{ id: 'floor', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.6 }];
    writeRules(gates, 'unread');
    await ask('register', 'unread', join(folder, 'weak.onnx'));
    // Over files a workspace that has not read it knows no less than a folder without one.
    const file = await slipway(['gate', 'weak.onnx', '--model', 'unread', '--json'], { cwd: folder });
    expect([file.code, JSON.parse(file.stdout).verdict]).toEqual([0, 'pass']);
    expect((await gate('unread', '1')).report).toMatchObject({ verdict: 'pass', data: { rows: 2000 } });

    writeRules(gates, 'lost', 'flights@2013-13');
    await ask('register', 'lost', join(folder, 'weak.onnx'));
    await expect(gate('lost', '1')).rejects.toThrow(
      'There is no holdout flights@2013-13: flights has no version or label',
    );
    expect(await recorded('lost')).toEqual([]);
  });

  test('is kept with its predictions, its evidence and a record that names it', async () => {
    writeRules([{ id: 'floor', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.6 }]);
    const { run_id } = await ask<{ run_id: string }>('register', 'delay', join(folder, 'weak.onnx'));
    const { code, stdout } = await slipway(['gate', 'delay@1'], { cwd: folder });
    expect([code, stdout]).toEqual([0, expect.stringContaining('This is kept with delay@1, the predictions as')]);
    expect(stdout).toContain('flights@latest was used 2 times to judge a version');

    const kept = await gate('delay', 'latest');
    expect(kept.report.notes.join(' ')).toContain('used 3 times');
    expect(kept.predictions?.runId).toBe(run_id);
    const path = kept.predictions?.path ?? '';
    const rows = await engine.fetch(`/get-artifact?run_id=${run_id}&path=${path}`);
    expect([
      rows.status,
      Buffer.from(await rows.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ]).toEqual([200, 'PAR1']);

    const [newest] = await recorded('delay');
    const text = readFileSync(content(String(newest?.evidence)), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      model: { name: 'delay', version: '1', files: [{ path: 'weak.onnx', sha256: kept.report.sha256 }] },
      datasets: [{ name: 'flights@latest', sha256: kept.report.data?.version, rows: 2000 }],
      results: [{ name: 'floor', status: 'pass', actual: kept.report.rules[0]?.actual }],
      env: { ort: expect.stringMatching(/^\d/), node: expect.any(String) },
    });
    expect(leftOver()).toEqual([]);
  });

  test('with another table or model chosen it tells that nothing is kept', async () => {
    const before = (await recorded('delay')).length;
    const { stdout } = await slipway(['gate', 'delay@1', '--data', 'holdout.csv'], { cwd: folder });
    expect(stdout).toContain('Nothing of it is kept');
    expect(await recorded('delay')).toHaveLength(before);
  });

  test('knows what only a workspace knows: contracts, drift, predictions of the framework, questions for people', async () => {
    writeRules(
      [
        { id: 'contract', kind: 'data' },
        { id: 'drifted', kind: 'drift', value: 0.1, against: '1' },
        { id: 'parity', kind: 'parity' },
        { id: 'better', kind: 'delta', metric: 'roc_auc', against: 'weak.onnx' },
        { id: 'question', kind: 'manual', value: 'Is the drop in May known?' },
      ],
      'facts',
    );
    const contract = {
      ...{ apiVersion: 'v3.1.0', kind: 'DataContract', id: 'past', version: '1.0.0', status: 'active' },
      schema: [{ name: 'past', properties: [{ name: 'age', logicalType: 'number', required: true }] }],
    };
    writeFileSync(join(folder, 'past.odcs.yaml'), stringify(contract));
    const [head = '', ...rows] = readFileSync(join(folder, 'holdout.csv'), 'utf8').trim().split('\n').slice(0, 1500);
    const register = (model: string): Promise<{ run_id: string }> =>
      ask('register', 'facts', join(folder, model), '--data', 'past@latest');
    writeFileSync(join(folder, 'past.csv'), `${[head, ...rows].join('\n')}\n`);
    await ask('dataset', 'refresh', 'past');
    await register('weak.onnx');
    expect(verdicts(await gate('facts', '1'))).toEqual([
      ...['contract pass', 'drifted fail', 'parity fail', 'better fail', 'question inconclusive'],
    ]);
    // A file that a rule names lies beside slipway.yaml, wherever the command was typed.
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const other = ['gate', 'facts@1', '--data', '../holdout.csv', '--json'];
    const { rules } = JSON.parse((await slipway(other, { cwd: elsewhere })).stdout);
    expect(rules.find(({ id }: { id: string }) => id === 'better')).toMatchObject({ verdict: 'fail', n: 2000 });

    const shifted = rows.map((row, at) => {
      const [id, age, hours, ...others] = row.split(',');
      return [id, at === 7 ? '' : age, Number(hours) + 2, ...others].join(',');
    });
    writeFileSync(join(folder, 'past.csv'), `${[head, ...shifted].join('\n')}\n`);
    await ask('dataset', 'refresh', 'past');
    const { run_id } = await register('strong.onnx');
    await engine.client.putArtifact(run_id, 'predictions.csv', createReadStream(join(folder, 'framework.csv')));
    const after = await gate('facts', '2');
    expect(verdicts(after)).toEqual([
      ...['contract fail', 'drifted fail', 'parity pass', 'better pass', 'question inconclusive'],
    ]);
    expect(after.report.rules[1]?.why).toMatch(/^past: 1 of \d columns drifted\./);
    expect(after.report.rules[4]?.why).toContain('slipway waive facts@2 question');
    const answer = ['waive', 'facts@2', 'question', '--reason', 'A strike: it is.', '--until', '30d'];
    const email = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.email', GIT_CONFIG_VALUE_0: 'ben@example.com' };
    expect((await slipway(answer, { cwd: folder, env: email })).stderr).toBe('');
    const answered = (await gate('facts', '2')).report.rules[4];
    expect([answered?.verdict, answered?.why]).toEqual(['pass', 'ben@example.com: A strike: it is.']);
    // What a rule names beside slipway.yaml is part of what was judged.
    writeFileSync(join(folder, 'past.odcs.yaml'), stringify({ ...contract, version: '1.0.1' }));
    expect((await gate('facts', '2')).digest).not.toBe(after.digest);
  });

  const slow = [
    { id: 'floor', kind: 'metric', metric: 'roc_auc', op: '>=', value: 0.6 },
    { id: 'speed', kind: 'latency', quantile: 0.95, value: 1000, unit: 'ms', batch: 1000 },
  ];

  test('a model that changes while it is judged keeps nothing, and an edited one is judged as it is', async () => {
    writeRules(slow, 'edited');
    copyFileSync(join(folder, 'silent.onnx'), join(folder, 'edited.onnx'));
    await ask('register', 'edited', join(folder, 'edited.onnx'));
    const place = content(hashOf(readFileSync(join(folder, 'edited.onnx'))));
    const bytes = readFileSync(place);
    const changed = Buffer.concat([bytes, Buffer.from([0x72, 0x00])]);
    /** Judges it while other bytes come to lie there. */
    const judgedWhile = async (file: string, bytesThen: Buffer, name = 'edited'): Promise<KeptGate> => {
      let isChanged = false;
      return gate(name, '1', {
        onProgress: (what) => {
          if (!isChanged && what.startsWith('Rule')) writeFileSync(file, bytesThen);
          isChanged ||= what.startsWith('Rule');
        },
      });
    };
    await expect(judgedWhile(place, changed)).rejects.toThrow('files of edited@1 changed while its gate ran');
    writeFileSync(place, bytes);
    const holdout = content(hashOf(readFileSync(join(folder, 'holdout.csv'))));
    const rows = readFileSync(holdout);
    await expect(judgedWhile(holdout, rows.subarray(0, -100))).rejects.toThrow('flights@latest was not judged on');
    writeFileSync(holdout, rows);
    // Nor is one file of it another one of them.
    const [head = '', ...lines] = rows.toString().trim().split('\n');
    const [half, other] = [lines.slice(0, 1000), lines.slice(1000)].map((each) => `${[head, ...each].join('\n')}\n`);
    mkdirSync(join(folder, 'halves'));
    writeFileSync(join(folder, 'halves/a.csv'), half ?? '');
    writeFileSync(join(folder, 'halves/b.csv'), other ?? '');
    writeRules(slow, 'halved', 'halves@latest');
    await ask('register', 'halved', join(folder, 'edited.onnx'));
    const first = content(hashOf(Buffer.from(half ?? '')));
    await ask('dataset', 'refresh', 'halves');
    const judged = judgedWhile(first, Buffer.from(other ?? ''), 'halved');
    await expect(judged).rejects.toThrow('halves@latest was not judged on');
    writeFileSync(first, half ?? '');
    expect([await recorded('halved'), await recorded('edited'), leftOver()]).toEqual([[], [], []]);

    writeFileSync(place, changed);
    const edited = await gate('edited', '1');
    writeFileSync(place, bytes);
    const own = await gate('edited', '1');
    expect(edited.report.sha256).toBe(hashOf(changed));
    expect([edited.digest === own.digest, own.report.sha256 === edited.report.sha256]).toEqual([false, false]);
  });

  test('a licence, a document or a logged metric that changed after it was judged was still the one judged', async () => {
    const gates = [
      { id: 'licence', kind: 'license', value: ['MIT'], severity: 'warn' },
      { id: 'filled', kind: 'doc', value: ['description'], severity: 'warn' },
      { id: 'logged', kind: 'metric', metric: 'accuracy', op: '>=', value: 0.9, use: 'logged', severity: 'warn' },
    ];
    writeRules(gates, 'told');
    const { run_id } = await ask<{ run_id: string }>('register', 'told', join(folder, 'weak.onnx'));
    const of = { name: 'told', version: '1' };
    const digests = new Set([(await gate('told', '1')).digest]);
    await post('model-versions/set-tag', { ...of, key: 'unread', value: 'by no rule' });
    expect(digests).toContain((await gate('told', '1')).digest);
    await post('model-versions/set-tag', { ...of, key: 'license', value: 'GPL' });
    digests.add((await gate('told', '1')).digest);
    await engine.json('PATCH', '/api/2.0/mlflow/model-versions/update', { ...of, description: 'late flights' });
    digests.add((await gate('told', '1')).digest);
    await post('runs/log-metric', { run_id, key: 'accuracy', value: 0.5, timestamp: 1, step: 1 });
    digests.add((await gate('told', '1')).digest);
    expect(digests.size).toBe(4);
  });

  test('of a folder that a rule names only the first 10,000 files were pinned, and none was told', async () => {
    mkdirSync(join(folder, 'cases'));
    for (let at = 0; at <= 10_000; at += 1) writeFileSync(join(folder, 'cases', `${at}.json`), '');
    writeRules([{ id: 'cases', kind: 'golden', path: 'cases' }], 'pinned');
    await ask('register', 'pinned', join(folder, 'weak.onnx'));
    await expect(gate('pinned', '1')).rejects.toThrow('cases, which a rule names, holds 10,001 files');
    await expect(gate('pinned', '7')).rejects.toThrow('pinned has no version 7; its newest version is 1.');
  });

  test('one that is cancelled keeps nothing and leaves no process, and whoever joined it goes on', async () => {
    writeRules(slow, 'joined');
    await ask('register', 'joined', join(folder, 'strong.onnx'));
    const [one, two] = [new AbortController(), new AbortController()];
    const left = gate('joined', '1', {
      signal: one.signal,
      onProgress: (what) => what.startsWith('Rule') && one.abort(),
    });
    const stays = gate('joined', '1');
    await expect(left).rejects.toThrow(/cancel/i);
    const kept = await stays;
    expect([kept.report.verdict, (await recorded('joined')).length]).toEqual(['pass', 1]);

    const alone = gate('joined', '1', {
      signal: two.signal,
      onProgress: (what) => what.startsWith('Rule') && two.abort(),
    });
    await expect(alone).rejects.toThrow(/cancel/i);
    await expect.poll(() => leftOver(), { timeout: 5000 }).toEqual([]);
    await expect.poll(() => gateProcesses(engine.pid), { timeout: 5000 }).toEqual([]);
    expect(await recorded('joined')).toHaveLength(1);
  });

  test('a champion whose file is damaged is named, not only its file', async () => {
    writeRules([{ id: 'better', kind: 'delta', metric: 'roc_auc' }], 'hurt');
    // Other bytes than those that other tests have registered.
    const own = Buffer.concat([readFileSync(join(folder, 'weak.onnx')), Buffer.from([0x72, 0x00])]);
    writeFileSync(join(folder, 'hurt.onnx'), own);
    await ask('register', 'hurt', join(folder, 'hurt.onnx'));
    await gate('hurt', '1');
    await ask('promote', 'hurt@1', '--to', 'production');
    await ask('register', 'hurt', join(folder, 'strong.onnx'));
    const place = content(hashOf(own));
    writeFileSync(place, own.subarray(0, 200));
    const why = expect.stringContaining('The files of hurt@1 are not those that were decided over');
    expect((await gate('hurt', '2')).report.rules).toMatchObject([{ verdict: 'error', why }]);
    writeFileSync(place, own);
    expect((await gate('hurt', '2')).report.verdict).toBe('pass');
  });

  test('a version that was brought back is not told as failing for the champion that it replaced', async () => {
    await ask('promote', 'hurt@2', '--to', 'production');
    expect((await gate('hurt', '1')).report.verdict).toBe('fail');
    const { registry } = engine.client.api;
    const told = async (): Promise<unknown[]> => {
      const { gate: state, stage, gated } = await registry.version.query({ name: 'hurt', version: '1' });
      return [stage, state, gated?.gate?.outdated];
    };
    expect(await told()).toEqual(['archived', 'fail', null]);
    await ask('rollback', 'hurt', '--reason', 'late flights');
    const why = 'It was judged against a champion that it has replaced since.';
    expect(await told()).toEqual(['production', 'outdated', why]);
    const { items } = await registry.get.query({ name: 'hurt', limit: 10 });
    expect(items.find(({ version }) => version === '1')?.gate).toBe('outdated');
    // Judged again it is held against nobody, and what is found is of today.
    await gate('hurt', '1');
    expect((await told())[2]).toBe(null);
  });

  test('without rules, without files and without a model to run it says so', async () => {
    await expect(gate('nobody', '1')).rejects.toThrow('nobody');
    writeRules(slow, 'gone');
    await ask('register', 'gone', join(folder, 'weak.onnx'));
    await ask('register', 'free', join(folder, 'weak.onnx'));
    await expect(gate('free', '1')).rejects.toThrow('slipway.yaml has no gates for free');
    writeRules([{ id: 'size', kind: 'size', vlue: 1 }], 'free');
    await expect(gate('free', '1')).rejects.toThrow('Did you mean value?');
    delete known.free;
    writeRules(slow, 'gone');
    const created = await post('runs/create', { experiment_id: '0', start_time: 1 });
    const { run } = created.body as { run: { info: { run_id: string; artifact_uri: string } } };
    const source = `${run.info.artifact_uri}/empty`;
    await post('model-versions/create', { name: 'gone', source, run_id: run.info.run_id });
    await expect(gate('gone', '2')).rejects.toThrow('The files of gone@2 are not kept in this workspace');
  });
});

/** Command lines of what the engine started for gates. */
function gateProcesses(pid: number): string[] {
  const lines = execFileSync('ps', ['-eo', 'ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.trim().startsWith(`${pid} `) && line.includes('gate.js'));
}
