/// <reference lib="dom" />
// What a person waits for in the real editor.
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { Project } from '../editor/project';
import { slipway } from '../engine/engine-process';
import { seedWorkspace } from '../engine/seeded-workspace';
import { watchFrames } from './frames';
import { liveRun, logPoints, poster } from './live-points';
import { median, tell } from './measurement';
import { seedRuns } from './series';

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
    const runId = await liveRun(post);
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
    const empty = await editor.inEmptyPage((page) => watchFrames(page, () => setTimeout(baselineTime)));
    const quiet = await watchFrames(panel, () => setTimeout(baselineTime));
    const busy = await watchFrames(panel, () => logPoints(post, runId, minutes * 60));
    tell({
      frameGapP99: busy.p99,
      frameGapWorst: busy.worst,
      frameGapWorstOwn: busy.worstOwn,
      quietGapP99: quiet.p99,
      quietGapWorst: quiet.worst,
      emptyGapP99: empty.p99,
      emptyGapWorst: empty.worst,
    });
  });
});

/** Times `untilFirstRow` in windows that have not shown the view yet, on a folder with so many finished runs. */
async function firstPages(count: number, rounds: number): Promise<number[]> {
  const workspace = seedWorkspace((seeding) => seedRuns(seeding, count));
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
