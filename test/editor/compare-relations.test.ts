// What goes with what over forty runs, in the real editor: four views, by pointer and by keys, in four themes, wide and narrow.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { Editor } from './harness';
import { faultsOf } from './panel-faults';
import { SeededProject } from './seeded-project';
import { inFileName, themes } from './themes';

const hostile = '<img src=x onerror="document.title=1">';
const many = 40;
/** Always the same and without an order: numbers from 0 to 1. */
const wave = (n: number): number => {
  const far = Math.sin(n * 12.9898) * 43758.5453;
  return far - Math.floor(far);
};

/** roc_auc is planted: it grows with the logarithm of the rate and by model; one run lacks it, one has NaN. */
function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'sweep' });
  for (let at = 0; at < many; at++) {
    clock.now += 60_000;
    const startTime = clock.now - 3_600_000;
    const name = at === 5 ? hostile : `trial-${String(at).padStart(2, '0')}`;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
    const rate = -4 + 3 * wave(at + 1);
    const model = ['gbm', 'forest', hostile][Math.floor(wave(at + 100) * 3)] ?? 'gbm';
    const auc = 0.7 + 0.06 * (rate + 4) + (model === 'gbm' ? 0.05 : 0) + 0.01 * wave(at + 200);
    const params = {
      learning_rate: (10 ** rate).toPrecision(3),
      model,
      max_depth: String(2 + Math.floor(wave(at + 300) * 8)),
      subsample: wave(at + 400).toFixed(2),
      ...(at % 8 === 7 ? {} : { dropout: wave(at + 500).toFixed(2) }),
    };
    const point = { time: startTime, step: 1 };
    runs.logBatch(runId, {
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
      metrics: [
        ...(at === 9 ? [] : [{ key: 'roc_auc', value: at === 11 ? Number.NaN : auc, ...point }]),
        { key: 'log_loss', value: 0.9 - auc / 2, ...point },
      ],
    });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 + at * 50 });
  }
}

