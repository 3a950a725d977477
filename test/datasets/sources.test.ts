// Sources: those that fail midway, commands that nobody allowed, and schedules.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { DatasetSchedule } from '../../src/protocol/datasets/schedule/schedule';
import { slipway, startEngine, temporaryFolder } from '../engine/engine-process';

it('a body that breaks off is told as such, and the batch that was refused before stays to be looked at', async () => {
  await using engine = await startEngine();
  let answer = (response: ServerResponse): unknown => response.end('a\n1\n');
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const run = (...args: string[]) => slipway(['dataset', ...args], { cwd: engine.workspace });
  try {
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(engine.workspace, '[z-a].csv'), 'a\n1\n');
    expect((await run('add', 'web', '--url', `http://127.0.0.1:${port}/t.csv`)).code).toBe(0);
    answer = (response) => response.end('a,b\n1,"2\n3,4\n');
    const refused = await run('refresh', 'web');
    const [place = ''] = /\/\S+\/t\.csv/.exec(refused.stderr) ?? [];
    expect([refused.code, readFileSync(place, 'utf8')]).toEqual([3, 'a,b\n1,"2\n3,4\n']);
    answer = (response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('a\n1\n', () => setTimeout(() => response.destroy(), 200));
    };
    const broken = await run('refresh', 'web');
    expect([broken.code, broken.stderr]).toEqual([3, expect.stringContaining('broke off after 4 bytes')]);
    expect(existsSync(place)).toBe(true);
    answer = (response) => response.end('a\n1\n2\n');
    expect((await run('refresh', 'web')).code).toBe(0);
    expect(readdirSync(join(engine.workspace, '.slipway/quarantine'))).toEqual([]);
    // A file may be called what is no sound pattern.
    expect(await run('add', 'odd', '[z-a].csv')).toMatchObject({ code: 0 });
  } finally {
    server.close();
  }
}, 30_000);

/** slipway.yaml of one dataset that a command makes, which leaves a line in `ran` each time. */
function writeCommand(folder: string, table: string, rest = ''): void {
  const command = `echo ran >> ran; printf '${table}'`;
  const source = JSON.stringify({ command, format: 'csv' });
  writeFileSync(join(folder, 'slipway.yaml'), `version: 1\ndatasets:\n  made:\n    source: ${source}\n${rest}`);
}

/** The environment of a process whose user has that home folder by the system's list. */
function userAt(homedir: string): Record<string, string> {
  const script = join(homedir, 'user.cjs');
  const told = JSON.stringify({ ...userInfo(), homedir });
  writeFileSync(script, `require('node:os').userInfo = () => (${told});\n`);
  return { NODE_OPTIONS: `--require ${script}` };
}

const timesRun = (folder: string): number =>
  existsSync(join(folder, 'ran')) ? readFileSync(join(folder, 'ran'), 'utf8').split('\n').length - 1 : 0;

it('a command that stands in slipway.yaml runs when it was allowed here, and not when it is another one by then', async () => {
  await using engine = await startEngine();
  const cwd = engine.workspace;
  const run = (...args: string[]) => slipway(['dataset', ...args], { cwd });
  writeCommand(cwd, 'a\\n1\\n');
  const refused = await run('refresh', 'made');
  expect([refused.code, timesRun(cwd)]).toEqual([3, 0]);
  expect(refused.stderr).toContain("nobody has allowed on this machine yet: echo ran >> ran; printf 'a\\n1\\n'");
  // What reads it runs it as little.
  writeFileSync(
    join(cwd, 'slipway.yaml'),
    `${readFileSync(join(cwd, 'slipway.yaml'), 'utf8')}  all: { query: select * from made }\n`,
  );
  expect([(await run('refresh', 'all')).code, timesRun(cwd)]).toEqual([3, 0]);
  const allowed = await run('refresh', 'made', '--allow-command');
  expect([allowed.code, timesRun(cwd)]).toEqual([0, 1]);
  expect(allowed.stderr).toContain('Allowed on this machine from now on: echo ran');
  expect([(await run('refresh', 'made')).code, timesRun(cwd)]).toEqual([0, 2]);
  writeCommand(cwd, 'a\\n2\\n');
  expect([(await run('refresh', 'made')).code, timesRun(cwd)]).toEqual([3, 2]);
  // Who registers a command has written it.
  expect((await run('add', 'own', '--command', "printf 'a\\n1\\n'", '--format', 'csv')).code).toBe(0);
  expect((await run('refresh', 'own')).code).toBe(0);
  // A database that comes along allows nothing where the secret of this user is another one.
  const other = temporaryFolder();
  await engine.end();
  const refreshed = async (user: Record<string, string>) => {
    const done = await slipway(['dataset', 'refresh', 'own'], { cwd, env: user });
    await slipway(['engine', 'stop'], { cwd });
    return [done.code, done.code === 0 ? '' : done.stderr];
  };
  const denied = [3, expect.stringContaining('nobody has allowed')];
  expect(await refreshed({ ...userAt(other), XDG_CONFIG_HOME: other })).toEqual(denied);
  // Whoever starts the engine with another HOME is this user still.
  expect(await refreshed({ HOME: other, XDG_CONFIG_HOME: other })).toEqual([0, '']);
  // A secret that lies where the environment says moves to the user's home, unless others can have put it there.
  const [home, settings] = [temporaryFolder(), temporaryFolder()];
  const kept = join(settings, 'slipway', 'machine-key');
  mkdirSync(dirname(kept));
  copyFileSync(join(userInfo().homedir, '.config/slipway/machine-key'), kept);
  chmodSync(kept, 0o644);
  const session = { ...userAt(home), XDG_CONFIG_HOME: settings };
  expect(await refreshed(session)).toEqual(denied);
  chmodSync(kept, 0o600);
  expect(await refreshed(session)).toEqual([0, '']);
  await slipway(['engine', 'stop'], { cwd });
}, 60_000);

