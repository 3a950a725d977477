// The run panel without a mouse: everything is reached by keys, every stop can be seen, every icon has a name.
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';
import { logArtifact, runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

/** What has the focus: its name, and whether it can be seen that it has it. */
interface Stop {
  name: string;
  isSeen: boolean;
}

/** Where Tab stops from the panel's first control on, until it leaves the panel. */
async function stopsOf(editor: Editor, panel: Frame): Promise<Stop[]> {
  const stops: Stop[] = [];
  await panel.locator('.run-name').focus();
  while (stops.length < 80) {
    const stop = await panel.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body || !document.hasFocus()) return null;
      const row = focused.closest('.metric-row');
      const marks = [getComputedStyle(focused).outlineStyle, row === null ? 'none' : getComputedStyle(row).boxShadow];
      const label = (focused as HTMLInputElement).labels?.[0]?.firstChild?.textContent;
      const name = focused.getAttribute('aria-label') ?? label ?? focused.textContent;
      return { name: name.trim(), isSeen: marks.some((mark) => mark !== 'none') };
    });
    if (stop === null) return stops;
    stops.push(stop);
    await editor.page.keyboard.press('Tab');
  }
  throw new Error(`Tab goes on and on: ${stops.map(({ name }) => name).join(', ')}`);
}

describe('the run panel by keys', () => {
  const shared = sharedWindow(
    () => {
      const project = Project.create();
      project.record('plain', 20);
      return project;
    },
    () => ({ size: { width: 1530, height: 1000 } }),
  );

  it('Tab stops once at each control, in the order of reading, and is seen there', async () => {
    const { editor, project } = shared;
    project.slipway(
      'run',
      '--name',
      'first',
      '--input',
      'train.sh',
      '--tag',
      'team=core',
      '--',
      'sh',
      'train.sh',
      '20',
      '0',
    );
    await logArtifact(project, await runNamed(project, 'first'), 'model/weights.json', '{}');
    const panel = await openRun(editor, 'first');
    await panel.getByRole('treeitem', { name: 'model' }).waitFor();
    const labels = await panel
      .locator('.button, .icon-button')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title') ?? button.textContent));
    expect(labels.length).toBeGreaterThan(10);
    expect(labels.filter((label) => !/^[A-Z]\w*( (as|of|[A-Z]\w*))*…?$/.test(label))).toEqual([]);
    const stops = await stopsOf(editor, panel);
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    const figure = (metric: string, direction: string) => [
      `Change Direction…: ${metric}, ${direction} is better`,
      `Show as Table: ${metric}`,
      `Export Chart…: ${metric}`,
      `Add Metric…: ${metric}`,
      `Remove Chart: ${metric}`,
      expect.stringMatching(`^${metric} . over 20 points`),
    ];
    // A run that took its time has metrics of the machine behind a fold.
    const names = stops.map(({ name }) => name).filter((name) => !/machine metrics$/.test(name));
    expect(names).toEqual([
      'first',
      'Star',
      'Run Again',
      'Copy Run ID',
      'loss',
      'Moving average or Gaussian',
      'Smoothing',
      'Step',
      'Relative',
      'Wall',
      'Metric',
      'Log x',
      'Log y',
      ...figure('roc_auc', 'higher'),
      ...figure('loss', 'lower'),
      'Search output',
      'Open Log',
      'Last lines of output',
      'Check Files',
      'Copy Command',
      'Open as Text',
      'Save All…',
      'model',
      'Add Tag',
      'team: core. Change',
      'Remove Tag: team',
      expect.stringMatching(/tags kept by MLflow and Slipway$/),
      'Write Note',
    ]);
  });

  it('a metric is charted, its direction changed and a tag added without a mouse', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'plain');
    const focused = () =>
      panel.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');
    const press = (key: string) => editor.page.keyboard.press(key);
    const figures = panel.locator('.chart-figure');
    await panel.locator('.metric-name button').first().focus();
    await press('ArrowDown');
    await expect.poll(focused).toBe('roc_auc');
    await press('Space');
    await expect.poll(() => figures.count()).toBe(1);
    await press('ArrowRight');
    expect(await focused()).toBe('Change Direction…: roc_auc, higher is better');
    await press('Enter');
    await editor.quickPickRow('Lower is better').waitFor();
    await editor.page.keyboard.type('Lower');
    await press('Enter');
    const direction = panel.locator('.metric-row', { hasText: 'roc_auc' }).locator('.direction');
    await expect.poll(() => direction.getAttribute('aria-label')).toBe('Change Direction…: roc_auc, lower is better');
    await direction.focus();
    await press('ArrowLeft');
    expect(await focused()).toBe('roc_auc');
    await press('ArrowRight');
    await press('ArrowUp');
    await expect.poll(focused).toBe('loss');
    await press('F2');
    await expect.poll(focused).toBe('Name of the run');
    await press('Escape');
    await panel.getByText('Add Tag').focus();
    await press('Enter');
    await expect.poll(focused).toBe('New tag, as name=value');
    await editor.page.keyboard.type('team=core');
    await press('Enter');
    await panel.getByRole('button', { name: 'team: core. Change' }).waitFor();
  });

  it('a click on a link leaves the panel where it is scrolled to', async () => {
    const { editor } = shared;
    await editor.page.setViewportSize({ width: 900, height: 500 });
    const panel = await openRun(editor, 'first');
    await panel.getByText('Open as Text').scrollIntoViewIfNeeded();
    const before = (await panel.evaluate('window.scrollY')) as number;
    expect(before).toBeGreaterThan(300);
    await panel.getByText('Add Tag').click();
    await panel.getByLabel('New tag, as name=value').waitFor();
    expect(await panel.evaluate('window.scrollY')).toBeGreaterThan(300);
  });
});