describe('what goes with what over forty runs', () => {
  let project: SeededProject;
  let editor: Editor;
  let panel: Frame;
  const section = () => panel.locator('section[aria-label="What goes with what?"]');
  const chart = () => section().locator('.relation-chart').first();
  const look = async (name: string): Promise<void> => {
    await section().scrollIntoViewIfNeeded();
    await section().evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await editor.page.waitForTimeout(300);
    await editor.screenshot(`relations-${name}`);
  };
  beforeAll(async () => {
    project = SeededProject.create(seed);
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1800 } });
    await editor.openView('Slipway');
    await editor.treeRow('trial-39').waitFor();
    await editor.treeRow('trial-39').click();
    await editor.treeRow('trial-00').click({ modifiers: ['Shift'] });
    await editor.page.keyboard.press('Control+Shift+C');
    panel = await editor.webviewFrame('.verdict h1');
    await section().waitFor();
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('says which params go with the metric, and claims no cause; a param leads to its scatter', async () => {
    const answer = section().locator('.answer');
    await expect.poll(() => answer.innerText()).toContain('roc_auc goes with learning_rate');
    expect(await answer.innerText()).toContain('over 38 runs');
    await section().getByText('need not be a cause').waitFor();
    await section()
      .getByText(/trees explain \d+ % ± \d+/)
      .waitFor();
    await look('importance');
    expect(await chart().getAttribute('aria-label')).toContain('roc_auc goes with learning_rate');
    await chart().focus();
    await editor.page.keyboard.press('ArrowDown');
    await expect
      .poll(() => section().locator('.relation-said').innerText())
      .toMatch(/^learning_rate: ρ \+0\.\d+, p < \.001/);
    await editor.page.keyboard.press('Enter');
    await expect.poll(() => chart().getAttribute('aria-label')).toContain('roc_auc over learning_rate');
  });

  it('the scatter says each run by keys and opens it; what is missing has a place and is told', async () => {
    expect(await chart().locator('g[transform^=translate]').count()).toBe(many);
    await section().getByText('1 run without roc_auc, 1 with NaN in roc_auc: in the gutter marked –.').waitFor();
    expect(await section().getByRole('button', { name: 'Log x' }).getAttribute('aria-pressed')).toBe('true');
    await look('scatter');
    await chart().focus();
    await editor.page.keyboard.press('End');
    await expect.poll(() => section().locator('.relation-said').innerText()).toMatch(/learning_rate 0\.\d+, roc_auc/);
    await section().getByLabel('Across').selectOption('param:model');
    await look('scatter-levels');
    const figure = section().locator('.relation-figure');
    await figure.getByRole('button', { name: 'Show as Table: roc_auc over model' }).click();
    expect(await figure.locator('tbody tr').count()).toBe(many);
    expect(await figure.locator('table').innerText()).toContain(hostile);
    expect(await panel.evaluate('document.title')).not.toBe('1');
    await figure.getByRole('button', { name: 'Export Chart…: roc_auc over model' }).click();
    await editor.quickPickRow('CSV').click();
    await editor.answerFileDialog(join(project.root, 'values.csv'));
    await expect.poll(() => existsSync(join(project.root, 'values.csv'))).toBe(true);
    const lines = readFileSync(join(project.root, 'values.csv'), 'utf8').trim().split('\n');
    expect(lines[0]).toBe('run,model,roc_auc');
    expect(lines).toHaveLength(many + 1);
    await figure.getByRole('button', { name: 'Export Chart…: roc_auc over model' }).click();
    await editor.quickPickRow('SVG').click();
    await editor.answerFileDialog(join(project.root, 'drawing.svg'));
    await expect.poll(() => existsSync(join(project.root, 'drawing.svg'))).toBe(true);
    const svg = readFileSync(join(project.root, 'drawing.svg'), 'utf8');
    expect(svg).not.toMatch(/var\(|class=|color\(/);
    expect(svg.match(/<g transform="translate\(\d/g)?.length).toBeGreaterThanOrEqual(many);
    await figure.getByRole('button', { name: 'Export Chart…: roc_auc over model' }).click();
    await editor.quickPickRow('PNG').click();
    await editor.answerFileDialog(join(project.root, 'drawing.png'));
    await expect.poll(() => existsSync(join(project.root, 'drawing.png'))).toBe(true);
    const png = readFileSync(join(project.root, 'drawing.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const [, wide, high] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(wide), 2 * Number(high)]);
    await figure.getByRole('button', { name: 'Show as Table: roc_auc over model' }).click();
    await chart().focus();
    await editor.page.keyboard.press('Home');
    const name = await section().locator('.relation-said strong').innerText();
    await editor.page.keyboard.press('Enter');
    await editor.page.locator('.tab.active', { hasText: name }).waitFor();
    await editor.page.locator('.tab', { hasText: 'Compare 40 runs' }).click();
    panel = await editor.webviewFrame('.verdict h1');
    await expect.poll(() => chart().getAttribute('aria-label')).toContain('roc_auc over model');
  });

  it('axes are moved and flipped by keys, a part of one keeps some runs, by keys and by a drag, also after a reload', async () => {
    await section().getByRole('button', { name: 'Parallel', exact: true }).click();
    const heads = section().locator('.relation-axis-name');
    await expect.poll(() => heads.first().innerText()).toBe('learning_rate');
    await look('parallel');
    await heads.first().focus();
    await editor.page.keyboard.press('ArrowRight');
    await expect.poll(() => heads.nth(1).innerText()).toBe('learning_rate');
    await heads.nth(2).dragTo(heads.nth(0));
    await expect.poll(() => heads.first().innerText()).not.toBe('model');
    await heads.filter({ hasText: 'learning_rate' }).click();
    const flipped = section().locator('.relation-axis-name[aria-pressed=true]');
    await expect.poll(() => flipped.innerText()).toMatch(/^learning_rate/);
    await flipped.click();
    const part = section().getByLabel('roc_auc from');
    await part.focus();
    for (let presses = 0; presses < 25; presses++) await editor.page.keyboard.press('ArrowRight');
    const kept = () => section().locator('.relation-kept');
    await expect.poll(() => kept().innerText()).toMatch(/^\d+ of 40 runs kept: roc_auc 0\.\d+ to 0\.\d+/);
    const byKeys = Number.parseInt(await kept().innerText(), 10);
    expect(byKeys).toBeGreaterThan(5);
    expect(byKeys).toBeLessThan(35);
    const box = await chart().boundingBox();
    if (box === null) throw new Error('There is no chart.');
    const axes = await heads.count();
    const at = (await heads.allInnerTexts()).indexOf('learning_rate');
    const x = box.x + (box.width / axes) * (at + 0.5);
    await editor.page.mouse.move(x, box.y + 20);
    await editor.page.mouse.down();
    await editor.page.mouse.move(x, box.y + 70, { steps: 4 });
    await editor.page.mouse.up();
    await expect.poll(() => kept().innerText()).toMatch(/learning_rate 0\.\d+ to 0\.\d+; /);
    expect(Number.parseInt(await kept().innerText(), 10)).toBeLessThan(byKeys);
    await look('parallel-kept');
    const words = await kept().locator('output').innerText();
    await editor.reload();
    panel = await editor.webviewFrame('.verdict h1');
    await expect.poll(() => kept().locator('output').innerText()).toBe(words);
    await section().getByRole('button', { name: 'Keep All' }).click();
    await kept().waitFor({ state: 'detached' });
  });

  it('bars begin with the baseline and go from the best on', async () => {
    await section().getByRole('button', { name: 'Bar', exact: true }).click();
    await expect.poll(() => chart().locator('.relation-label').first().textContent()).toContain('(baseline)');
    await look('bar');
    await section().getByRole('button', { name: 'From Zero' }).click();
    await section().getByRole('button', { name: '10 more' }).click();
    await look('dots');
    expect(await section().locator('.relation-label').count()).toBe(many);
  });

  it.each(themes)('nothing keeps anybody from reading it in %s, wide and narrow', async (theme) => {
    await editor.setTheme(theme);
    const short = inFileName(theme);
    for (const view of ['Importance', 'Scatter', 'Parallel']) {
      await section().getByRole('button', { name: view, exact: true }).click();
      for (const width of [1500, 760]) {
        await editor.page.setViewportSize({ width, height: 1200 });
        await editor.page.waitForTimeout(400);
        expect(await faultsOf(panel)).toEqual([]);
        await look(`${short}-${view.toLowerCase()}-${width}`);
      }
    }
    await editor.page.setViewportSize({ width: 1500, height: 1200 });
  });
});
