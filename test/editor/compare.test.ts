// The comparison in the real editor: from the tree to the copied verdict, in four themes, wide and narrow, over a reload.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { Editor } from './harness';
import { faultsOf } from './panel-faults';
import { SeededProject } from './seeded-project';
import { selectRuns } from './seeded-tree';
import { inFileName, themes } from './themes';
import { badgeOf } from './tree-badge';

const hostile = '<img src=x onerror="document.title=1">';
const [days, perDay] = [30, 60];
const carriers = ['AA', 'DL', 'UA', 'B6', 'WN', 'EV', 'MQ', 'US', 'FL', 'VX', hostile];

/** Two models with curves, and a third that only logged numbers. */
function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'delay' });
  const make = (name: string, params: Record<string, string>, took: number, auc: number): void => {
    clock.now += 60_000;
    const startTime = clock.now - 3_600_000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
    runs.logBatch(runId, {
      params: Object.entries({ model: 'gbm', note: `${hostile} ${auc}`, ...params }).map(([key, value]) => ({
        key,
        value,
      })),
      metrics: Array.from({ length: 40 }, (_, step) => [
        { key: 'roc_auc', value: auc - 0.4 / (step + 1), time: startTime + step * 1000, step },
        { key: 'log_loss', value: 0.3 + 0.5 / (step + 1) - auc / 10, time: startTime + step * 1000, step },
      ]).flat(),
    });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + took });
  };
  make('gbm-base', { learning_rate: '0.10', max_iter: '200' }, 1400, 0.91);
  make('gbm-weather', { learning_rate: '0.05', max_iter: '400' }, 3500, 0.93);
  make('lr', { learning_rate: '0.2', max_iter: '50', model: 'lr' }, 300, 0.88);
  for (const seed of [1, 2, 3]) {
    make(`plain-${seed}`, { model: 'plain', seed: `${seed}` }, 300, 0.9);
    make(`sharp-${seed}`, { model: 'sharp', seed: `${seed}` }, 300, 0.92);
  }
}

