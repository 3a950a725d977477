// The sample of real flights through the gate: trained, registered, judged on a later month, agreed to, promoted, rolled
// back; on the command line as people type it, and past it with MLflow's own client.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, repository, slipway, startEngine, temporaryFolder } from '../engine/engine-process';
import { ClientScripts, clientInterpreter } from './client-script';

const folder = temporaryFolder('slipway-gated-');
const [ana, ben] = ['ana@example.com', 'ben@example.com'];
let engine: EngineProcess;
let client: ClientScripts;

interface Ended<T> {
  code: number | null;
  json: T;
  stderr: string;
}

async function type<T = Answer>(who: string, ...args: string[]): Promise<Ended<T>> {
  const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.email', GIT_CONFIG_VALUE_0: who };
  const { code, stdout, stderr } = await slipway([...args, '--json'], { cwd: folder, env });
  return { code, json: stdout === '' ? (undefined as T) : (JSON.parse(stdout) as T), stderr };
}

interface Answer {
  name: string;
  version: string;
  refused: { id: string; why: string }[];
}
interface Shown {
  stage: string;
  aliases: string[];
  author: string | null;
  gate: string;
  tags: Record<string, string>;
  files: { path: string; sha256: string }[];
  gated: {
    gate: { report: { rules: { id: string; verdict: string; actual: unknown }[]; data: { rows: number } } } | null;
    approvals: { person: string; verdict: string; void: string | null }[];
  };
}

const show = async (version: string): Promise<Shown> => (await type<Shown>(ana, 'models', 'show', version)).json;
const ids = ({ json }: Ended<Answer>): string[] => json.refused.map(({ id }) => id).sort();

async function places(): Promise<string[]> {
  const { json } = await type<{ items: { version: string; stage: string; aliases: string[] }[] }>(
    ...[ana, 'models', 'show', 'delay'],
  );
  return json.items.map(({ version, stage, aliases }) => [version, stage, ...aliases].join(' ')).sort();
}

