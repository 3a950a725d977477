/// <reference lib="dom" />
// What a person waits for in the real editor.
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { newRunId } from '../../src/base/ids';
import { readAddress } from '../../src/client/engine-address';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { Project } from '../editor/project';
import { slipway } from '../engine/engine-process';
import { seedWorkspace } from '../engine/seeded-workspace';
import { median, tell } from './measurement';

const minutes = Number(process.env.SLIPWAY_BENCH_MINUTES ?? 10);
/** How many fresh windows each number of runs is opened in. */
const windows = 5;
/** Milliseconds for which frames are watched while nothing happens: what the machine itself costs. */
const baselineTime = 20_000;

describe('in the editor', () => {
  it('the first page of 10,000 runs', async () => {
    const many = await firstPages(10_000, windows);
    const one = await firstPages(1, windows);
    tell({ firstPage: median(many), firstPageWorst: Math.max(...many), firstPageOfOne: median(one) });
  });

  it('a metric from log to screen, and 100 points a second', async () => {
    await using project = Project.create();
    const post = poster(project.root);
    const created = await post('runs/create', { experiment_id: '0', run_name: 'live', start_time: Date.now() });
    const { run } = (await created.json()) as { run: { info: { run_id: string } } };
    const runId = run.info.run_id;
    for (let step = 0; step < 5; step++) {
      await post('runs/log-metric', { run_id: runId, key: 'loss', value: 1, timestamp: Date.now(), step });
    }
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'live');
    const latencies: number[] = [];
    for (let i = 1; i <= 20; i++) {
      const value = 2 + i / 10_000;
      const began = Date.now();
      await post('runs/log-metric', { run_id: runId, key: 'loss', value, timestamp: began, step: i + 10 });
      await panel.waitForFunction(
        (text) => document.querySelector('.metric-row')?.textContent?.includes(text),
        value.toFixed(4),
        { polling: 20, timeout: 10_000 },
      );
      latencies.push(Date.now() - began);
    }
    tell({ onScreen: median(latencies), onScreenWorst: Math.max(...latencies) });
    const blank = await editor.page.context().newPage();
    const empty = await watchFrames(blank, () => setTimeout(baselineTime));
    await blank.close();
    const quiet = await watchFrames(panel, () => setTimeout(baselineTime));
    const busy = await watchFrames(panel, () => stream(post, runId));
    tell({
      frameGapP99: busy.p99,
      frameGapWorst: busy.worst,
      quietGapP99: quiet.p99,
      quietGapWorst: quiet.worst,
      emptyGapP99: empty.p99,
      emptyGapWorst: empty.worst,
    });
  });
});

/** Times `untilFirstRow` in windows that have not shown the view yet, on a folder with so many finished runs. */
async function firstPages(count: number, rounds: number): Promise<number[]> {
  const workspace = seedRuns(count);
  const times: number[] = [];
  try {
    await using editor = await Editor.open({ folder: workspace });
    for (let round = 0; round < rounds; round++) {
      if (round > 0) {
        await editor.openView('Explorer');
        await editor.reload();
      }
      await editor.page.locator('.statusbar-item', { hasText: 'Slipway' }).waitFor({ timeout: 60_000 });
      await editor.page.waitForTimeout(4000);
      times.push(await untilFirstRow(editor));
    }
    return times;
  } finally {
    await slipway(['engine', 'stop', '--workspace', workspace]);
    rmSync(workspace, { recursive: true, force: true });
  }
}

function seedRuns(count: number): string {
  return seedWorkspace(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'many' });
    for (let i = 0; i < count; i++) {
      const startTime = clock.now - i * 1000;
      const name = `run-${i}`;
      const { runId } = runs.createRun({ runId: newRunId(), experimentId, userId: 'bench', name, startTime });
      runs.logBatch(runId, { metrics: [{ key: 'roc_auc', value: i / 10_000, time: startTime, step: 0 }] });
      runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 });
    }
  });
}

/** Milliseconds from the click on the view's icon to the first run's row on screen, taken inside the page. */
function untilFirstRow(editor: Editor): Promise<number> {
  return editor.page.evaluate(async () => {
    const hasRow = () =>
      [...document.querySelectorAll('.sidebar .monaco-list-row')].some((row) => row.textContent?.includes('run-0'));
    const icon = document.querySelector<HTMLElement>('.activitybar .action-item a[aria-label^="Slipway"]');
    if (icon === null || hasRow()) return Number.NaN;
    const began = performance.now();
    for (const type of ['mousedown', 'mouseup', 'click'])
      icon.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, detail: 1 }));
    while (!hasRow()) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (performance.now() - began > 20_000) return Number.NaN;
    }
    return performance.now() - began;
  });
}

/** Logs ten batches of ten points a second, as a busy training does. */
async function stream(post: Poster, runId: string): Promise<void> {
  const batches = minutes * 60 * 10;
  const began = Date.now();
  for (let batch = 0; batch < batches; batch++) {
    const metrics = Array.from({ length: 10 }, (_, i) => {
      const step = 100 + batch * 10 + i;
      return { key: 'loss', value: Math.sin(step / 50) + 2, timestamp: Date.now(), step };
    });
    await post('runs/log-batch', { run_id: runId, metrics });
    const ahead = began + (batch + 1) * 100 - Date.now();
    if (ahead > 0) await setTimeout(ahead);
  }
}

/** The pauses between animation frames of a page while `work` runs, in milliseconds. */
async function watchFrames(page: Frame | Page, work: () => Promise<unknown>): Promise<{ p99: number; worst: number }> {
  await page.evaluate(() => {
    const gaps: number[] = [];
    Object.assign(window, { benchGaps: gaps });
    let last = performance.now();
    const look = (now: number): void => {
      if ((window as unknown as { benchGaps: number[] }).benchGaps !== gaps) return;
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await work();
  const gaps = await page.evaluate(() => (window as unknown as { benchGaps: number[] }).benchGaps);
  const sorted = gaps.toSorted((a, b) => a - b);
  return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN, worst: sorted.at(-1) ?? Number.NaN };
}

type Poster = (path: string, body: unknown) => Promise<Response>;

function poster(root: string): Poster {
  const address = readAddress(root);
  if (address === undefined) throw new Error('The workspace has no engine address.');
  const headers = { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' };
  return (path, body) =>
    fetch(`${address.url}/api/2.0/mlflow/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
