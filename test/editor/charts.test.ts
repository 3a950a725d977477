// Charts of a run: zoom that asks for finer buckets, smoothing, logarithmic axes, several metrics, files of a chart.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openRun } from './open-run';
import { SeededProject } from './seeded-project';
import { sharedWindow } from './shared-window';

const points = 2000;

/** `loss` falls with one spike and two gaps, `train/loss` falls, `delta` crosses zero; in a run called `curves`. */
function project(): SeededProject {
  return SeededProject.create(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'charts' });
    const startTime = clock.now - 3_600_000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name: 'curves', startTime });
    const keys = {
      loss: (step: number) => (step === 1234 ? 50 : step === 300 || step === 301 ? Number.NaN : 2 / (1 + step / 200)),
      'train/loss': (step: number) => 1.5 / (1 + step / 200) + (step % 7) / 50,
      delta: (step: number) => Math.sin(step / 100),
    };
    for (const [key, value] of Object.entries(keys)) {
      const steps = Array.from({ length: points }, (_, step) => step);
      runs.logBatch(runId, {
        metrics: steps.map((step) => ({ key, step, value: value(step), time: startTime + step * 1000 })),
      });
    }
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + points * 1000 });
  });
}

const figureOf = (panel: Frame, name: string): Locator => panel.locator(`.chart-figure[aria-label="${name}"]`);
const findingOf = (panel: Frame, name: string): Promise<string | null> =>
  figureOf(panel, name).locator('.chart').getAttribute('aria-label');

/** Drags over a chart from one share of its width to another. */
async function drag(editor: Editor, chart: Locator, from: number, to: number): Promise<void> {
  const box = await chart.boundingBox();
  if (box === null) throw new Error('The chart has no place.');
  const at = (share: number): [number, number] => [box.x + box.width * share, box.y + box.height / 2];
  await editor.page.mouse.move(...at(from));
  await editor.page.mouse.down();
  await editor.page.mouse.move(...at(to), { steps: 3 });
  await editor.page.mouse.up();
}

