// Finding runs on the command line, and moving them to the trash and back.
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, slipway, startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

let folder: string;
let engine: EngineProcess;

beforeAll(async () => {
  folder = seedWorkspace(({ runs, clock }) => {
    const tuning = runs.createExperiment({ name: 'tuning' });
    for (const [name, lr, auc] of [
      ['first', '0.1', 0.75],
      ['second', '0.01', 0.5],
      ['third', 'auto', Number.NaN],
    ] as const) {
      const experimentId = name === 'third' ? '0' : tuning;
      const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime: clock.now });
      const metrics = [{ key: 'auc', value: auc, time: clock.now, step: 0 }];
      runs.logBatch(runId, { params: [{ key: 'lr', value: lr }], metrics });
      runs.updateRun(runId, { status: 'FINISHED', endTime: clock.now + 1000 });
      clock.now += 1;
    }
    for (const name of ['twin', 'twin']) {
      runs.createRun({ experimentId: '0', userId: 'ada', name, startTime: clock.now });
    }
  });
  engine = await startEngine({ workspace: folder });
});
afterAll(async () => {
  await engine.end();
  rmSync(folder, { recursive: true, force: true });
});

async function query(...words: string[]): Promise<{ names: string[]; next: string | null }> {
  const { stdout, stderr } = await slipway(['runs', 'query', ...words, '--json'], { cwd: folder });
  expect(stderr).toBe('');
  const { items, next } = JSON.parse(stdout) as { items: { name: string }[]; next: string | null };
  return { names: items.map(({ name }) => name), next };
}