/** Predictions of a model whose errors come in days: `noise` is how wrong it is, `drift` how much one carrier falls. */
function predictionsOf(noise: number, drift: number): string {
  const lines = ['id,y_true,score,day,carrier'];
  const wave = (n: number): number =>
    Math.sin(n * 12.9898) * 43758.5453 - Math.floor(Math.sin(n * 12.9898) * 43758.5453);
  for (let day = 1; day <= days; day++) {
    for (let row = 0; row < perDay; row++) {
      const id = day * perDay + row;
      const carrier = carriers[row % carriers.length] ?? '';
      const truth = wave(id) < 0.35 ? 1 : 0;
      const own = wave(id + 7) * noise + (carrier === 'FL' ? drift : 0) + wave(day) * 0.1;
      const score = Math.min(0.999, Math.max(0.001, truth === 1 ? 0.8 - own : 0.2 + own));
      lines.push(
        `${id},${truth},${score.toFixed(5)},2013-07-${String(day).padStart(2, '0')},"${carrier.replaceAll('"', '""')}"`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('the comparison of two runs', () => {
  let project: SeededProject;
  let editor: Editor;
  let panel: Frame;
  beforeAll(async () => {
    project = SeededProject.create(seed);
    for (const [run, text] of [
      ['gbm-base', predictionsOf(0.62, 0)],
      ['gbm-weather', predictionsOf(0.55, 0.2)],
      ...[1, 2, 3].flatMap((seed) => [
        [`plain-${seed}`, predictionsOf(0.62 + seed / 100, 0)] as const,
        [`sharp-${seed}`, predictionsOf(0.55 - seed / 100, 0)] as const,
      ]),
    ] as const) {
      const file = join(project.root, 'predictions.csv');
      writeFileSync(file, text);
      project.slipway('artifacts', 'put', run, file);
    }
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1300 } });
    await editor.openView('Slipway');
    await editor.treeRow('gbm-base').waitFor();
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('says the verdict first, what changed, by how much, and where; by keys alone it is copied', async () => {
    await selectRuns(editor, ['gbm-base', 'gbm-weather']);
    await editor.page.keyboard.press('Control+Shift+C');
    panel = await editor.webviewFrame('.verdict h1');
    await panel.locator('.chart canvas').first().waitFor();
    await editor.screenshot('compare-wide');
    expect(await panel.locator('.verdict h1').innerText()).toMatch(/^Better on /);
    // In the tree the two have the marks that they have here.
    await expect.poll(() => badgeOf(editor, 'gbm-base')).toContain('●');
    await expect.poll(() => badgeOf(editor, 'gbm-weather')).toContain('■');
    const changes = panel.locator('.change:has(.now)');
    expect(await changes.allInnerTexts()).toEqual([
      expect.stringMatching(/learning_rate\s+0\.10\s+0\.05/),
      expect.stringMatching(/max_iter\s+200\s+400/),
      expect.stringContaining(hostile),
    ]);
    expect(await panel.evaluate('document.title')).not.toBe('1');
    const worst = panel.locator('.slices tbody tr').first();
    await expect.poll(() => worst.innerText()).toContain('FL');
    expect(await worst.locator('.forest').getAttribute('aria-label')).toMatch(/difference −0\.\d+, 95 % interval −/);
    await panel.getByRole('button', { name: /^The same: 1 parameter$/ }).click();
    expect(await panel.locator('.alike').allInnerTexts()).toEqual(['gbm']);
    await panel.getByRole('button', { name: /^The same/ }).click();
    expect(await panel.locator('section[aria-label="Cost"]').innerText()).toMatch(/1\.4 s\s+3\.5 s\s+\+2\.1 s/);
    await panel.getByRole('button', { name: 'Copy Verdict' }).press('Control+c');
    await panel.getByText('Verdict copied as Markdown.').waitFor();
  });

  it('only the metrics that were chosen are judged, until all are again', async () => {
    const names = () => panel.locator('.metrics:not(.slices) tbody th .cut').allInnerTexts();
    const all = await names();
    expect(all.length).toBeGreaterThan(2);
    await panel.getByRole('button', { name: 'Choose Metrics…' }).click();
    await editor.quickPickRow(/^brier/).click();
    await editor.page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['brier']);
    await panel.getByRole('button', { name: 'Judge All Metrics' }).click();
    await expect.poll(names).toEqual(all);
  });

  it('rows of one day are resampled together when that is chosen, also after a reload', async () => {
    const row = panel.locator('.metrics tbody tr').first();
    const byRows = await row.innerText();
    await panel.getByRole('button', { name: 'day', exact: true }).click();
    await panel.getByText('30 values of day').waitFor();
    await panel.getByRole('button', { name: 'carrier', exact: true }).waitFor();
    await expect.poll(() => row.innerText()).not.toBe(byRows);
    await panel.getByRole('button', { name: 'Swap Baseline' }).click();
    await expect.poll(() => panel.locator('.verdict h1').innerText()).toMatch(/^Worse on /);
    expect(await badgeOf(editor, 'gbm-base')).toContain('●');
    await editor.reload();
    panel = await editor.webviewFrame('.verdict h1');
    await expect.poll(() => panel.locator('.verdict h1').innerText()).toMatch(/^Worse on /);
    await panel.getByText('30 values of day').waitFor();
  });

  it('another run joins: each candidate has its verdict, and without predictions none is better', async () => {
    await panel.getByRole('button', { name: 'Add Runs…' }).click();
    await editor.quickPickRow(/^lr/).click();
    await editor.page.keyboard.press('Enter');
    await panel.locator('.candidate').nth(1).waitFor();
    const added = panel.locator('.ranking tbody tr', { hasText: 'lr' });
    expect(await added.innerText()).toMatch(/^\d\s+lr\s+Cannot tell\s+0\.\d{4}\s*−0\.\d{4}\s/);
    await added.locator('.candidate').click();
    await panel.getByText('the order among the candidates themselves is not tested').waitFor();
    // By another metric they stand in another order.
    const names = () => panel.locator('.ranking .candidate').allInnerTexts();
    expect((await names()).sort()).toEqual(['gbm-base', 'lr']);
    await panel.getByText('Values of lr are what was logged').waitFor();
    await panel.locator('.rank-by', { hasText: 'log_loss' }).press('Enter');
    await expect.poll(() => panel.locator('.ranking [aria-sort]').innerText()).toContain('log_loss');
    await panel.locator('.rank-by', { hasText: 'roc_auc' }).click();
    await panel.getByText('seeds were not compared').waitFor();
    // What the predictions of the other two said is not shown under the name of a run that has none.
    expect(await panel.getByRole('region', { name: 'Which errors?' }).count()).toBe(0);
    await panel.locator('.chart canvas').first().waitFor();
    await editor.screenshot('compare-three');
    const figure = panel.locator('.chart-figure').first();
    await figure.hover();
    await figure.getByRole('button', { name: 'Show as Table: roc_auc' }).click();
    expect(await figure.locator('caption').allInnerTexts()).toEqual([
      expect.stringContaining('gbm-weather'),
      expect.stringContaining('gbm-base'),
      expect.stringContaining('lr'),
    ]);
    await figure.getByRole('button', { name: 'Export Chart…: roc_auc' }).click();
    await editor.quickPickRow('CSV').click();
    await editor.answerFileDialog(join(project.root, 'curves.csv'));
    await expect.poll(() => existsSync(join(project.root, 'curves.csv'))).toBe(true);
    const [head, first] = readFileSync(join(project.root, 'curves.csv'), 'utf8').split('\n');
    expect([head, first]).toEqual([
      'run,metric,step,time,seconds,value',
      expect.stringMatching(/^gbm-weather,roc_auc,0,/),
    ]);
    await figure.getByRole('button', { name: 'Show as Table: roc_auc' }).click();
    await panel.getByRole('button', { name: 'Open Side by Side' }).click();
    await editor.page.locator('.tab', { hasText: 'Preview 3 runs' }).waitFor();
    await editor.runCommand('View: Close Editor');
    panel = await editor.webviewFrame('.verdict h1');
  });

  it('repeats of both sides with predictions are one verdict, with the evidence of all of them', async () => {
    const repeats = [1, 2, 3].flatMap((seed) => [`plain-${seed}`, `sharp-${seed}`]);
    await selectRuns(editor, repeats);
    await editor.page.keyboard.press('Control+Shift+C');
    await editor.page.locator('.tab', { hasText: 'plain-1' }).waitFor();
    const page = await editor.webviewFrame('.verdict h1');
    await page.getByText('the noise of rows and that of 3 pairs of seeds').waitFor();
    // The switch of what is resampled is there, and each metric shows how its seeds lie.
    await page.getByRole('button', { name: 'day', exact: true }).waitFor();
    expect(await page.locator('.metrics:not(.slices) .forest').first().locator('.forest-seed').count()).toBe(3);
    await page.getByText('Means of 3 runs and 3 runs.').waitFor();
    await page.locator('.plot-view').first().waitFor();
    await page.locator('.ids .link').first().click();
    await page
      .getByText(/right in \d of 3 runs/)
      .first()
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await editor.screenshot('compare-repeats');
    // The run that was looked at first stands between the two comparisons.
    for (const _ of [1, 2]) await editor.runCommand('View: Close Editor');
    panel = await editor.webviewFrame('.verdict h1');
  });

  it('a compared run that is thrown away is told to be in the trash, until it is restored', async () => {
    project.slipway('runs', 'delete', 'lr');
    await panel.getByText('In the trash: lr.').waitFor();
    project.slipway('runs', 'restore', 'lr');
    await panel.getByText('In the trash: lr.').waitFor({ state: 'detached' });
  });

  it.each(themes)('nothing keeps anybody from reading it in %s, wide and narrow', async (theme) => {
    await editor.setTheme(theme);
    await panel.locator('.candidate', { hasText: 'gbm' }).first().click();
    await panel.locator('.slices').waitFor();
    for (const width of [1500, 760]) {
      await editor.page.setViewportSize({ width, height: 1300 });
      await editor.page.waitForTimeout(400);
      expect(await faultsOf(panel)).toEqual([]);
      await editor.screenshot(`compare-${inFileName(theme)}-${width}`);
    }
    await editor.page.setViewportSize({ width: 1500, height: 1300 });
  });

  it('by keys alone the best run is found, compared with the baseline, and the verdict copied', async () => {
    const { keyboard } = editor.page;
    await editor.closeEditors();
    await editor.runCommand('Slipway: Open Runs Table');
    const table = await editor.webviewFrame('.rows tr');
    const current = (): Promise<string> => table.locator('#current-cell').evaluate(shownText);
    const pressUntil = async (key: string, read: () => Promise<string>, wanted: string): Promise<void> => {
      const seen = [await read()];
      while (seen.at(-1) !== wanted && seen.length < 40) {
        await keyboard.press(key);
        seen.push(await read());
      }
      expect(seen.at(-1), seen.join(' · ')).toBe(wanted);
    };
    const entry = editor.page.locator('.monaco-menu .action-item.focused .action-label');
    await expect.poll(() => table.evaluate(() => document.hasFocus())).toBe(true);
    // Tab goes from the bars above into the grid.
    const focused = (): Promise<string> => table.evaluate(() => document.activeElement?.className ?? '');
    await pressUntil('Tab', focused, 'grid');
    await keyboard.press('Control+Home');
    await pressUntil('ArrowDown', current, 'gbm-base');
    await keyboard.press('Shift+F10');
    await editor.page.locator('.monaco-menu .action-label').first().waitFor();
    // A menu hears no key in its first moment.
    await editor.page.waitForTimeout(300);
    await keyboard.press('ArrowDown');
    await pressUntil('ArrowDown', () => entry.innerText(), 'Pin or Unpin as Baseline');
    await keyboard.press('Enter');
    await table.locator('.heads tr[data-row] th', { hasText: 'gbm-base' }).waitFor();
    await expect.poll(focused).toBe('grid');
    await keyboard.press('Control+Home');
    await keyboard.press('ArrowUp');
    await pressUntil('ArrowRight', current, 'roc_auc');
    await keyboard.press('Enter');
    await table.locator('.rows tr:first-child th', { hasText: 'gbm-weather' }).waitFor();
    await keyboard.press('Control+Home');
    await expect.poll(current).toBe('gbm-weather');
    await keyboard.press('Space');
    const row = table.locator('.rows tr', { hasText: 'gbm-weather' });
    await row.locator('.run-mark').waitFor();
    const chosen = await row.evaluate(markIn);
    await keyboard.press('Enter');
    panel = await editor.webviewFrame('.verdict h1');
    expect(await panel.locator('.head .side-link').nth(1).evaluate(markIn)).toBe(chosen);
    await expect.poll(() => panel.evaluate(() => document.hasFocus())).toBe(true);
    await keyboard.press('Control+c');
    await panel.getByText('Verdict copied as Markdown.').waitFor();
    const copied = await editor.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^[#*]*\s*\**Better on /m);
    expect(copied).toContain('gbm-weather');

    // The log names what the pages of table and comparison were asked to do.
    const log = async () => {
      await editor.runCommand('Slipway: Copy Diagnostics');
      return editor.page.evaluate(() => navigator.clipboard.readText());
    };
    await expect.poll(log, { timeout: 30_000 }).toMatch(/\[info\] text\.copy: done in \d+ ms\./);
    expect(await log()).toMatch(/\[info\] table\.compare: done in \d+ ms\./);
  });
});

/** The drawing of the mark in a row or a name. */
function markIn(element: Element): string {
  return element.querySelector('.run-mark')?.innerHTML ?? 'no mark';
}

function shownText(cell: Element): string {
  return (cell.querySelector('.words') ?? cell).textContent?.trim() ?? '';
}

describe('two trainings that name their seed', () => {
  const script = `#!/bin/sh
# train.sh --seed N --lr RATE: better with the second rate, and a little by the seed, more so there
echo "{\\"step\\":0,\\"roc_auc\\":0.$((700 + $4 * 100 + $4 * ($2 % 7)))}"
`;

  it('are run with more seeds, one after the other, until the difference is decided', async () => {
    await using project = SeededProject.create(() => undefined);
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...words], { cwd: project.root });
    const commit = (text: string): void => {
      writeFileSync(join(project.root, 'train.sh'), text);
      git('add', 'train.sh');
      git('commit', '-qm', 'training');
    };
    git('init', '-q');
    commit(script);
    for (const lr of ['1', '2']) {
      project.slipway(
        'run',
        '--name',
        `rate-${lr}`,
        '--param',
        `lr=${lr}`,
        '--',
        'sh',
        'train.sh',
        '--seed',
        '0',
        '--lr',
        lr,
      );
    }
    await using editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1000 } });
    await editor.openView('Slipway');
    await editor.treeRow('rate-1').waitFor();
    await selectRuns(editor, ['rate-1', 'rate-2']);
    await editor.page.keyboard.press('Control+Shift+C');
    const panel = await editor.webviewFrame('.verdict h1');
    const verdict = panel.locator('.verdict h1');
    await expect.poll(() => verdict.innerText()).toContain('Cannot tell');
    await editor.screenshot('compare-seeds-first');
    await panel.getByRole('button', { name: 'Run More Seeds…' }).click();
    await editor.answerInput('5');
    await editor.page.locator('.notification-toast', { hasText: 'Running 10 more seeds' }).waitFor();
    await expect.poll(() => verdict.innerText(), { timeout: 90_000 }).toMatch(/^Better on roc_auc/);
    await editor.screenshot('compare-seeds');
    expect(await panel.locator('.head').innerText()).toContain('rate-1 and 5 more');
    const listed = JSON.parse(project.slipway('runs', 'list', '--json', '--limit', '50')) as {
      items: { params: { lr?: string; seed?: string } }[];
    };
    expect(listed.items).toHaveLength(12);
    // Both sides have the same seeds; 0 is that of the first two, and named by their commands alone.
    for (const rate of ['1', '2']) {
      const runs = listed.items.filter(({ params }) => params.lr === rate);
      expect(runs.flatMap(({ params }) => params.seed ?? []).sort()).toEqual(['1', '2', '3', '4', '5']);
    }

    // What differs in code is shown by the editor itself.
    commit(`${script}# another rate\n`);
    project.slipway('run', '--name', 'later', '--', 'sh', 'train.sh', '--seed', '0', '--lr', '2');
    await editor.treeRow('rate-2').click();
    await editor.treeRow('later').click({ modifiers: ['ControlOrMeta'] });
    await editor.page.keyboard.press('Control+Shift+C');
    await editor.page.locator('.tab', { hasText: 'later' }).waitFor();
    const other = await editor.webviewFrame('.section-head .link:has-text("Open Code")');
    await other.getByRole('button', { name: 'Open Code' }).click();
    await editor.page.locator('.tab', { hasText: 'train.sh (' }).waitFor();
    const lines = editor.page.locator('.monaco-diff-editor .modified .view-lines').first();
    await expect.poll(() => lines.innerText()).toContain('another');
    await editor.screenshot('compare-code');
  });
});
