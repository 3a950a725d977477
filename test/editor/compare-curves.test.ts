// The curves of a comparison in the real editor: groups with bands, another metric as axis, two ways to smooth, files.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { Editor } from './harness';
import { faultsOf } from './panel-faults';
import { SeededProject } from './seeded-project';
import { selectRuns } from './seeded-tree';

const steps = 120;
const names = ['base-1', 'base-2', 'base-3', 'fast-1', 'fast-2', 'fast-3'];

/** Two models with three seeds each. The last run of the second ends early, and one value of it is no number. */
function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'delay' });
  for (const [index, name] of names.entries()) {
    clock.now += 60_000;
    const startTime = clock.now - 3_600_000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
    const isFast = index >= 3;
    const length = name === 'fast-3' ? 80 : steps;
    const noise = (step: number): number => Math.sin(step * 7.7 + index * 1.3) / 40 + Math.sin(index * 12.9) / 50;
    const metrics = Array.from({ length }, (_, step) => {
      const at = { time: startTime + step * 1000 + index * 37, step };
      const auc = 0.9 - 0.4 / (1 + step / (isFast ? 8 : 16)) + noise(step);
      return [
        { key: 'roc_auc', value: name === 'fast-3' && step === 40 ? Number.NaN : auc, ...at },
        { key: 'loss', value: 1.2 - auc + Math.sin(step / 6) / 50, ...at },
      ];
    }).flat();
    runs.logBatch(runId, {
      params: Object.entries({
        model: isFast ? 'fast' : 'base',
        learning_rate: isFast ? '0.3' : '0.1',
        seed: `${index % 3}`,
      }).map(([key, value]) => ({ key, value })),
      metrics,
    });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + length * 1000 });
  }
}

describe('the curves of a comparison', () => {
  let project: SeededProject;
  let editor: Editor;
  let panel: Frame;
  beforeAll(async () => {
    project = SeededProject.create(seed);
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1300 } });
    await editor.openView('Slipway');
    await editor.treeRow('base-1').waitFor();
    await selectRuns(editor, names);
    await editor.page.keyboard.press('Control+Shift+C');
    panel = await editor.webviewFrame('.verdict h1');
    await panel.locator('.chart canvas').first().waitFor();
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  const choose = (label: string, value: string) => panel.getByRole('combobox', { name: label }).selectOption(value);
  const figure = () => panel.locator('.chart-figure').first();
  const captions = async (): Promise<string[]> =>
    (await figure().locator('.chart-name').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));

  it('one line a run, then one a side with its band, told by n', async () => {
    expect(await captions()).toHaveLength(6);
    await figure().scrollIntoViewIfNeeded();
    await editor.screenshot('curves-runs');
    await choose('Group runs', 'side');
    await expect
      .poll(captions)
      .toEqual([
        expect.stringMatching(/^base-1.* 0\.\d+ 0\.\d+ to 0\.\d+, n 3$/),
        expect.stringMatching(/^fast-1.* 0\.\d+ 0\.\d+ to 0\.\d+, n 2$/),
      ]);
    const note = await figure().locator('.chart-note').innerText();
    expect(note).toMatch(/^Mean of the runs with a value there, band: ± 1 sd of the runs/);
    expect(note).toContain('ends with 2 of 3 runs');
    expect(note).toContain('△ 1 NaN');
    await editor.screenshot('curves-sides');
    await choose('Line of a group', 'median');
    await expect.poll(() => figure().locator('.chart-note').innerText()).toContain('middle half of the runs');
    await choose('Line of a group', 'mean');
    await choose('Band of a group', 'ci');
    await expect.poll(() => figure().locator('.chart-note').innerText()).toContain('95 % interval of the mean');
  });

  it('any param that differs makes groups, and the choice outlives a reload', async () => {
    await choose('Group runs', 'param:seed');
    await expect
      .poll(captions)
      .toEqual([
        expect.stringMatching(/^seed 0 /),
        expect.stringMatching(/^seed 1 /),
        expect.stringMatching(/^seed 2 /),
      ]);
    await editor.reload();
    panel = await editor.webviewFrame('.verdict h1');
    await expect.poll(captions).toHaveLength(3);
    await choose('Group runs', 'side');
    await expect.poll(captions).toHaveLength(2);
  });

  it('the table and the files tell the groups too', async () => {
    await figure().hover();
    await figure().getByRole('button', { name: 'Show as Table: roc_auc' }).click();
    expect(await figure().locator('thead').first().innerText()).toMatch(
      /Step\s+Mean\s+Band from\s+Band to\s+Runs\s+Min\s+Max\s+Points/,
    );
    await figure().getByRole('button', { name: 'Export Chart…: roc_auc' }).click();
    await editor.quickPickRow('CSV').click();
    const file = join(project.root, 'groups.csv');
    await editor.answerFileDialog(file);
    await expect.poll(() => existsSync(file)).toBe(true);
    const [head, first, ...rest] = readFileSync(file, 'utf8').trim().split('\n');
    expect(head).toBe('group,step,mean,band_from,band_to,runs,min,max,points');
    expect(first).toMatch(/^base-1[^,]*,0,0\.\d+,0\.\d+,0\.\d+,3,/);
    expect(rest.at(-1)).toMatch(/^fast-1[^,]*,119,.*,2,/);
    await figure().getByRole('button', { name: 'Show as Table: roc_auc' }).click();
  });

  it('another metric is the axis: the axis says which, the crosshair the step, what has no place is counted', async () => {
    await choose('Group runs', 'none');
    await panel.getByRole('button', { name: 'Metric', exact: true }).click();
    await choose('Metric on the horizontal axis', 'loss');
    await expect.poll(() => figure().locator('.chart-axis').innerText()).toBe('loss');
    await figure().locator('.chart').hover();
    await expect.poll(() => figure().locator('.chart-place').innerText()).toMatch(/^at loss 0\.\d+, step \d+$/);
    await editor.screenshot('curves-metric-axis');
    await figure().locator('.chart').press('+');
    await panel.getByRole('button', { name: 'Reset Zoom' }).waitFor();
    await panel.getByRole('button', { name: 'Reset Zoom' }).click();
    await panel.getByRole('button', { name: 'Step', exact: true }).click();
  });

  it('a Gaussian smooths as well as a moving average does, with the raw line behind', async () => {
    await choose('Moving average or Gaussian', 'gaussian');
    const slider = panel.getByRole('slider', { name: 'Smoothing' });
    await slider.fill('15');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('5 points');
    await choose('Group runs', 'side');
    await expect.poll(() => figure().locator('.chart').getAttribute('aria-label')).toContain('smoothed mean of 3 runs');
    await editor.screenshot('curves-gaussian');
    expect(await faultsOf(panel)).toEqual([]);
  });

  it('reads on a narrow panel and in high contrast', async () => {
    await editor.page.setViewportSize({ width: 760, height: 1300 });
    await figure().scrollIntoViewIfNeeded();
    await editor.screenshot('curves-narrow');
    expect(await faultsOf(panel)).toEqual([]);
    await editor.page.setViewportSize({ width: 1500, height: 1300 });
  });
});