it('a schedule does nothing until it is enabled, makes up once for what was missed, and stops when slipway.yaml changes', async () => {
  const workspace = temporaryFolder();
  const run = async (...args: string[]) => slipway(['dataset', ...args], { cwd: workspace });
  const scheduled = async (): Promise<DatasetSchedule> =>
    (JSON.parse((await run('schedule', 'made', '--json')).stdout) as { schedule: DatasetSchedule }).schedule;
  writeCommand(workspace, 'a\\n1\\n', '    schedule: every 1h\n');
  let engine = await startEngine({ workspace });
  const missed = async (hours: number): Promise<void> => {
    await engine.end();
    const database = new Database(join(workspace, '.slipway/slipway.db'));
    database.prepare('UPDATE dataset_schedules SET due_time = ?').run(Date.now() - hours * 3_600_000);
    database.close();
    engine = await startEngine({ workspace });
  };
  try {
    expect(await scheduled()).toMatchObject({ state: 'off', next: null, last: null });
    const enabled = await run('schedule', 'made', '--enable');
    expect(enabled.stdout).toContain("It runs: echo ran >> ran; printf 'a\\n1\\n'");
    expect((await slipway(['engine', 'status'], { cwd: workspace })).stdout).toContain(
      'A schedule is enabled: made (every 1h).',
    );
    expect(timesRun(workspace)).toBe(0);
    await missed(30.5);
    await expect.poll(async () => (await scheduled()).last, { timeout: 15_000 }).not.toBe(null);
    const after = await scheduled();
    expect([after.last?.outcome, timesRun(workspace)]).toEqual(['fetched', 1]);
    // Half an hour is left of the hour in which it was made up for.
    expect(((after.next ?? 0) - Date.now()) / 60_000).toBeCloseTo(30, 0);
    writeCommand(workspace, 'a\\n2\\n', '    schedule: every 1h\n');
    expect(await scheduled()).toMatchObject({ state: 'changed', next: null });
    await missed(2);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect([(await scheduled()).state, timesRun(workspace)]).toEqual(['changed', 1]);
    writeCommand(workspace, '', '    schedule: every 1h\n');
    expect((await run('schedule', 'made', '--enable')).code).toBe(0);
    await missed(2);
    await expect.poll(async () => (await scheduled()).last?.outcome, { timeout: 15_000 }).toBe('failed');
    const failed = await scheduled();
    expect(failed.last).toMatchObject({
      failures: 1,
      message: expect.stringContaining('made was fetched and is empty'),
    });
    expect(((failed.next ?? 0) - (failed.last?.time ?? 0)) / 60_000).toBe(5);
    await run('schedule', 'made', '--disable');
    expect(await scheduled()).toMatchObject({ state: 'off', last: null });
    expect((await slipway(['engine', 'status'], { cwd: workspace })).stdout).not.toContain('schedule');
  } finally {
    await engine.end();
    rmSync(workspace, { recursive: true });
  }
}, 90_000);
