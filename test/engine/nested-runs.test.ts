// Runs below runs, as MLflow's clients nest them: listed below their parent, and every run listed somewhere.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilterWords } from '../../src/extension/filter/filter-words';
import type { RunsListing } from '../../src/extension/filter/runs-listing';
import { withChildRuns } from '../../src/extension/picking/child-runs';
import type { EngineSession } from '../../src/extension/session/engine-session';
import { FolderRuns } from '../../src/extension/views/folder-runs';
import { usualRunSort } from '../../src/protocol/runs/run-sort';
import { type EngineProcess, slipway, startEngine } from './engine-process';
import { type Seeding, seedWorkspace } from './seeded-workspace';

const id = (letter: string): string => letter.repeat(32);

/** Runs by the letter of their id: a search with three trials, one of which has a fold; and tags that lead nowhere. */
function seed({ runs, clock }: Seeding): void {
  const search = runs.createExperiment({ name: 'search' });
  const other = runs.createExperiment({ name: 'other' });
  const begin = (letter: string, name: string, parent?: string, experimentId = search): void => {
    clock.now += 1000;
    const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
    runs.createRun({ runId: id(letter), experimentId, userId: 'ada', name, startTime: clock.now, tags });
    runs.updateRun(id(letter), { status: 'FINISHED', endTime: clock.now + 500 });
  };
  // Begun hours ago and silent since, but for the lowest.
  const chain = (letter: string, name: string, parent?: string): void => {
    const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
    runs.createRun({ runId: id(letter), experimentId: search, userId: 'ada', name, startTime: clock.now, tags });
  };
  clock.now -= 3 * 3_600_000;
  chain('7', 'long search');
  chain('8', 'long trial', id('7'));
  clock.now += 3 * 3_600_000;
  chain('0', 'long fold', id('8'));
  begin('a', 'sweep');
  begin('b', 'trial-1', id('a'));
  begin('c', 'trial-2', id('a'));
  begin('d', 'trial-3', id('a'));
  begin('e', 'fold-1', id('c'));
  begin('1', 'alone');
  begin('2', 'orphan', id('9'));
  begin('3', 'its own parent', id('3'));
  // Each says that it is below the other.
  begin('4', 'hen', id('5'));
  begin('5', 'egg', id('4'));
  begin('6', 'elsewhere', id('a'), other);
}