describe('the charts of a run', () => {
  const shared = sharedWindow(project, () => ({ size: { width: 1530, height: 1000 } }));

  it('zoom by drag and keys into finer buckets, smooth, and say what a log axis leaves out', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'curves');
    const chart = figureOf(panel, 'loss').locator('.chart');
    await chart.scrollIntoViewIfNeeded();
    expect(await findingOf(panel, 'loss')).toContain('over 2,000 points: last 0.1819 at step 1,999');
    expect(await findingOf(panel, 'loss')).toContain('2 NaN');
    const asTable = figureOf(panel, 'loss').getByRole('button', { name: 'Show as Table' });
    await figureOf(panel, 'loss').hover();
    await asTable.click();
    expect(await figureOf(panel, 'loss').locator('tbody tr', { hasText: 'NaN' }).innerText()).toMatch(
      /^30[01]\tNaN\t–\t–\t2$/,
    );
    await asTable.click();

    await drag(editor, chart, 0.6, 0.7);
    await panel.getByRole('button', { name: 'Reset Zoom' }).waitFor();
    await expect.poll(() => findingOf(panel, 'loss')).toMatch(/over (1\d\d|2\d\d) points/);
    // The other charts show the same part.
    expect(await findingOf(panel, 'delta')).toMatch(/over (1\d\d|2\d\d) points/);
    await figureOf(panel, 'loss').hover();
    await figureOf(panel, 'loss').getByRole('button', { name: 'Show as Table' }).click();
    const row = figureOf(panel, 'loss').locator('tbody tr:has(td:text-is("50"))');
    await expect.poll(() => row.innerText()).toMatch(/^1,23[45]\t/);
    await figureOf(panel, 'loss').getByRole('button', { name: 'Show as Table' }).click();

    await chart.press('Escape');
    await expect.poll(() => findingOf(panel, 'loss')).toContain('over 2,000 points');
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.press('+');
    await expect.poll(() => findingOf(panel, 'loss')).toMatch(/over (9\d\d|1,00\d) points/);
    await chart.dblclick();
    await expect.poll(() => findingOf(panel, 'loss')).toContain('over 2,000 points');

    await panel.getByLabel('Smoothing').fill('0.9');
    await expect.poll(() => findingOf(panel, 'train/loss')).toContain('smoothed last');
    await panel.getByRole('button', { name: 'Log y' }).click();
    await panel.getByText(/^9\d\d values ≤ 0 not on the log axis$/).waitFor();
    await panel.getByRole('button', { name: 'Log x' }).click();
    await expect.poll(() => findingOf(panel, 'loss')).toContain('1 point at step ≤ 0 not on the log axis');
    await editor.screenshot('charts-log-smooth');
  });

  it('keep zoom, smoothing and axes over a reload and a tab switch, and lead back to all of it', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'curves');
    const chart = figureOf(panel, 'loss').locator('.chart');
    await chart.scrollIntoViewIfNeeded();
    await panel.getByLabel('Smoothing').fill('0.9');
    await panel.getByRole('button', { name: 'Log y' }).click();
    await drag(editor, chart, 0.6, 0.7);
    const zoomed = /over 2[34]\d points: smoothed last 0\.2\d+ at step 1,3[78]\d/;
    await expect.poll(() => findingOf(panel, 'loss')).toMatch(zoomed);

    await editor.reload();
    const reloaded = await editor.webviewFrame('.chart canvas');
    await expect.poll(() => findingOf(reloaded, 'loss')).toMatch(zoomed);
    expect(await reloaded.getByLabel('Smoothing').inputValue()).toBe('0.9');
    await expect.poll(() => findingOf(reloaded, 'delta')).toContain('not on the log axis');

    await editor.runCommand('File: New Untitled Text File');
    await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await editor.page.locator('.tab', { hasText: 'curves' }).click();
    const again = await editor.webviewFrame('.chart canvas');
    await expect.poll(() => findingOf(again, 'loss')).toMatch(zoomed);
    // What lies beyond the part is known too: keys go there step by step.
    await figureOf(again, 'loss').locator('.chart').focus();
    await editor.page.keyboard.press('-');
    await expect.poll(() => findingOf(again, 'loss')).toMatch(/over [3-5]\d\d points/);
    await again.getByRole('button', { name: 'Reset Zoom' }).click();
    await expect.poll(() => findingOf(again, 'loss')).toContain('over 2,000 points');
  });

  it('take a second metric by name or by a dragged row, and are saved as files', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'curves');
    await figureOf(panel, 'loss').hover();
    await figureOf(panel, 'loss').getByRole('button', { name: 'Add Metric…' }).click();
    await editor.quickPickRow('train/loss').click();
    await figureOf(panel, 'loss, train/loss').waitFor();
    const row = panel.locator('.metric-row', { hasText: 'delta' });
    await row.dragTo(figureOf(panel, 'loss, train/loss'));
    const all = figureOf(panel, 'loss, train/loss, delta');
    await all.waitFor();
    expect(await panel.locator('.chart-figure').count()).toBe(1);
    await panel.getByRole('button', { name: 'Log y' }).click();
    await panel.getByText(/^△ 2 NaN, delta: 9\d\d values ≤ 0 not on the log axis$/).waitFor();
    await editor.screenshot('charts-shared');
    await panel.getByRole('button', { name: 'Log y' }).click();
    await panel.locator('.metric-name button', { hasText: 'delta' }).click();
    const figure = figureOf(panel, 'loss, train/loss');
    await figure.waitFor();

    const save = async (format: string): Promise<Buffer> => {
      const file = join(shared.project.root, `out.${format.toLowerCase()}`);
      await figure.hover();
      await figure.getByRole('button', { name: 'Export Chart…' }).click();
      await editor.quickPickRow(format).click();
      const box = editor.page.locator('.quick-input-widget:visible input').first();
      await expect.poll(() => box.inputValue()).toContain(`curves-loss.${format.toLowerCase()}`);
      await editor.answerFileDialog(file);
      await editor.page.locator('.notification-toast', { hasText: `${basename(file)} is saved.` }).waitFor();
      return readFileSync(file);
    };
    const lines = (await save('CSV')).toString().trimEnd().split('\n');
    expect(lines[0]).toBe('metric,step,time,seconds,value');
    expect(lines).toHaveLength(1 + 2 * points);
    expect(lines[1 + 1234]).toMatch(/^loss,1234,\d{4}-\d\d-\d\dT[\d:.]+Z,1234,50$/);
    expect(lines[1 + 300]).toMatch(/,NaN$/);
    await panel.getByLabel('Smoothing').fill('0.6');
    await expect.poll(() => findingOf(panel, 'loss, train/loss')).toContain('smoothed last');
    const svg = (await save('SVG')).toString();
    expect(svg).toMatch(/^<svg [^>]+>[\s\S]+<text[^>]*>curves<\/text>[\s\S]+train\/loss[\s\S]+<\/svg>$/);
    expect(svg).toContain('△ 2 NaN, smoothed 0.60</text>');
    expect((await save('PNG')).subarray(1, 4).toString()).toBe('PNG');

    await panel.evaluate("HTMLImageElement.prototype.decode = () => Promise.reject(new Error('no picture'))");
    await figure.hover();
    await figure.getByRole('button', { name: 'Export Chart…' }).click();
    await editor.page.getByPlaceholder('The panel could not draw this chart as PNG. Choose SVG').waitFor();
    expect(await editor.page.locator('.quick-input-list .label-name').allInnerTexts()).toEqual(['SVG', 'CSV']);
  });

  it('a direction that is changed is written to slipway.yaml and changes the best value', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'curves');
    const row = panel.locator('.metric-row', { hasText: 'delta' });
    expect(await row.locator('td').nth(1).innerText()).toBe('–');
    await row.hover();
    await row.locator('.direction').click();
    await editor.quickPickRow('Lower is better').click();
    await expect.poll(() => row.locator('td').nth(1).innerText()).toBe('−1.0000');
    expect(await row.locator('.direction').getAttribute('aria-label')).toBe(
      'Change Direction…: delta, lower is better',
    );
    expect(readFileSync(join(shared.project.root, 'slipway.yaml'), 'utf8')).toBe(
      'version: 1\nmetrics:\n  delta:\n    direction: down\n',
    );
  });
});
