// A table of many metrics: only the rows in sight exist, and the keys reach all of them.
import { describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { openRun } from './open-run';
import { SeededProject } from './seeded-project';
import { sharedWindow } from './shared-window';

/** A finished run with two points of each metric, which are as large as its place in the list. */
function logMany({ runs, clock }: Seeding, name: string, keys: readonly string[]): void {
  const experimentId = runs.createExperiment({ name: `${keys.length} metrics` });
  const startTime = clock.now - 60_000;
  const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
  for (let start = 0; start < keys.length; start += 500) {
    const part = keys.slice(start, start + 500);
    const points = [0, 1].flatMap((step) =>
      part.map((key, index) => ({ key, step, value: start + index + step / 2, time: startTime + step })),
    );
    runs.logBatch(runId, { metrics: points });
  }
  runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 });
}

const shared = sharedWindow(() =>
  SeededProject.create((seeding) => {
    logMany(
      seeding,
      'wide',
      Array.from({ length: 300 }, (_, index) => `m${100 + index}`),
    );
    logMany(
      seeding,
      'vast',
      Array.from({ length: 5000 }, (_, index) => `layer_${index % 50}/norm_${index}`),
    );
  }),
);

describe('a table of 300 metrics', () => {
  it('draws the rows in sight and takes the keys to the last and back', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'wide');
    const button = (name: string) => panel.locator('.metric-name button', { hasText: name });
    await button('m100').focus();
    expect(await panel.locator('.metric-row').count()).toBeLessThan(40);
    await editor.page.keyboard.press('End');
    await expect.poll(() => panel.evaluate('document.activeElement.dataset.index')).toBe('299');
    expect(await button('m399').isVisible()).toBe(true);
    expect(await button('m100').count()).toBe(0);
    await editor.page.keyboard.press('ArrowUp');
    await expect.poll(() => panel.evaluate('document.activeElement.dataset.index')).toBe('298');
    await editor.page.keyboard.press('Home');
    await expect.poll(() => panel.evaluate('document.activeElement.dataset.index')).toBe('0');
    expect(await panel.locator('.metric-row').count()).toBeLessThan(40);
  });
});

describe('a table of 5,000 metrics', () => {
  it('groups them by prefix, finds them by words and fetches the numbers of the rows in sight', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'vast');
    await panel.getByText('5,000 logged, 4 charted').waitFor();
    const head = panel.locator('.metric-row.group button').first();
    expect(await head.innerText()).toBe('layer_0/ 100 metrics');
    await head.click();
    expect(await head.getAttribute('aria-expanded')).toBe('false');
    expect(await panel.locator('.metric-row').nth(1).innerText()).toContain('layer_1/ 100 metrics');
    // The last of them is beyond the first page of summaries.
    await head.focus();
    await editor.page.keyboard.press('End');
    const last = panel.locator('.metric-row', { hasText: 'layer_9/norm_959' });
    await expect.poll(() => last.locator('td').first().innerText()).toBe('959.50');
    await panel.getByRole('textbox', { name: 'Search metrics' }).fill('LAYER_9/ _959');
    await panel.getByText('1 of 5,000 metrics').waitFor();
    await editor.screenshot('metrics-5000');
    expect(await panel.locator('.metric-row').count()).toBe(1);
    await last.locator('button.cut').click();
    await panel.locator('.chart-figure[aria-label="layer_9/norm_959"]').waitFor();
    await panel.getByRole('textbox', { name: 'Search metrics' }).fill('no such');
    await panel.getByText('No name of a metric holds no such.').waitFor();
  });
});
