// The rows of the Runs view, as far as an engine alone decides them.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlipwayError } from '../../src/base/errors';
import type { RunsListing } from '../../src/extension/filter/runs-listing';
import type { EngineSession } from '../../src/extension/session/engine-session';
import { FolderRuns } from '../../src/extension/views/folder-runs';
import { usualRunSort } from '../../src/protocol/runs/run-sort';
import { cli, type EngineProcess, node, startEngine } from './engine-process';
import { seedWorkspace } from './seeded-workspace';

const id = (letter: string): string => letter.repeat(32);
const listing = { filter: {}, sort: usualRunSort, isFiltered: false } as RunsListing;
const away = { awaitClient: () => Promise.reject(new SlipwayError('unavailable', 'gone')) } as unknown as EngineSession;

describe('the tree of runs', () => {
  let workspace: string;
  let engine: EngineProcess;
  const lookWith = (tree: FolderRuns) => tree.refresh(engine.client, { all: true, runIds: new Set(), isVisible: true });

  beforeAll(async () => {
    workspace = seedWorkspace(({ runs, clock }) => {
      const experimentId = runs.createExperiment({ name: 'seeded' });
      for (const letter of ['a', 'b']) {
        runs.createRun({
          runId: id(letter),
          experimentId,
          userId: 'ada',
          name: letter,
          startTime: clock.now,
          tags: [],
        });
        runs.updateRun(id(letter), { status: 'FINISHED', endTime: clock.now + 500 });
      }
    });
    engine = await startEngine({ workspace });
    await engine.client.api.runs.change.mutate({ changes: [{ runId: id('b'), deleted: true }] });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    rmSync(workspace, { recursive: true, force: true });
  });

  it('fills rows that were opened while the engine was away with the next look', async () => {
    const tree = new FolderRuns(away, listing);
    await lookWith(tree);
    const opened = tree.roots.filter(({ kind }) => kind === 'trash' || kind === 'experiment');
    for (const row of opened) await tree.open(row).catch(() => undefined);
    expect(opened.map((row) => tree.isOpened(row))).toEqual([true, true]);
    expect(opened.map((row) => tree.children(row).length)).toEqual([0, 0]);
    await lookWith(tree);
    expect(opened.map((row) => tree.children(row).length)).toEqual([1, 1]);
  });

  it('knows the runs that can be stopped while it looks again', async () => {
    const words = ['run', '--name', 'long', '--workspace', workspace, '--', 'sleep', '600'];
    const child = spawn(node, [cli, ...words], { stdio: 'ignore' });
    try {
      const tree = new FolderRuns(away, listing);
      await expect.poll(() => lookWith(tree).then(() => tree.recordedRunning.length)).toBe(1);
      const counts = new Set<number>();
      let isLooking = true;
      const looking = lookWith(tree).finally(() => {
        isLooking = false;
      });
      for (; isLooking; await new Promise(setImmediate)) counts.add(tree.recordedRunning.length);
      await looking;
      expect([...counts]).toEqual([1]);
    } finally {
      child.kill();
    }
  });
});
