// What a person changes about runs: all or nothing, and every step can be taken back.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunFilter } from '../../src/protocol/runs/run-filter';
import type { RunSort } from '../../src/protocol/runs/run-sort';
import { type EngineProcess, slipway, startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

const id = (letter: string): string => letter.repeat(32);
let workspace: string;
let engine: EngineProcess;

beforeAll(async () => {
  workspace = seedWorkspace(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'delay' });
    for (const [index, letter] of ['a', 'b', 'c', 'd'].entries()) {
      const startTime = clock.now - 10_000 * (index + 1);
      runs.createRun({ runId: id(letter), experimentId, userId: 'ada', name: `run ${letter}`, startTime });
      runs.updateRun(id(letter), { status: 'FINISHED', endTime: startTime + 1000 * (4 - index) });
    }
    runs.logBatch(id('b'), { metrics: [{ key: 'loss', value: 2, time: 1, step: 0 }] });
    runs.logBatch(id('c'), { metrics: [{ key: 'loss', value: 1, time: 1, step: 0 }] });
    runs.logBatch(id('d'), { metrics: [{ key: 'loss', value: Number.NaN, time: 1, step: 0 }] });
    runs.setTag(id('c'), { key: 'team', value: 'vision' });
    runs.logInputs(id('a'), {
      datasets: [
        { name: 'flights', digest: 'x1', sourceType: 'local', source: '{}', schema: null, profile: null, tags: [] },
      ],
    });
    runs.createRun({ runId: id('e'), experimentId, userId: 'ada', name: 'live', startTime: 1, recorded: true });
  });
  engine = await startEngine({ workspace });
});

afterAll(async () => {
  await engine.end();
  rmSync(workspace, { recursive: true, force: true });
});

async function names(filter: RunFilter & { sort?: RunSort; deleted?: boolean } = {}): Promise<string[]> {
  const { items } = await engine.client.api.runs.list.query(filter);
  return items.map(({ name }) => name);
}

const get = (letter: string) => engine.client.api.runs.get.query({ runId: id(letter) });
const change = (changes: Parameters<typeof engine.client.api.runs.change.mutate>[0]['changes']) =>
  engine.client.api.runs.change.mutate({ changes });

