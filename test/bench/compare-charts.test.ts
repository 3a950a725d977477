/// <reference lib="dom" />
// The charts of a comparison: many long curves opened and pointed at, and one of a million points zoomed into a spike.
import { rmSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Editor } from '../editor/harness';
import { slipway } from '../engine/engine-process';
import { type Seeding, seedWorkspace } from '../engine/seeded-workspace';
import { watchFrames } from './frames';
import { median, tell } from './measurement';

const rounds = 5;
const million = 1_000_000;
const spikeAt = 654_321;

describe('the charts of a comparison', () => {
  it('20 curves of 100,000 points', async () => {
    await withRuns({ runs: 20, points: 100_000 }, async (editor) => {
      const first = await openCharts(editor, 20);
      const again: Opening[] = [];
      for (let round = 0; round < rounds; round++) again.push(await openCharts(editor, 20));
      const hover = await hoverFrames(editor);
      const drawn = again.map((opening) => opening.drawn);
      tell({
        ...{ chartsFirst: first.drawn, chartsOpened: median(drawn), chartsOpenedWorst: Math.max(...drawn) },
        ...{
          chartsPage: median(again.map(({ page }) => page)),
          chartsVerdict: median(again.map(({ verdict }) => verdict)),
        },
        ...{ hover20P95: hover.p95, hover20Worst: hover.worst },
      });
    });
  });

  it('50 curves of 10,000 points', async () => {
    await withRuns({ runs: 50, points: 10_000 }, async (editor) => {
      const opened = await openCharts(editor, 50);
      const hover = await hoverFrames(editor);
      tell({ chartsOf50: opened.drawn, hover50P95: hover.p95, hover50Worst: hover.worst });
    });
  });

  it('a spike of one point among a million', async () => {
    await withRuns({ runs: 2, points: million, spike: spikeAt }, async (editor) => {
      await openCharts(editor, 2);
      const panel = await editor.webviewFrame('.chart canvas', 40_000);
      const zooms: number[] = [];
      expect(await spikeIsSeen(panel)).toBe(true);
      await pointAt(panel, spikeAt / million);
      for (let zoom = 0; zoom < 11; zoom++) {
        zooms.push(await timeZoom(panel));
        expect(await spikeIsSeen(panel), `after ${zoom + 1} times closer`).toBe(true);
      }
      tell({ chartZoom: median(zooms), chartZoomWorst: Math.max(...zooms) });
    });
  });
});

/** Runs of one metric over as many steps; the first has a spike of one point where that is asked for. */
function seedCurves({ runs, clock }: Seeding, size: { runs: number; points: number; spike?: number }): void {
  const experimentId = runs.createExperiment({ name: 'curves' });
  for (let run = 0; run < size.runs; run++) {
    const startTime = clock.now - 86_400_000;
    const { runId } = runs.createRun({ experimentId, userId: 'bench', name: `curve-${run}`, startTime });
    const valueAt = (step: number): number =>
      run === 0 && step === size.spike ? 100 : 2 / (1 + step / 5000) + Math.sin(step * 12.9 + run) / 20 + run / 100;
    runs.logBatch(runId, { params: [{ key: 'width', value: String(run) }] });
    for (let from = 0; from < size.points; from += 1000) {
      const steps = Array.from({ length: 1000 }, (_, index) => from + index);
      runs.logBatch(runId, {
        metrics: steps.map((step) => ({ key: 'loss', step, time: startTime + step * 50, value: valueAt(step) })),
      });
    }
    clock.now += 1000;
    runs.updateRun(runId, { status: 'FINISHED', endTime: clock.now });
  }
}

