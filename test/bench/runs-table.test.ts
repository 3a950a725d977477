/// <reference lib="dom" />
// The runs table over 10,000 runs of 200 columns: how soon it is there, ordered, filtered, starred; and whether it scrolls.
import { rmSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { describe, it } from 'vitest';
import { Editor } from '../editor/harness';
import { slipway } from '../engine/engine-process';
import { seedWorkspace } from '../engine/seeded-workspace';
import { watchFrames } from './frames';
import { median, tell } from './measurement';
import { seedTable } from './series';

const rounds = 5;

describe('the runs table', () => {
  it('10,000 runs with 100 params and 100 metrics', async () => {
    const workspace = seedWorkspace((seeding) => seedTable(seeding, { runs: 10_000, params: 100, metrics: 100 }));
    try {
      await using editor = await Editor.open({ folder: workspace, size: { width: 1500, height: 900 } });
      await editor.openView('Slipway');
      await editor.treeRow('sweep-0').waitFor({ timeout: 60_000 });
      const openings: number[] = [];
      for (let round = 0; round < rounds; round++) openings.push(await openFresh(editor));
      const table = await editor.webviewFrame('.rows tr');
      await table.waitForTimeout(8000);
      const sorts: number[] = [];
      for (let round = 0; round < rounds; round++) sorts.push(await timeSort(table));
      const filters: number[] = [];
      await table.getByRole('button', { name: 'Edit Filter as Text' }).click();
      for (let round = 0; round < rounds; round++) filters.push(await timeFilter(table, `metric:roc_auc>0.9${round}`));
      await timeFilter(table, '');
      const stars: number[] = [];
      for (let round = 0; round < rounds; round++) stars.push(await timeStar(table));
      const blank = await scrollThrough(table);
      const frames = await watchFrames(table, () => scrollThrough(table));
      tell({
        ...{ tableOpened: median(openings), tableOpenedWorst: Math.max(...openings) },
        ...{ tableSorted: median(sorts), tableSortedWorst: Math.max(...sorts) },
        ...{ tableFiltered: median(filters), tableFilteredWorst: Math.max(...filters) },
        ...{ tableStarred: median(stars), tableStarredWorst: Math.max(...stars) },
        ...{ tableBlankRows: blank, tableScrollP99: frames.p99, tableScrollWorst: frames.worst },
        tableMegabytes: (await heapOf(table)) / 1e6,
      });
    } finally {
      await slipway(['engine', 'stop', '--workspace', workspace]);
      rmSync(workspace, { recursive: true, force: true });
    }
  });
});

/** Milliseconds from the click on the table's sign to the first row with cells on screen. */
async function openFresh(editor: Editor): Promise<number> {
  await editor.closeEditors();
  await editor.page.waitForTimeout(2000);
  const sign = editor.page.locator('.sidebar a[aria-label^="Open Runs Table"]').first();
  await editor.treeRow('sweep-0').hover();
  const clicked = Date.now();
  await sign.click();
  const table = await editor.webviewFrame('#root', 40_000);
  const drawn = await table.evaluate(async () => {
    while (document.querySelector('.rows td .state') === null) await new Promise((next) => requestAnimationFrame(next));
    return Date.now();
  });
  return drawn - clicked;
}

/** Milliseconds from the click on a head to other rows with their cells. */
function timeSort(table: Frame): Promise<number> {
  return table.evaluate(async () => {
    const rows = (): string => [...document.querySelectorAll('.rows tr')].map((row) => row.textContent).join();
    const head = [...document.querySelectorAll<HTMLElement>('.names .head-button')].find((each) =>
      each.textContent?.startsWith('roc_auc'),
    );
    const before = rows();
    const began = performance.now();
    head?.click();
    while (rows() === before || document.querySelector('.rows td .state') === null) {
      await new Promise((next) => requestAnimationFrame(next));
      if (performance.now() - began > 20_000) return Number.NaN;
    }
    return performance.now() - began;
  });
}

/** Milliseconds from Enter in the filter to another number of runs. */
function timeFilter(table: Frame, text: string): Promise<number> {
  return table.evaluate(async (filter) => {
    const field = document.querySelector<HTMLInputElement>('.filter-text');
    const count = (): string => document.querySelector('.counts')?.textContent ?? '';
    if (field === null) return Number.NaN;
    const before = count();
    field.value = filter;
    const began = performance.now();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    while (count() === before) {
      await new Promise((next) => requestAnimationFrame(next));
      if (performance.now() - began > 20_000) return Number.NaN;
    }
    return performance.now() - began;
  }, text);
}

/** Milliseconds from the key to the star in the row. */
function timeStar(table: Frame): Promise<number> {
  return table.evaluate(async () => {
    const grid = document.querySelector<HTMLElement>('.grid');
    const stars = (): number => document.querySelectorAll('.rows th .icon').length;
    grid?.focus();
    const before = stars();
    const began = performance.now();
    grid?.dispatchEvent(new KeyboardEvent('keydown', { key: '*', bubbles: true }));
    while (stars() === before) {
      await new Promise((next) => requestAnimationFrame(next));
      if (performance.now() - began > 20_000) return Number.NaN;
    }
    const took = performance.now() - began;
    await new Promise((next) => setTimeout(next, 500));
    return took;
  });
}

/** Scrolls as a wheel does for six seconds, 96 px a frame. Answers the most rows in sight without a name. */
function scrollThrough(table: Frame): Promise<number> {
  return table.evaluate(async () => {
    const grid = document.querySelector<HTMLElement>('.grid');
    if (grid === null) return Number.NaN;
    let most = 0;
    const began = performance.now();
    grid.scrollTop = 0;
    while (performance.now() - began < 6000) {
      grid.scrollTop += 96;
      await new Promise((next) => requestAnimationFrame(next));
      const box = grid.getBoundingClientRect();
      const blank = [...document.querySelectorAll('.rows tr')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > box.top + 60 && top < box.bottom && row.querySelector('.words')?.textContent === '';
      });
      most = Math.max(most, blank.length);
    }
    return most;
  });
}

function heapOf(table: Frame): Promise<number> {
  return table.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);
}