describe('changing runs', () => {
  it('renames, stars, tags and notes in one step, and undo leads back exactly', async () => {
    const before = await get('a');
    const wanted = { name: ' best ', starred: true, tags: { team: 'maps', 'mlflow.note.content': '**Good**' } };
    const { undo } = await change([
      { runId: id('a'), ...wanted },
      { runId: id('c'), tags: { team: null } },
    ]);
    const after = await get('a');
    expect([after.name, after.starred, after.note]).toEqual(['best', true, '**Good**']);
    expect((await get('c')).tags.map(({ key }) => key)).not.toContain('team');
    await change(undo);
    expect(await get('a')).toEqual(before);
    expect((await get('c')).tags).toContainEqual({ key: 'team', value: 'vision' });
  });

  it('leaves an archived run out of lists and counts until it is asked for', async () => {
    const { undo } = await change([{ runId: id('b'), archived: true }]);
    expect(await names()).not.toContain('run b');
    expect(await names({ archived: 'only' })).toEqual(['run b']);
    expect(await names({ archived: 'with' })).toContain('run b');
    const { items } = await engine.client.api.experiments.list.query({});
    expect(items.find(({ name }) => name === 'delay')?.runCount).toBe(4);
    await change(undo);
    expect(await names()).toContain('run b');
  });

  it('an archived run that still runs is not counted as running beside the runs that are listed', async () => {
    const { undo } = await change([{ runId: id('e'), archived: true }]);
    const { items } = await engine.client.api.experiments.list.query({});
    expect(items.find(({ name }) => name === 'delay')).toMatchObject({ runCount: 4, runningCount: 0 });
    await change(undo);
    const again = await engine.client.api.experiments.list.query({});
    expect(again.items.find(({ name }) => name === 'delay')).toMatchObject({ runCount: 5, runningCount: 1 });
  });

  it('a note or tag that is too long is refused and not cut in silence', async () => {
    const whole = '😀'.repeat(8000);
    const { undo } = await change([{ runId: id('a'), tags: { 'mlflow.note.content': whole } }]);
    const isWhole = async () => (await get('a')).tags.some(({ value }) => value === whole);
    expect(await isWhole()).toBe(true);
    await expect(change([{ runId: id('a'), tags: { 'mlflow.note.content': `${whole}!` } }])).rejects.toThrow(
      'A note has at most 8000 characters; this one has 8001. Shorten it.',
    );
    await expect(change([{ runId: id('a'), starred: true, tags: { team: 'x'.repeat(9000) } }])).rejects.toThrow(
      'The value of the tag team has at most 8000 characters; this one has 9000. Shorten it.',
    );
    const { starred, tags } = await get('a');
    expect([await isWhole(), starred, tags.some(({ key }) => key === 'team')]).toEqual([true, false, false]);
    await change(undo);
  });

  it('moves runs to the trash and back', async () => {
    const { undo } = await change([
      { runId: id('a'), deleted: true },
      { runId: id('b'), deleted: true },
    ]);
    expect(await names({ deleted: true })).toEqual(['run a', 'run b']);
    expect(await names()).toEqual(['run c', 'run d', 'live']);
    await expect(change([{ runId: id('a'), starred: true }])).rejects.toThrow(/active/);
    await change(undo);
    expect(await names({ deleted: true })).toEqual([]);
  });

  it('says how a run ended that nobody records, as of when it was last heard of, and takes that back', async () => {
    const post = (path: string, body: object) => engine.json('POST', `/api/2.0/mlflow/${path}`, body);
    const made = await post('runs/create', { experiment_id: '1', run_name: 'killed', start_time: Date.now() });
    const { run } = made.body as { run: { info: { run_id: string } } };
    const runId = run.info.run_id;
    const now = () => engine.client.api.runs.get.query({ runId });
    const heard = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const { undo } = await change([{ runId, status: 'FAILED', expected: { status: 'RUNNING' } }]);
    expect(await now()).toMatchObject({ state: 'failed', endTime: expect.any(Number) });
    expect((await now()).endTime).toBeLessThanOrEqual(heard);
    await expect(change([{ runId, status: 'FINISHED', expected: { status: 'RUNNING' } }])).rejects.toThrow(
      'killed was changed elsewhere since (how it ended)',
    );
    await change(undo);
    expect(await now()).toMatchObject({ state: 'running', endTime: null });
    await expect(change([{ runId: id('e'), status: 'FAILED' }])).rejects.toThrow(
      'How the run live ended is for its recorder to say. Stop it instead.',
    );
    await change([{ runId, deleted: true }]);
  });

  it('is made only while the run stands as expected, and undone only while nobody has changed it since', async () => {
    const { undo } = await change([{ runId: id('c'), name: ' mine ', tags: { team: 'maps' } }]);
    expect(undo).toEqual([
      {
        runId: id('c'),
        name: 'run c',
        tags: { team: 'vision' },
        expected: { name: 'mine', tags: { team: 'maps' } },
      },
    ]);
    await change([{ runId: id('c'), tags: { team: 'theirs' } }]);
    await expect(change([{ runId: id('a'), starred: true }, ...undo])).rejects.toThrow(
      'mine was changed elsewhere since (its tag team), so this was not done.',
    );
    expect([(await get('a')).starred, (await get('c')).name]).toEqual([false, 'mine']);
    await expect(change([{ runId: id('c'), starred: true, expected: { tags: { fresh: '' } } }])).rejects.toThrow(
      '(its tag fresh)',
    );
    await change([{ runId: id('c'), tags: { team: 'maps' }, expected: { tags: { team: 'theirs', fresh: null } } }]);
    await change(undo);
    expect([(await get('c')).name, (await get('c')).tags.find(({ key }) => key === 'team')?.value]).toEqual([
      'run c',
      'vision',
    ]);
  });

  it('changes nothing at all when one change is refused', async () => {
    await expect(
      change([
        { runId: id('a'), starred: true },
        { runId: id('b'), name: '  ' },
      ]),
    ).rejects.toThrow('A run needs a name; the old one stays.');
    await expect(
      change([
        { runId: id('a'), starred: true },
        { runId: id('f'), starred: true },
      ]),
    ).rejects.toThrow(/not found/);
    expect((await get('a')).starred).toBe(false);
  });

  it('a recorded run that still runs is not thrown away', async () => {
    await expect(change([{ runId: id('e'), deleted: true }])).rejects.toThrow(
      'The run live is still running. Stop it, then delete it.',
    );
  });
});

describe('finding runs', () => {
  it.each<[RunFilter, string[]]>([
    [{ tags: [{ key: 'team', value: 'vision' }] }, ['run c']],
    [{ tags: [{ key: 'team', value: null }] }, ['run c']],
    [{ tags: [{ key: 'team', value: 'maps' }] }, []],
    [{ datasets: ['flights'] }, ['run a']],
    [{ experiments: ['delay'], states: ['running'] }, ['live']],
    [{ experiments: ['other'] }, []],
    [{ models: ['m'] }, []],
  ])('%j', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it('the command line filters by the same words, and names the one it does not know', async () => {
    const list = (filter: string) => slipway(['runs', 'list', '--workspace', workspace, '--json', '--filter', filter]);
    const found = JSON.parse((await list('experiment:delay tag:team=vision')).stdout) as { items: { name: string }[] };
    expect(found.items.map(({ name }) => name)).toEqual(['run c']);
    expect(await list('colour:red')).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('colour:') });
  });

  it('orders by metric with missing values last, by duration and by name, page after page', async () => {
    expect(await names({ sort: { by: 'metric', key: 'loss', descending: false } })).toEqual([
      'run c',
      'run b',
      'run d',
      'run a',
      'live',
    ]);
    expect((await names({ sort: { by: 'metric', key: 'loss', descending: true } })).slice(0, 2)).toEqual([
      'run b',
      'run c',
    ]);
    expect(await names({ sort: { by: 'duration', descending: true } })).toEqual([
      'run a',
      'run b',
      'run c',
      'run d',
      'live',
    ]);
    const sort: RunSort = { by: 'name', descending: true };
    const first = await engine.client.api.runs.list.query({ sort, limit: 3 });
    const rest = await engine.client.api.runs.list.query({ sort, limit: 3, page: first.next });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual([
      'run d',
      'run c',
      'run b',
      'run a',
      'live',
    ]);
    expect([first.total, rest.next]).toEqual([5, null]);
  });
});