async function withRuns(
  size: { runs: number; points: number; spike?: number },
  work: (editor: Editor) => Promise<void>,
): Promise<void> {
  const workspace = seedWorkspace((seeding) => seedCurves(seeding, size));
  try {
    await using editor = await Editor.open({ folder: workspace, size: { width: 1600, height: 1500 } });
    await editor.openView('Slipway');
    await editor.treeRow('curve-0').waitFor({ timeout: 60_000 });
    await work(editor);
  } finally {
    await slipway(['engine', 'stop', '--workspace', workspace]);
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Milliseconds from the key that compares to the page's first script, to the verdict, and to all curves on screen. */
interface Opening {
  page: number;
  verdict: number;
  drawn: number;
}

async function openCharts(editor: Editor, count: number): Promise<Opening> {
  await editor.closeEditors();
  await editor.page.waitForTimeout(1000);
  await editor.treeRow('curve-0').click();
  await editor.treeRow(`curve-${count - 1}`).click({ modifiers: ['Shift'] });
  await editor.page.waitForTimeout(1000);
  const pressed = Date.now();
  await editor.page.keyboard.press('Control+Shift+C');
  // A click on a run has opened that run, whose page goes away.
  const panel = await editor.webviewFrame('script[src*="compare.js"]', 40_000);
  const times = await panel.evaluate(async (wanted) => {
    while (document.querySelector('.verdict h1') === null) await new Promise((next) => requestAnimationFrame(next));
    const verdict = Date.now();
    // Of many curves the caption names the first, and says how many more there are.
    const named = (): number => {
      const more = /and (\d+) more/.exec(document.querySelector('.chart-names')?.textContent ?? '')?.[1];
      return document.querySelectorAll('.chart-name').length + Number(more ?? 0);
    };
    const isDrawn = (): boolean => document.querySelector('.chart canvas') !== null && named() === wanted;
    while (!isDrawn()) await new Promise((next) => requestAnimationFrame(next));
    return { page: performance.timeOrigin, verdict, drawn: Date.now() };
  }, count);
  await panel.waitForTimeout(1500);
  const { page, verdict, drawn } = times;
  return { page: page - pressed, verdict: verdict - pressed, drawn: drawn - pressed };
}

/** The pauses between frames while the mouse goes to and fro over the first chart. */
async function hoverFrames(editor: Editor): Promise<{ p95: number; worst: number }> {
  const panel = await editor.webviewFrame('.chart canvas');
  const chart = panel.locator('.chart').first();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (box === null) return { p95: Number.NaN, worst: Number.NaN };
  const { mouse } = editor.page;
  const y = box.y + box.height / 2;
  await mouse.move(box.x + 60, y);
  return watchFrames(panel, async () => {
    for (let move = 0; move < 400; move++) {
      const share = Math.abs(((move * 0.011) % 2) - 1);
      await mouse.move(box.x + 60 + share * (box.width - 90), y);
    }
  });
}

/** Puts the crosshair of the first chart at a share of its axis. */
async function pointAt(panel: Frame, share: number): Promise<void> {
  const chart = panel.locator('.chart').first();
  await chart.focus();
  await chart.evaluate((element, at) => {
    const { left, top, width } = element.getBoundingClientRect();
    // Beside the plot lie 48 pixels of axis and 16 of margin.
    const clientX = left + 48 + at * (width - 64);
    element.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY: top + 20, bubbles: true }));
  }, share);
}

/** Milliseconds from the key that zooms to buckets of half the width on screen. */
function timeZoom(panel: Frame): Promise<number> {
  return panel.evaluate(async () => {
    const resolution = (): string | undefined =>
      /of [\d,]+ step/.exec(document.querySelector('.chart-resolution')?.textContent ?? '')?.[0];
    const before = resolution();
    const began = performance.now();
    const key = new KeyboardEvent('keydown', { key: '+', bubbles: true });
    document.querySelector('.chart')?.dispatchEvent(key);
    while (resolution() === before) {
      await new Promise((next) => requestAnimationFrame(next));
      if (performance.now() - began > 10_000) return Number.NaN;
    }
    return performance.now() - began;
  });
}

/** Whether something of a curve's colour stands in the uppermost fifth of the first plot, where only the spike reaches. */
function spikeIsSeen(panel: Frame): Promise<boolean> {
  return panel.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.chart canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined) return false;
    const scale = canvas.height / canvas.getBoundingClientRect().height;
    const left = Math.ceil(50 * scale);
    const { data } = context.getImageData(left, 0, canvas.width - left - Math.ceil(18 * scale), Math.floor(28 * scale));
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
      if (alpha > 20 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40) return true;
    }
    return false;
  });
}