beforeAll(async () => {
  cpSync(join(repository, 'examples/flights'), folder, { recursive: true });
  execFileSync('git', ['init', '-q', '-b', 'start'], { cwd: folder });
  engine = await startEngine({ workspace: folder });
  const env = { FLIGHTS: folder, OMP_NUM_THREADS: '1' };
  client = new ClientScripts(clientInterpreter('SLIPWAY_TEST_PYTHON_MLFLOW3'), {
    ...{ url: engine.url, token: engine.token },
    env,
  });
  const { code, said } = await client.run(join(import.meta.dirname, 'gated/train_flights.py'));
  if (code !== 0) throw new Error(said);
  cpSync(join(folder, 'data/flights/2013-08.parquet'), join(folder, 'data/month.parquet'));
  for (const name of ['month', 'flights']) await type(ana, 'dataset', 'refresh', name);
  await type(ana, 'dataset', 'label', 'month@latest', '2013-08');
}, 180_000);
afterAll(async () => {
  client[Symbol.dispose]();
  await engine[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe('flights through the gate', () => {
  test('the first champion needs somebody else than its author', async () => {
    expect((await type(ana, 'register', 'delay', 'linear:delay.onnx', '--data', 'flights@latest')).json).toMatchObject({
      version: '1',
    });
    const early = await type(ana, 'promote', 'delay@1', '--to', 'production');
    expect([early.code, ids(early)]).toEqual([1, ['approvals']]);
    const own = await type(ana, 'approve', 'delay@1');
    expect([own.code, ids(own)]).toEqual([1, ['approvals']]);
    expect((await type(ben, 'approve', 'delay@1', '--comment', 'a start')).code).toBe(0);
    const moved = await type(ana, 'promote', 'delay@1', '--to', 'production');
    expect([moved.code, moved.json]).toEqual([
      0,
      expect.objectContaining({ name: 'delay', version: '1', refused: [] }),
    ]);
    expect(await places()).toEqual(['1 production champion']);
    const { author, tags, gated } = await show('delay@champion');
    expect([author, tags.approved_by, tags.training_data_hash]).toEqual([ana, ben, expect.any(String)]);
    expect(tags.approval_date).toMatch(/^\d{4}-\d{2}-\d{2}T/);
    expect(gated.gate?.report.data.rows).toBe(28_756);
  });

  test('one that is not better on a later month is refused by that rule, by every way', async () => {
    await type(ana, 'register', 'delay', 'linear:delay.onnx', '--data', 'flights@latest');
    expect((await type(ben, 'approve', 'delay@2')).code).toBe(0);
    const refused = await type(ana, 'promote', 'delay@2', '--to', '@champion');
    expect([refused.code, ids(refused)]).toEqual([1, ['better']]);
    const text = await slipway(['promote', 'delay@2', '--to', 'production'], {
      cwd: folder,
      env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.email', GIT_CONFIG_VALUE_0: ana },
    });
    expect([text.code, text.stdout]).toEqual([1, expect.stringContaining('better: ')]);
    const { code, said } = await client.run(join(import.meta.dirname, 'gated/go_round.py'));
    expect(code === 0 ? '' : said).toBe('');
    expect(await places()).toEqual(['1 production champion', '2 candidate']);
  });

  test('a better one takes its place, and goes back in one step', async () => {
    await type(ana, 'register', 'delay', 'boosting:delay.onnx', '--data', 'flights@latest');
    expect((await type(ben, 'approve', 'delay@latest', '--comment', 'looked at the slices')).code).toBe(0);
    const { items } = (await type<{ items: { version: string }[] }>(ana, 'models', 'show', 'delay')).json;
    const newest = items[0]?.version ?? '';
    expect((await type(ana, 'promote', `delay@${newest}`, '--to', '@champion')).code).toBe(0);
    expect(await places()).toEqual(['1 archived', '2 candidate', `${newest} production champion`]);

    expect((await type(ana, 'rollback', 'delay')).code).toBe(3);
    const back = await type(ana, 'rollback', 'delay', '--reason', 'late by noon');
    expect([back.code, back.json.version]).toEqual([0, '1']);
    expect(await places()).toEqual(['1 production champion', '2 candidate', `${newest} archived`]);
    expect(ids(await type(ana, 'promote', `delay@${newest}`, '--to', 'production'))).toEqual(['approvals']);
    expect((await show(`delay@${newest}`)).gated.approvals[0]).toMatchObject({ person: ben, void: expect.any(String) });
  });

  test('the same is found on a fresh clone, where there is no workspace', async () => {
    const kept = (await show('delay@latest')).gated.gate?.report.rules ?? [];
    const git = (...args: string[]): void => {
      const who = ['-c', 'user.name=Ana', '-c', `user.email=${ana}`];
      execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
    };
    for (const [run, branch] of [
      ['linear', 'main'],
      ['boosting', 'change'],
    ] as const) {
      await type(ana, 'artifacts', 'get', run, 'delay.onnx', '--to', folder, '--force');
      git('checkout', '-q', '-b', branch);
      git('add', '-f', 'slipway.yaml', 'delay.onnx', 'data/month.parquet');
      git('commit', '-q', '-m', run);
    }
    const clone = join(folder, 'clone');
    git('clone', '-q', '--branch', 'change', folder, clone);
    const judge = ['gate', 'delay.onnx', '--model', 'delay', '--against', 'git:origin/main:delay.onnx'];
    const { code, stdout } = await slipway([...judge, '--data', 'data/month.parquet', '--json'], { cwd: clone });
    const { rules } = JSON.parse(stdout) as { rules: typeof kept };
    expect([code, existsSync(join(clone, '.slipway'))]).toEqual([2, false]);
    expect(rules.map(({ id, verdict, actual }) => [id, verdict, actual])).toEqual(
      kept.map(({ id, verdict, actual }) => [id, verdict, actual]),
    );
  });

  test('a version whose file was edited is outdated, whatever its gate said', async () => {
    const { files, gate } = await show('delay@latest');
    const { sha256 = '' } = files[0] ?? {};
    const path = join(folder, '.slipway/objects', sha256.slice(0, 2), sha256.slice(2));
    const bytes = readFileSync(path);
    chmodSync(path, 0o644);
    writeFileSync(
      path,
      bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
    );
    const edited = await show('delay@latest');
    writeFileSync(path, bytes);
    expect([gate, edited.gate, edited.files[0]?.sha256 === sha256]).toEqual(['warn', 'outdated', false]);
  });

  test('without a name nothing is decided', async () => {
    const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    const { code, stdout, stderr } = await slipway(['approve', 'delay@2'], { cwd: folder, env });
    expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('git config user.email')]);
  });

  test('all of it is in the audit log, and that is whole', async () => {
    const { json } = await type<{ items: { actor: string; action: string; detail: object }[] }>(
      ...[ana, 'audit', 'list', 'delay', '--limit', '200'],
    );
    const told = json.items.map(({ actor, action, detail }) => `${action} ${actor} ${JSON.stringify(detail)}`);
    for (const words of [
      /MLflow client.*better|better.*MLflow client/,
      /command line/,
      /late by noon/,
      /looked at the slices/,
    ])
      expect(told.filter((line) => words.test(line))).not.toEqual([]);
    expect((await type(ana, 'audit', 'verify')).code).toBe(0);
  });
});
