/// <reference lib="dom" />
// Measured in the real editor, for `npm run bench`: prints one JSON line into $SLIPWAY_BENCH_OUT and judges nothing.
import { appendFileSync, rmSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newRunId } from '../../src/base/ids';
import { readAddress } from '../../src/client/engine-address';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { Project } from '../editor/project';
import { slipway } from '../engine/engine-process';
import { seedWorkspace } from '../engine/seeded-workspace';

const out = process.env.SLIPWAY_BENCH_OUT;
const minutes = Number(process.env.SLIPWAY_BENCH_MINUTES ?? 10);

function tell(numbers: Record<string, number>): void {
  expect(Object.values(numbers).every(Number.isFinite)).toBe(true);
  if (out !== undefined) appendFileSync(out, `${JSON.stringify(numbers)}\n`);
}

describe('in the editor', () => {
  it('the first page of 10,000 runs', async () => {
    const workspace = seedWorkspace(({ runs, clock }) => {
      const experimentId = runs.createExperiment({ name: 'many' });
      for (let i = 0; i < 10_000; i++) {
        const startTime = clock.now - i * 1000;
        const { runId } = runs.createRun({
          runId: newRunId(),
          experimentId,
          userId: 'bench',
          name: `run-${i}`,
          startTime,
        });
        runs.logBatch(runId, { metrics: [{ key: 'roc_auc', value: i / 10_000, time: startTime, step: 0 }] });
        runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 500 });
      }
    });
    try {
      await using editor = await Editor.open({ folder: workspace });
      await editor.openView('Slipway');
      await editor.treeRow('run-0').waitFor({ timeout: 60_000 });
      const times: number[] = [];
      for (let round = 0; round < 7; round++) {
        await editor.runCommand('Slipway: Refresh Runs');
        await editor.page.waitForTimeout(500);
        await editor.treeRow('many').click();
        await editor.page.waitForTimeout(500);
        times.push(await untilFirstRow(editor));
      }
      tell({ firstPage: median(times) });
    } finally {
      await slipway(['engine', 'stop', '--workspace', workspace]);
      rmSync(workspace, { recursive: true, force: true });
    }
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
    const gaps = await watchFrames(panel, () => stream(post, runId));
    tell({
      onScreen: median(latencies),
      onScreenWorst: Math.max(...latencies),
      frameGapP99: gaps.p99,
      frameGapWorst: gaps.worst,
    });
  });
});

/** Milliseconds from a click on the collapsed experiment to its first run's row, taken inside the page. */
function untilFirstRow(editor: Editor): Promise<number> {
  return editor.page.evaluate(async () => {
    const rows = () => [...document.querySelectorAll('.sidebar .monaco-list-row')];
    const experiment = rows().find((row) => row.textContent?.includes('many'));
    if (experiment === undefined || rows().some((row) => row.textContent?.includes('run-0'))) return Number.NaN;
    const began = performance.now();
    for (const type of ['mousedown', 'mouseup', 'click'])
      experiment.dispatchEvent(new MouseEvent(type, { bubbles: true, button: 0, detail: 1 }));
    while (!rows().some((row) => row.textContent?.includes('run-0'))) {
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
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
}

/** The pauses between animation frames of the panel while `work` runs, in milliseconds. */
async function watchFrames(panel: Frame, work: () => Promise<void>): Promise<{ p99: number; worst: number }> {
  await panel.evaluate(() => {
    const gaps: number[] = [];
    Object.assign(window, { benchGaps: gaps });
    let last = performance.now();
    const look = (now: number): void => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await work();
  const gaps = await panel.evaluate(() => (window as unknown as { benchGaps: number[] }).benchGaps);
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