describe('slipway runs query', () => {
  it('speaks the search grammar, numeric params and OR included', async () => {
    expect((await query('params.lr < 0.05')).names).toEqual(['second']);
    expect((await query("params.lr < 0.05 OR run_name = 'third'", '--order-by', 'start_time')).names).toEqual([
      'second',
      'third',
    ]);
    expect((await query('metrics.auc > 0', '--order-by', 'metrics.auc ASC')).names).toEqual(['second', 'first']);
  });

  it('narrows to an experiment and goes on page by page', async () => {
    const first = await query('', '--experiment', 'tuning', '--limit', '1', '--order-by', 'run_name');
    expect(first.names).toEqual(['first']);
    const page = first.next ?? '';
    const second = await query('', '--experiment', 'tuning', '--limit', '1', '--order-by', 'run_name', '--page', page);
    expect(second).toEqual({ names: ['second'], next: null });
  });

  it('prints the fields every list of runs has', async () => {
    const { stdout } = await slipway(['runs', 'query', "run_name = 'third'", '--json'], { cwd: folder });
    const { items } = JSON.parse(stdout) as { items: object[] };
    expect(items).toEqual([
      {
        run_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        experiment_id: '0',
        name: 'third',
        status: 'FINISHED',
        start_time: expect.any(Number),
        end_time: expect.any(Number),
        params: { lr: 'auto' },
        metrics: { auc: 'NaN' },
        tags: { 'mlflow.runName': 'third' },
      },
    ]);
  });

  it('shows people the metrics and params that they asked by', async () => {
    const asked = ['runs', 'query', "params.lr IS NOT NULL AND params.lr != 'metrics.not'"];
    const { code, stdout } = await slipway([...asked, '--order-by', 'metrics.auc DESC'], { cwd: folder });
    expect(code).toBe(0);
    const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines[0]).toEqual(['RUN', 'NAME', 'STATUS', 'STARTED', 'TOOK', 'lr', 'auc']);
    expect(lines.slice(1, 4).map((cells) => cells.slice(-2))).toEqual([
      ['0.1', '0.75'],
      ['0.01', '0.5'],
      ['auto', 'NaN'],
    ]);
  });

  it.each([
    ['metrics.auc >', "Invalid clause(s) in filter string: 'metrics.auc', '>'. Expected a number or a text in quotes"],
    ['nonsense = 1', "Invalid attribute key 'nonsense' specified."],
    ['(metrics.auc > 1', 'Expected AND, OR or ) at character 17, where the filter ends.'],
  ])('says what is wrong with %s and where, exit 3', async (filter, sentence) => {
    const { code, stdout, stderr } = await slipway(['runs', 'query', filter], { cwd: folder });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/at character \d+/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('slipway runs delete and restore', () => {
  it('move several runs to the trash and back', async () => {
    const gone = await slipway(['runs', 'delete', 'first', 'second', 'first'], { cwd: folder });
    expect([gone.code, gone.stderr]).toEqual([0, '']);
    expect(gone.stdout).toMatch(
      /^2 runs moved to the trash\. To take back: slipway runs restore [0-9a-f]{32} [0-9a-f]{32}\n$/,
    );
    expect((await query('')).names).not.toContain('first');
    expect((await query('', '--deleted', '--order-by', 'run_name')).names).toEqual(['first', 'second']);
    const shown = await slipway(['runs', 'show', 'first'], { cwd: folder });
    expect(shown.stderr).toMatch(
      /^slipway: The run first is in the trash\. Take it back first: slipway runs restore [0-9a-f]{32}\n$/,
    );
    const back = await slipway(['runs', 'restore', 'second', 'first', '--json'], { cwd: folder });
    expect(JSON.parse(back.stdout)).toEqual({ restored: Array(2).fill(expect.stringMatching(/^[0-9a-f]{32}$/)) });
    expect((await query('', '--deleted')).names).toEqual([]);
  });

  it('move none when one of them cannot be', async () => {
    const unknown = await slipway(['runs', 'delete', 'first', 'nobody'], { cwd: folder });
    expect([unknown.code, unknown.stderr]).toEqual([3, 'slipway: There is no run nobody. See `slipway runs list`.\n']);
    const twins = await slipway(['runs', 'delete', 'first', 'twin'], { cwd: folder });
    expect([twins.code, twins.stderr]).toEqual([3, expect.stringContaining('twin names 2 runs; give more of the id:')]);
    const living = await slipway(['runs', 'restore', 'first'], { cwd: folder });
    expect([living.code, living.stderr]).toEqual([3, expect.stringContaining('There is no run first in the trash.')]);
    expect((await query('', '--deleted')).names).toEqual([]);
  });

  it('an exact name is not taken for the beginning of the id of another run', async () => {
    const idOf = async (of: string): Promise<string> =>
      JSON.parse((await slipway(['runs', 'show', of, '--json'], { cwd: folder })).stdout).run_id;
    const other = await idOf('second');
    const name = other.slice(0, 4);
    const made = await slipway(['run', '--name', name, '--json', '--', 'true'], { cwd: folder });
    const { run_id: named } = JSON.parse(made.stdout);
    await expect.poll(async () => (await query(`run_name = '${name}'`)).names).toEqual([name]);
    expect([await idOf(name), await idOf(other.slice(0, 5)), await idOf(other)]).toEqual([named, other, other]);
    await slipway(['runs', 'delete', name], { cwd: folder });
    await slipway(['gc', '--older-than', '0d'], { cwd: folder });
  });

  it('refuse a recorded run that still runs, and then leave the others too', async () => {
    const waiting = 'while [ ! -e go ] && [ -d .slipway ]; do sleep 0.2; done';
    const child = slipway(['run', '--name', 'busy', '--', 'sh', '-c', waiting], { cwd: folder });
    try {
      await expect.poll(async () => (await query("run_name = 'busy'")).names).toEqual(['busy']);
      const refused = await slipway(['runs', 'delete', 'first', 'busy'], { cwd: folder });
      expect([refused.code, refused.stderr]).toEqual([
        3,
        'slipway: The run busy is still running. Stop it, then delete it.\n',
      ]);
      expect((await query('', '--deleted')).names).toEqual([]);
    } finally {
      writeFileSync(`${folder}/go`, '');
      await child;
    }
  });
});
