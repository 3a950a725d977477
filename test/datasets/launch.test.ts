// A training whose data fail their contract does not begin, unless somebody says why.
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EngineProcess, slipway, startEngine } from '../engine/engine-process';

let engine: EngineProcess;
beforeEach(async () => {
  engine = await startEngine();
  write('data/a.csv', 'id,age\n1,20\n2,30\n');
  write(
    'a.odcs.yaml',
    `apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
status: active
schema:
  - name: a
    properties:
      - name: age
        logicalType: integer
        required: true
        logicalTypeOptions: { minimum: 0, maximum: 120 }
`,
  );
  expect(
    (await slipway(['dataset', 'add', 'a', 'data', '--contract', 'a.odcs.yaml'], { cwd: engine.workspace })).code,
  ).toBe(0);
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

const write = (path: string, text: string): void => {
  mkdirSync(join(engine.workspace, path, '..'), { recursive: true });
  writeFileSync(join(engine.workspace, path), text);
};
const run = (...words: string[]) => slipway(['run', '--json', ...words], { cwd: engine.workspace });
const mark = ['--', 'sh', '-c', 'echo ran >> ran.txt'];
const ran = (): number => {
  try {
    return readFileSync(join(engine.workspace, 'ran.txt'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
};

it('begins while its data keep their contract', async () => {
  expect((await run('--input', 'data/a.csv', ...mark)).code).toBe(0);
  expect((await run('--input', 'data', ...mark)).code).toBe(0);
  expect(ran()).toBe(2);
});

it('does not begin with a new batch that fails, and no run is left', async () => {
  write('data/a.csv', 'id,age\n1,20\n2,-5\n');
  for (const input of ['data/a.csv', 'data', '.']) {
    const { code, stdout, stderr } = await run('--input', input, ...mark);
    expect([code, stdout]).toEqual([125, '']);
    expect(stderr).toContain('fail their contract');
    expect(stderr).toContain('age');
  }
  expect(ran()).toBe(0);
  expect(readdirSync(join(engine.workspace, '.slipway/runs'))).toEqual([]);
  // What names other data, or none, is nobody's business.
  write('other.csv', 'x\n');
  expect((await run('--input', 'other.csv', ...mark)).code).toBe(0);
  expect((await run(...mark)).code).toBe(0);
});

it('does not begin with failing data while slipway.yaml is gone, empty or names no dataset', async () => {
  write('data/a.csv', 'id,age\n1,20\n2,-5\n');
  const { workspace } = engine;
  const refused = async (): Promise<void> => {
    for (const input of ['data/a.csv', 'data', 'a'])
      expect([input, await run('--input', input, ...mark)]).toEqual([
        input,
        expect.objectContaining({ code: 125, stderr: expect.stringContaining('fail their contract') }),
      ]);
  };
  for (const text of ['', 'version: 1\n']) {
    write('slipway.yaml', text);
    await refused();
  }
  rmSync(join(workspace, 'slipway.yaml'));
  await refused();
  expect(ran()).toBe(0);
});

it('begins with a reason, which is kept', async () => {
  write('data/a.csv', 'id,age\n1,20\n2,-5\n');
  for (const nothing of ['  ', '\u200b'])
    expect((await run('--input', 'data', '--override', nothing, ...mark)).code).toBe(125);
  const { code, stdout } = await run('--input', 'data', '--override', 'the sensor is known to be off', ...mark);
  expect(code).toBe(0);
  const { run_id: runId } = JSON.parse(stdout) as { run_id: string };
  const [override, ...others] = await engine.client.api.datasets.overrides.query({ dataset: 'a' });
  expect(others).toEqual([]);
  expect(override).toMatchObject({
    runId,
    reason: 'the sensor is known to be off',
    failed: [expect.stringContaining('age')],
  });
  const { tags } = await engine.client.api.runs.get.query({ runId });
  expect(tags).toContainEqual({ key: 'slipway.override', value: 'the sensor is known to be off' });
  const told = async (...words: string[]) => (await slipway(['runs', ...words], { cwd: engine.workspace })).stdout;
  expect(await told('show', runId)).toContain('trained over failing data: the sensor is known to be off');
  expect(await told('list')).toContain('over failing data');
  // A reason that nothing needed says nothing of the data.
  write('data/a.csv', 'id,age\n1,20\n');
  const clean = JSON.parse((await run('--input', 'data', '--override', 'to be safe', ...mark)).stdout) as {
    run_id: string;
  };
  expect(await told('show', clean.run_id)).not.toContain('failing');
});

it('begins with a reason while no engine can be had, and says that nobody checked its data', async () => {
  const { workspace } = engine;
  const inWorkspace = (...words: string[]) => slipway(words, { cwd: workspace });
  // An engine does not touch the database of a newer Slipway.
  const setVersion = (version: number): number => {
    const database = new Sqlite(join(workspace, '.slipway/slipway.db'));
    const before = database.pragma('user_version', { simple: true }) as number;
    database.pragma(`user_version = ${version}`);
    database.close();
    return before;
  };
  await inWorkspace('engine', 'stop');
  const own = setVersion(9999);
  expect(await run('--input', 'data', ...mark)).toMatchObject({
    code: 125,
    stderr: expect.stringContaining('could not be checked'),
  });
  const { stdout } = await run('--input', 'data', '--override', 'the night run must go on', ...mark);
  expect(ran()).toBe(1);
  setVersion(own);
  const { run_id: runId } = JSON.parse(stdout) as { run_id: string };
  const shown = (await inWorkspace('runs', 'show', runId)).stdout;
  expect(shown).toContain('trained over data that nobody checked: the night run must go on');
  expect(shown).not.toContain('failing');
  expect((await inWorkspace('runs', 'list')).stdout).toContain('over unchecked data');
  await inWorkspace('engine', 'stop');
});

it('does not begin with data that cannot be read, or a contract that is wrong', async () => {
  write('data/a.csv', 'id,age\n1,20\n2,30,40\n');
  expect(await run('--input', 'data', ...mark)).toMatchObject({ code: 125, stderr: expect.stringContaining('a.csv') });
  write('data/a.csv', 'id,age\n1,20\n');
  write('a.odcs.yaml', 'apiVersion: v3.1.0\nkind: DataContract\nnonsense: 1\n');
  expect((await run('--input', 'data', ...mark)).code).toBe(125);
  expect(ran()).toBe(0);
});

it('does not begin while a check of severity error could not be told', async () => {
  const own = (check: string, more = ''): string =>
    `      - { type: custom, engine: slipway, implementation: ${check}${more} }\n`;
  const contract = (...checks: string[]): string =>
    `apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n  - name: a\n    quality:\n${checks.join('')}`;
  const words = '      - { type: text, description: Ask whoever made it. }\n';
  const key = '{ foreignKey: { file: gone.csv, column: id } }';
  const column = (check: string): string => `    properties:\n      - name: age\n        quality:\n    ${check}`;
  write('a.odcs.yaml', contract(words, column(own(key))));
  const { code, stderr } = await run('--input', 'data', ...mark);
  expect([code, stderr]).toEqual([125, expect.stringContaining('could not be checked')]);
  expect(ran()).toBe(0);
  // What is for people to check, and what only warns, stop nothing.
  write('a.odcs.yaml', contract(words, column(own(key, ', severity: warning'))));
  expect((await run('--input', 'data', ...mark)).code).toBe(0);
});

it('an option in the place of the reason is no reason', async () => {
  write('data/a.csv', 'id,age\n1,20\n2,-5\n');
  expect(await run('--input', 'data', '--override', ...mark)).toMatchObject({
    code: 125,
    stderr: expect.stringContaining('--override needs a reason'),
  });
  expect((await run('--input', 'data', '--override', '--name', 'x', ...mark)).code).toBe(125);
  expect(ran()).toBe(0);
});

it('knows failing data by another name of the file, by a copy, and by an earlier version', async () => {
  // The first version keeps the contract, the second one does not, the third one does again.
  write('data/a.csv', 'id,age\n1,20\n2,-5\n');
  expect((await slipway(['dataset', 'refresh', 'a'], { cwd: engine.workspace })).code).toBe(1);
  linkSync(join(engine.workspace, 'data/a.csv'), join(engine.workspace, 'linked.csv'));
  expect(await run('--input', 'linked.csv', ...mark)).toMatchObject({
    code: 125,
    stderr: expect.stringContaining('age'),
  });
  write('elsewhere/good.csv', 'id,age\n1,20\n2,30\n');
  write('elsewhere/bad.csv', 'id,age\n1,20\n2,-5\n');
  write('data/a.csv', 'id,age\n1,20\n2,35\n');
  expect((await run('--input', 'data', ...mark)).code).toBe(0);
  for (const input of ['elsewhere', 'elsewhere/bad.csv'])
    expect(await run('--input', input, ...mark)).toMatchObject({
      code: 125,
      stderr: expect.stringContaining('Range of age'),
    });
  expect((await run('--input', 'elsewhere/good.csv', ...mark)).code).toBe(0);
  expect(ran()).toBe(2);
});

it('does not begin with data that took the place of those that were checked', async () => {
  const [good, bad] = ['id,age\n1,20\n2,30\n', 'id,age\n1,20\n2,-5\n'];
  let isOver = false;
  const swapping = (async () => {
    for (let turn = 0; !isOver; turn += 1) {
      write('data/a.csv', turn % 2 === 0 ? good : bad);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const cat = ['--', 'sh', '-c', 'cat data/a.csv > seen.txt'];
  const results = await Promise.all([run('--input', 'data', ...cat), run('--input', 'data', ...cat)]);
  isOver = true;
  await swapping;
  for (const { code, stderr } of results) {
    expect(code).toBe(125);
    expect(stderr).toMatch(
      /are being written|changed after they were checked|fail their contract|changed while|does not hold still|being written/,
    );
  }
});

it('failing data that are read again are not told as a new version and nothing else', async () => {
  const refreshed = (...words: string[]) => slipway(['dataset', ...words], { cwd: engine.workspace });
  const stateOf = async (dataset: string): Promise<string | null | undefined> =>
    (await engine.client.api.datasets.get.query({ dataset })).latest?.states.find(({ kind }) => kind === 'check')
      ?.verdict;
  expect(await stateOf('a')).toBe('pass');
  write('data/a.csv', 'id,age\n1,20\n2,-5\n3,150\n');
  const failing = await refreshed('refresh', 'a');
  expect([failing.code, failing.stderr]).toEqual([1, '']);
  expect(failing.stdout).toContain('a new version, 3 rows');
  expect(failing.stdout).toContain('Range of age: expected 0 … 120, found −5 … 150 (2 rows outside).');
  expect(await stateOf('a')).toBe('fail');
  write('b.csv', 'id,age\n1,-1\n');
  const added = await refreshed('add', 'b', 'b.csv', '--contract', 'a.odcs.yaml', '--json');
  expect(added.code).toBe(1);
  expect(JSON.parse(added.stdout)).toMatchObject({ is_new: true, check: { verdict: 'fail', failures: [{}] } });
  write('data/a.csv', 'id,age\n1,20\n');
  expect(await refreshed('refresh', 'a')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('All 3 checks pass'),
  });
  write('a.odcs.yaml', 'kind: DataContract\n');
  const wrong = await refreshed('refresh', 'a');
  expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining('a.odcs.yaml:1:1')]);
});

it('an input that is mistyped, or names a failing version, does not train past the gate', async () => {
  const mistyped = await run('--input', 'data/a_01.csv', '--override', 'whatever', ...mark);
  expect(mistyped).toMatchObject({
    code: 125,
    stdout: '',
    stderr: expect.stringContaining('data/a_01.csv is no file'),
  });
  expect(await run('--input', 'a@nope', ...mark)).toMatchObject({
    code: 125,
    stderr: expect.stringContaining('no version or label nope'),
  });
  expect(ran()).toBe(0);
  const { items } = await engine.client.api.datasets.versions.query({ dataset: 'a' });
  const good = items[0]?.id ?? '';
  write('data/a.csv', 'id,age\n1,20\n2,-5\n');
  for (const input of ['a', 'a@latest'])
    expect(await run('--input', input, ...mark)).toMatchObject({
      code: 125,
      stderr: expect.stringContaining('Range of age'),
    });
  expect(ran()).toBe(0);
  const passed = await run('--input', `a@${good.slice(0, 6)}`, ...mark);
  expect([passed.code, ran()]).toEqual([0, 1]);
  const { run_id: id } = JSON.parse(passed.stdout) as { run_id: string };
  const { edges } = await engine.client.api.workspace.lineage.query({ kind: 'run', id });
  expect(edges).toContainEqual(expect.objectContaining({ by: 'content', from: { kind: 'version', id: `a@${good}` } }));
  expect(await run('--input', 'a', '--override', 'known', ...mark)).toMatchObject({ code: 0 });
});