describe('runs below runs', () => {
  let workspace: string;
  let engine: EngineProcess;
  const names = async (query: object): Promise<string[]> =>
    (await engine.client.api.runs.list.query(query)).items.map(({ name }) => name);
  const change = (runId: string, part: object) =>
    engine.client.api.runs.change.mutate({ changes: [{ runId, ...part }] });

  beforeAll(async () => {
    workspace = seedWorkspace(seed);
    engine = await startEngine({ workspace });
  });
  afterAll(async () => {
    await engine.end();
    rmSync(workspace, { recursive: true });
  });

  it('every run stands once: at the top, or below a run that began before it in its experiment', async () => {
    const top = await names({ below: null });
    expect(top).toEqual(['elsewhere', 'hen', 'its own parent', 'orphan', 'alone', 'sweep', 'long search']);
    expect(await names({ below: id('a') })).toEqual(['trial-3', 'trial-2', 'trial-1']);
    expect(await names({ below: id('c') })).toEqual(['fold-1']);
    expect(await names({ below: id('4') })).toEqual(['egg']);
    expect(await names({ below: id('3') })).toEqual([]);
    expect(await names({})).toHaveLength(14);
  });

  it('says of each run which one it is below, and how many are below it', async () => {
    const { get } = engine.client.api.runs;
    const [sweep, trial, elsewhere, orphan] = await Promise.all(
      ['a', 'c', '6', '2'].map((letter) => get.query({ runId: id(letter) })),
    );
    expect([sweep?.parent, sweep?.childCount]).toEqual([null, 3]);
    expect([trial?.parent, trial?.childCount]).toEqual([{ runId: id('a'), name: 'sweep' }, 1]);
    expect(elsewhere?.parent?.name).toBe('sweep');
    expect(orphan?.parent).toBeNull();
    const shown = await slipway(['runs', 'show', 'trial-2', '--workspace', workspace]);
    expect(shown.stdout).toMatch(/Child of\s+sweep \(a{32}\)\nChild runs\s+1\n/);
    const json = await slipway(['runs', 'show', 'trial-2', '--json', '--workspace', workspace]);
    expect(JSON.parse(json.stdout)).toMatchObject({ parent: { run_id: id('a'), name: 'sweep' }, child_count: 1 });
  });

  it('a silent run with a fold at work two levels below is not said to be lost', async () => {
    const states = ['7', '8', '0'].map(
      async (letter) => (await engine.client.api.runs.get.query({ runId: id(letter) })).state,
    );
    expect(await Promise.all(states)).toEqual(['running', 'running', 'running']);
    expect(await names({ states: ['unknown'] })).toEqual([]);
  });

  it.each(['sweep', id('a')])('a filter finds the child runs of %s', async (parent) => {
    const { stdout } = await slipway([
      'runs',
      'list',
      '--filter',
      `parent:${parent}`,
      '--json',
      '--workspace',
      workspace,
    ]);
    const found = (JSON.parse(stdout) as { items: { name: string }[] }).items.map(({ name }) => name);
    expect(found).toEqual(['elsewhere', 'trial-3', 'trial-2', 'trial-1']);
  });

  it('runs below one that is put away rise to the top, and go back below it', async () => {
    await change(id('a'), { archived: true });
    expect(await names({ below: null })).toEqual(expect.arrayContaining(['trial-1', 'trial-2', 'trial-3']));
    await change(id('a'), { archived: false, deleted: true });
    expect(await names({ below: null })).toEqual(expect.arrayContaining(['trial-1', 'trial-2', 'trial-3']));
    expect((await engine.client.api.runs.get.query({ runId: id('b') })).parent).toBeNull();
    await change(id('a'), { deleted: false });
    expect(await names({ below: null })).toHaveLength(7);
  });

  it('a table of runs has the name of the parent as a column', async () => {
    const { rows } = engine.client.api.table;
    const { groups } = await rows.query({ filter: {}, groupBy: ['fact:parent'] });
    const counts = Object.fromEntries((groups ?? []).map(({ values, runIds }) => [String(values[0]), runIds.length]));
    expect(counts).toMatchObject({ sweep: 4, 'trial-2': 1 });
  });

  it('the tree fetches the child runs of those that somebody opened, and of no others with each look', async () => {
    const listing = { filter: {}, sort: usualRunSort, isFiltered: false } as RunsListing;
    const session = { awaitClient: async () => engine.client } as unknown as EngineSession;
    const tree = new FolderRuns(session, listing);
    const look = () => tree.refresh(engine.client, { all: true, runIds: new Set(), isVisible: true });
    await look();
    const search = tree.roots.find((node) => node.kind === 'experiment' && node.experiment.name === 'search');
    if (search === undefined) throw new Error('no experiment');
    await tree.open(search);
    const [hen, sweep] = ['4', 'a'].map((letter) =>
      tree.children(search).find((node) => node.kind === 'run' && node.run.runId === id(letter)),
    );
    if (hen === undefined || sweep === undefined) throw new Error('no parents');
    await tree.open(sweep);
    expect(tree.children(hen)).toEqual([]);
    await look();
    expect([tree.isOpened(hen), tree.isOpened(sweep)]).toEqual([false, true]);
    expect(tree.children(sweep)).toHaveLength(3);
  });

  it('what goes away with a run is itself, its trials and their folds, once each, and no more than can go at once', async () => {
    const session = { requireClient: () => engine.client } as unknown as EngineSession;
    const run = await engine.client.api.runs.get.query({ runId: id('a') });
    const node = { kind: 'run', session, run } as const;
    const all = await withChildRuns([node, node], 100);
    expect(all.map((each) => each.run.name)).toEqual(['sweep', 'trial-3', 'trial-2', 'fold-1', 'trial-1']);
    expect(await withChildRuns([node], 4)).toHaveLength(4);
  });

  it('who looks at a parent is told of a child that goes away, comes back or comes below it, whoever moved it', async () => {
    const { url, token, client } = engine;
    const abort = new AbortController();
    const stream = await fetch(`${url}/api/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
    });
    const heard = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const isTold = async (parent: string): Promise<boolean> => {
      for (let text = ''; !text.includes(parent); ) text += (await heard?.read())?.value ?? '';
      return true;
    };
    for (const part of [{ archived: true }, { archived: false }, { deleted: true }, { deleted: false }]) {
      await change(id('b'), part);
      expect(await isTold(id('a')), JSON.stringify(part)).toBe(true);
    }
    const tags = { 'mlflow.parentRunId': id('4') };
    await client.api.runs.change.mutate({ changes: [{ runId: id('1'), tags }] });
    expect(await isTold(id('4'))).toBe(true);
    await client.api.runs.change.mutate({ changes: [{ runId: id('1'), tags: { 'mlflow.parentRunId': null } }] });
    abort.abort();
  });

  it('with more child runs than are looked at on the way, among 20,000 others, the lists are there at once', async () => {
    const many = seedWorkspace(({ runs, clock }) => {
      const experimentId = runs.createExperiment({ name: 'many' });
      for (let other = 0; other < 20_000; other++) {
        runs.createRun({
          experimentId,
          userId: 'ada',
          name: `other-${other}`,
          startTime: clock.now - 1_000_000 + other,
        });
      }
      for (const letter of ['a', 'b']) {
        clock.now += 1000;
        const name = `sweep-${letter}`;
        runs.createRun({ runId: id(letter), experimentId, userId: 'ada', name, startTime: clock.now });
        const tags = [{ key: 'mlflow.parentRunId', value: id(letter) }];
        for (let trial = 0; trial < 700; trial++) {
          runs.createRun({ experimentId, userId: 'ada', name: `${trial}`, startTime: clock.now + trial, tags });
        }
      }
    });
    await using cleanup = new AsyncDisposableStack();
    cleanup.defer(() => rmSync(many, { recursive: true }));
    const other = cleanup.use(await startEngine({ workspace: many }));
    const { list } = other.client.api.runs;
    const begun = performance.now();
    const top = await list.query({ below: null, limit: 1 });
    expect([top.items[0]?.name, top.items[0]?.childCount, top.total]).toEqual(['sweep-b', 700, 20_002]);
    const below = await list.query({ below: id('a'), limit: 500 });
    const rest = await list.query({ below: id('a'), limit: 500, page: below.next });
    expect(new Set([...below.items, ...rest.items].map(({ name }) => name)).size).toBe(700);
    expect(rest.next).toBeNull();
    // Some 100 ms; comparing all runs with all takes minutes.
    expect(performance.now() - begun).toBeLessThan(10_000);
    // All of the latest runs are trials: what they stand below is still offered.
    const offered = await new FilterWords([other.client]).after('parent:');
    expect(offered).toEqual([{ text: 'parent:sweep-b', says: '' }]);
  });
});
