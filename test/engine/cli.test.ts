// The command line as scripts see it: exit code, stdout and stderr of each verb, good and bad.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEngine } from '../../src/client/ensure-engine';
import { slipway, startEngine, temporaryFolder } from './engine-process';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  const engine = await findEngine(folder, '999.0.0').catch(() => undefined);
  if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('slipway', () => {
  it.each([
    [['nonsense'], /^slipway: unknown command 'nonsense'\. `slipway --help` names them all\.$/m],
    [['runs', 'list', '--limit', 'many'], /--limit/],
    [['engine', 'start', '--port', '99999'], /^slipway: --port takes a whole number from 0 to 65535, not 99999\./],
    [['engine', 'start', '--artifact-root', 's3://bucket'], /--artifact-root takes a folder or a file:\/\/ address/],
    [['engine', 'start', '--durability', 'SOMETIMES'], /^slipway: --durability takes NORMAL or FULL, not SOMETIMES\./],
    [
      ['engine', 'start', '--silence', 'long'],
      /argument 'long' is invalid\. It takes a time from 0s to 366d with its unit/,
    ],
    [['runs', 'list', '--workspace', '/no/such/folder'], /^slipway: \/no\/such\/folder is not a folder\./],
  ])('%j is refused in one sentence, exit 3', async (args, sentence) => {
    const { code, stdout, stderr } = await slipway(args, { cwd: folder });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(stdout).toBe('');
    expect(code).toBe(3);
  });

  it('the help told usual times in bare milliseconds, and usual values as a program writes them', async () => {
    const verbs = ['gate', 'explain', 'test', 'bench-model', 'compare', 'check', 'gc', 'sql'];
    const helps = await Promise.all(verbs.map((verb) => slipway([verb, '--help'], { cwd: folder })));
    const usual = helps.flatMap(({ stdout }) => stdout.replace(/\s+/g, ' ').match(/\(default: [^)]*\)/g) ?? []);
    expect(usual).toEqual(
      expect.arrayContaining(['(default: 10m)', '(default: 5m)', '(default: 2s)', '(default: 1,10,100,1000)']),
    );
    expect(usual.filter((each) => /\d{3,}000\)|[["]/.test(each))).toEqual([]);
  });

  it.each([[['runs', 'list']], [['env']], [['doctor']], [['metrics', 'x']], [['engine', 'status']]])(
    '%j outside a workspace names slipway init',
    async (args) => {
      const { code, stderr } = await slipway([...args], { cwd: folder });
      expect(stderr).toMatch(/Run `slipway init`/);
      expect(code).toBe(3);
    },
  );

  it.each([
    ['check', 't.csv', '--contract', 'pipe'],
    ['contract', 'import', 'pipe'],
    ['inspect', 'pipe'],
    ['import', 'pipe'],
  ])('a pipe in the place of a file is refused, and not read for ever: %s %s %s %s', async (...words) => {
    writeFileSync(join(folder, 't.csv'), 'a\n1\n');
    execFileSync('mkfifo', ['pipe'], { cwd: folder });
    await slipway(['init'], { cwd: folder });
    const { code, stderr } = await slipway(words, { cwd: folder });
    expect([code, stderr]).toEqual([3, expect.stringMatching(/pipe is (no file|not a file|a device, a pipe)/)]);
  });

  it('run outside a workspace is exit 125', async () => {
    const { code, stderr } = await slipway(['run', '--', 'true'], { cwd: folder });
    expect(stderr).toMatch(/slipway init/);
    expect(code).toBe(125);
  });

  it('init makes slipway.yaml once and leaves an edited one alone', async () => {
    const first = await slipway(['init', '--json'], { cwd: folder });
    expect(JSON.parse(first.stdout)).toEqual({ workspace: folder, created: true });
    writeFileSync(join(folder, 'slipway.yaml'), 'version: 1\nmetrics: {}\n');
    const second = await slipway(['init', '--json'], { cwd: folder });
    expect(JSON.parse(second.stdout)).toEqual({ workspace: folder, created: false });
  });

  it('env prints dotenv lines that reach this engine', async () => {
    await slipway(['init'], { cwd: folder });
    const { stdout } = await slipway(['env'], { cwd: folder });
    const variables = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('=', 2)),
    ) as Record<string, string>;
    expect(Object.keys(variables)).toEqual([
      'MLFLOW_TRACKING_URI',
      'MLFLOW_TRACKING_TOKEN',
      'MLFLOW_HTTP_REQUEST_MAX_RETRIES',
      'MLFLOW_HTTP_REQUEST_TIMEOUT',
    ]);
    const answer = await fetch(`${variables.MLFLOW_TRACKING_URI}/api/2.0/mlflow/experiments/get?experiment_id=0`, {
      headers: { authorization: `Bearer ${variables.MLFLOW_TRACKING_TOKEN}` },
    });
    expect(await answer.json()).toMatchObject({ experiment: { name: 'Default' } });
  });

  it('doctor is content in a fresh clone that holds only slipway.yaml', async () => {
    writeFileSync(join(folder, 'slipway.yaml'), 'version: 1\n');
    const { code, stdout } = await slipway(['doctor', '--json'], { cwd: folder });
    const { checks } = JSON.parse(stdout) as { checks: { name: string; result: string; detail: string }[] };
    expect(checks.filter((check) => check.result !== 'ok')).toEqual([]);
    expect(checks.map((check) => check.name)).toEqual([
      'Node',
      'Engine',
      'Database',
      'Contents',
      'Folder',
      'Disk',
      'Inbox',
      'git',
      'Python',
    ]);
    expect(code).toBe(0);
  });

  it('a mistake in slipway.yaml is a warning with its place, and everything goes on', async () => {
    writeFileSync(join(folder, 'slipway.yaml'), 'version: 1\nmetrics: *nowhere\n');
    const listed = await slipway(['runs', 'list', '--json'], { cwd: folder });
    expect(JSON.parse(listed.stdout)).toEqual({ items: [], next: null });
    const { code, stdout } = await slipway(['doctor'], { cwd: folder });
    expect(stdout).toMatch(/! Warning +slipway\.yaml: Unresolved alias/);
    expect(code).toBe(2);
  });

  it('a relative --db is meant from where it was typed', async () => {
    writeFileSync(join(folder, 'slipway.yaml'), 'version: 1\n');
    mkdirSync(join(folder, 'sub'));
    await slipway(['engine', 'start', '--db', 'mine.db'], { cwd: join(folder, 'sub') });
    const { stdout } = await slipway(['engine', 'status', '--json'], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ running: true, database: join(folder, 'sub/mine.db') });
  });

  it('a second engine in the foreground says where the first is, and one that cannot start says why on stderr', async () => {
    await using engine = await startEngine({ workspace: folder });
    const second = await slipway(['engine', 'start', '--foreground', '--json', '--workspace', folder]);
    expect(JSON.parse(second.stdout)).toEqual({ url: engine.url, token: engine.token, pid: engine.pid });
    expect([second.code, second.stderr]).toEqual([0, '']);
    const other = temporaryFolder();
    writeFileSync(join(other, 'letter.txt'), 'no database, but a letter of more than sixteen characters');
    const refused = await slipway([
      'engine',
      'start',
      '--foreground',
      '--workspace',
      other,
      '--db',
      join(other, 'letter.txt'),
    ]);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatch(/^slipway: .*letter\.txt is not a Slipway database/);
    rmSync(other, { recursive: true });
  });

  it.each([[[]], [['--foreground']]])(
    'engine start %j says which of its options the engine that answers ignores',
    async (words) => {
      await using engine = await startEngine({ workspace: folder });
      const asked = ['--token', '', '--silence', '10m', '--json', '--workspace', folder];
      const { code, stdout, stderr } = await slipway(['engine', 'start', ...words, ...asked]);
      expect(JSON.parse(stdout)).toMatchObject({ token: engine.token });
      expect(stderr).toBe(
        'slipway: An engine answers already, so --token, --silence have no effect. `slipway engine stop` ends it.\n',
      );
      expect(code).toBe(0);
    },
  );

  it('an engine that a client still logs into stays past its idle time', async () => {
    await slipway(['engine', 'start', '--idle-exit', '700', '--workspace', folder]);
    const engine = await findEngine(folder, '999.0.0');
    if (engine === undefined) throw new Error('no engine');
    const headers = { authorization: `Bearer ${engine.token}`, 'content-type': 'application/json' };
    const post = (path: string, body: unknown): Promise<Response> =>
      fetch(`${engine.url}/api/2.0/mlflow/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { run } = (await (await post('runs/create', { experiment_id: '0', start_time: Date.now() })).json()) as {
      run: { info: { run_id: string } };
    };
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect((await post('runs/log-metric', { run_id: run.info.run_id, key: 'm', value: 1, timestamp: 1 })).status).toBe(
      200,
    );
    expect(
      (await post('runs/update', { run_id: run.info.run_id, status: 'FINISHED', end_time: Date.now() })).status,
    ).toBe(200);
    await expect
      .poll(
        () =>
          fetch(`${engine.url}/health`).then(
            () => true,
            () => false,
          ),
        { timeout: 15_000, interval: 1500 },
      )
      .toBe(false);
  });
});
