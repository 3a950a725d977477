// A table of many metrics: only the rows in sight exist, and the keys reach all of them.
import { describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { openRun } from './open-run';
import { SeededProject } from './seeded-project';
import { sharedWindow } from './shared-window';

/** A finished run with points of each metric, which are as large as its place in the list; of `curves` two each. */
function logMany({ runs, clock }: Seeding, name: string, keys: readonly string[], curves = keys): void {
  const experimentId = runs.createExperiment({ name: `${keys.length} metrics` });
  const startTime = clock.now - 60_000;
  const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
  for (let start = 0; start < keys.length; start += 500) {
    const part = keys.slice(start, start + 500);
    const points = [0, 1].flatMap((step) =>
      (step === 0 ? part : part.filter((key) => curves.includes(key))).map((key, index) => ({
        key,
        step,
        value: start + index + step / 2,
        time: startTime + step,
      })),
    );
    runs.logBatch(runId, { metrics: points });
  }
  runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 });
}

const given = ['reward', 'train/entropy', 'val/entropy'];
/** As MLflow's own monitor names them. */
const monitored = [
  ...['cpu_utilization_percentage', 'disk_available_megabytes', 'disk_usage_megabytes', 'disk_usage_percentage'],
  ...['gpu_0_memory_usage_megabytes', 'gpu_0_utilization_percentage', 'network_receive_megabytes'],
  ...['network_transmit_megabytes', 'system_memory_usage_megabytes'],
].map((name) => `system/${name}`);

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
    const weights = Array.from({ length: 1200 }, (_, index) => `gradients/w_${1000 + index}`);
    logMany(seeding, 'buried', [...weights, ...given, ...monitored], [...given, ...monitored]);
  }),
);

describe('a table of 300 metrics', () => {
  it('too narrow for its columns has what they say below each name', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'wide');
    const rows = panel.locator('.metric-more');
    await expect.poll(() => rows.first().innerText()).toBe('min 0 · max 0.5000 · 2 points');
  });

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

describe('metrics that a person named, behind a thousand that a loop did', () => {
  it('are charted at first, and no sentence says that there is no curve', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'buried');
    await panel.getByText('1,203 logged, 3 charted').waitFor();
    const charted = () =>
      panel.locator('.chart-figure').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    expect((await charted()).toSorted()).toEqual(given);
    expect(await panel.locator('.opening h1').innerText()).toContain('reward');
    for (const key of given) await panel.getByRole('button', { name: `Remove Chart: ${key}` }).press('Enter');
    await panel.getByText('Choose a row of the table to draw its metric.').waitFor();
  });

  it('stand beside a machine whose use has names of one meaning each, none cut off', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'buried');
    const names = panel.locator('.usage .cut');
    await names.first().scrollIntoViewIfNeeded();
    await editor.screenshot('machine-monitored');
    expect(await names.allInnerTexts()).toEqual([
      ...['GPU 0 memory, peak', 'GPU 0, peak', 'Machine CPU, peak', 'Machine memory, peak', 'Received', 'Sent'],
      ...['Disk used, peak', 'Disk used, peak', 'Disk free, least'],
    ]);
    const isCut = await names.evaluateAll((all) => all.some((each) => each.scrollWidth > each.clientWidth));
    expect(isCut).toBe(false);
  });
});
