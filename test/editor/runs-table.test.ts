/// <reference lib="dom" />
// The runs table in the real editor: without a mouse, in four themes, over a reload, on names that nobody expected.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { Editor } from './harness';
import { faultsOf } from './panel-faults';
import { SeededProject } from './seeded-project';
import { inFileName, themes } from './themes';
import { badgeOf } from './tree-badge';

const hostile = '<img src=x onerror="document.title=1">';

/** Three seeds each of two models, a baseline, a run with a hostile name and param, one that failed. */
function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'delay' });
  const make = (name: string, params: Record<string, string>, auc: number | null): void => {
    clock.now += 60_000;
    const startTime = clock.now - 3_600_000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
    runs.logBatch(runId, {
      params: Object.entries({ ...params, epochs: '20' }).map(([key, value]) => ({ key, value })),
      metrics:
        auc === null
          ? []
          : [
              { key: 'roc_auc', value: auc, time: startTime, step: 1 },
              { key: 'log_loss', value: 1 - auc, time: startTime, step: 1 },
            ],
    });
    runs.updateRun(runId, { status: auc === null ? 'FAILED' : 'FINISHED', endTime: startTime + 48_000 });
  };
  make('base', { model: 'lr', lr: '0.1' }, 0.9);
  for (const seed of [0, 1, 2]) make(`gbm-${seed}`, { model: 'gbm', lr: '0.05', seed: `${seed}` }, 0.93 + seed / 1000);
  for (const seed of [0, 1, 2]) make(`rf-${seed}`, { model: 'rf', lr: '0.05', seed: `${seed}` }, 0.91 + seed / 1000);
  make('broken', { model: 'gbm', lr: '9' }, null);
  make(hostile, { model: hostile, lr: '0.2' }, 0.5);
}

describe('the runs table', () => {
  let project: SeededProject;
  let editor: Editor;
  let table: Frame;
  beforeAll(async () => {
    project = SeededProject.create(seed);
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 900 } });
    await editor.openView('Slipway');
    await editor.treeRow('base').waitFor();
    table = await openTable(editor);
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('by keys alone: the best run is found, compared with the baseline, named and starred, and all of it undone', async () => {
    const { keyboard } = editor.page;
    await expect
      .poll(() => namesOf(table))
      .toEqual([hostile, 'broken', 'rf-2', 'rf-1', 'rf-0', 'gbm-2', 'gbm-1', 'gbm-0', 'base']);
    expect(await table.evaluate('document.title')).not.toBe('1');
    await table.locator('.grid').focus();
    // To the head of the headline metric, which is the first one, and best first.
    await keyboard.press('ArrowUp');
    while ((await currentText(table)) !== 'roc_auc') await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await expect.poll(async () => (await namesOf(table))[0]).toBe('gbm-2');
    expect((await namesOf(table)).at(-1)).toBe('broken');
    await keyboard.press('Control+End');
    await keyboard.press('Home');
    while ((await currentText(table)) !== 'base') await keyboard.press('ArrowUp');
    await keyboard.press('Space');
    await table.getByRole('button', { name: 'Pin as Baseline' }).press('Enter');
    await expect.poll(() => table.locator('.heads tr[data-row] th').innerText()).toContain('base');
    await expect.poll(() => cellsOf(table, 'gbm-2')).toContain('better by +0.0320');
    expect(await cellsOf(table, hostile)).toContain('worse by −0.4000');
    await table.locator('.grid').focus();
    await keyboard.press('Escape');
    await keyboard.press('Control+Home');
    await keyboard.press('F2');
    await table.getByLabel('Name of the run').fill('the best');
    await keyboard.press('Enter');
    await keyboard.press('*');
    await expect.poll(() => rowText(table, 'the best')).toContain('starred');
    await expect.poll(() => project.slipway('runs', 'list', '--filter', 'is:starred')).toContain('the best');
    await keyboard.press('Space');
    await expect.poll(() => table.locator('.selected-count').innerText()).toBe('1 selected');
    await keyboard.press('Enter');
    await editor.page.locator('.tabs-container .tab').nth(1).waitFor();
    await editor.runCommand('View: Close Editor');
    table = await editor.webviewFrame('.rows tr');
    await table.locator('.grid').focus();
    await keyboard.press('Control+z');
    await keyboard.press('Control+z');
    await expect.poll(() => namesOf(table)).toContain('gbm-2');
  });

  it('a difference within the spread of the baseline and its recognised repeats is neither better nor worse', async () => {
    const pin = async (name: string): Promise<void> => {
      const entry = editor.page.locator('.monaco-menu .action-label', { hasText: 'Pin or Unpin as Baseline' });
      await rowOf(table, name).click({ button: 'right' });
      await entry.waitFor();
      // A menu hears no click in its first moment.
      await editor.page.waitForTimeout(300);
      await entry.click();
      await table.locator('.heads tr[data-row] th', { hasText: name }).waitFor();
    };
    await pin('gbm-0');
    await table.getByText('uncoloured within the spread of its repeats').waitFor();
    expect(await cellsOf(table, 'gbm-1')).toMatch(/(?<!better by )\+0\.0010/);
    expect(await cellsOf(table, 'rf-0')).toContain('worse by −0.0200');
    await pin('base');
  });

  it('groups say mean and spread, open by keys, and come back with the selection after a reload', async () => {
    const { keyboard } = editor.page;
    await table.getByRole('button', { name: /Group Runs by Columns/ }).click();
    await editor.quickPickRow(/^model/).click();
    await keyboard.press('Enter');
    await table.locator('.group', { hasText: 'rf' }).waitFor();
    await expect.poll(() => rowText(table, 'rf')).toContain('0.9110');
    expect(await rowText(table, 'rf')).toContain('±.0010');
    expect(await rowText(table, 'rf')).toContain('3 runs');
    await table.locator('.grid').focus();
    while (!(await currentText(table)).startsWith('rf'))
      await keyboard.press((await currentText(table)) === hostile ? 'Home' : 'ArrowDown');
    await keyboard.press('ArrowRight');
    await expect.poll(() => namesOf(table)).toEqual(expect.arrayContaining(['rf-0', 'rf-1', 'rf-2']));
    expect(await table.locator('.selected-count').innerText()).toBe('1 selected');
    await keyboard.press('Space');
    await expect.poll(() => table.locator('.selected-count').innerText()).toBe('4 selected');
    await expect.poll(() => badgeOf(editor, 'rf-2')).toMatch(/[■▲◆▼○●]/);
    await editor.screenshot('runs-table-groups');
    await editor.reload();
    table = await editor.webviewFrame('.grid');
    await expect.poll(() => namesOf(table)).toEqual(expect.arrayContaining(['rf-0', 'rf-1', 'rf-2']));
    await expect.poll(() => table.locator('.selected-count').innerText()).toBe('4 selected');
    await expect.poll(() => badgeOf(editor, 'rf-2')).toMatch(/[■▲◆▼○●]/);
    await table.locator('.grid').focus();
    await keyboard.press('Escape');
    await expect.poll(() => badgeOf(editor, 'rf-2')).not.toMatch(/[■▲◆▼○●]/);
  });

  it('the menus of the editor act on the row under the pointer, and on the one that the keys are on', async () => {
    const entry = (words: string) =>
      editor.page.locator('.monaco-menu .action-label', { hasText: new RegExp(`^${words}$`) });
    await table.locator('.rows tr', { hasText: 'rf-0' }).click({ button: 'right' });
    await entry('Star or Unstar').waitFor();
    // A menu hears no click in its first moment.
    await editor.page.waitForTimeout(300);
    await entry('Star or Unstar').click();
    await expect.poll(() => rowText(table, 'rf-0')).toContain('starred');
    await expect.poll(() => project.slipway('runs', 'list', '--filter', 'is:starred')).toContain('rf-0');
    await table.locator('.grid').focus();
    await editor.page.keyboard.press('Control+Home');
    await editor.page.keyboard.press('ArrowUp');
    while ((await currentText(table)) !== 'lr') await editor.page.keyboard.press('ArrowRight');
    await editor.page.keyboard.press('Shift+F10');
    await entry('Hide Column').waitFor();
    await editor.page.waitForTimeout(300);
    await entry('Hide Column').click();
    await table.locator('.names th', { hasText: /^lr$/ }).waitFor({ state: 'detached' });
  });

  it('a filter stands as chips and as the same text; a wrong one says why; a view keeps it', async () => {
    await table.getByRole('button', { name: 'Edit Filter as Text' }).click();
    const field = table.getByLabel('Filter as text');
    await field.fill('metric:roc_auc>high');
    await field.press('Enter');
    await table.getByText('is compared with a number').waitFor();
    await field.fill('metric:roc_auc>0.92 OR state:failed');
    await field.press('Enter');
    await expect.poll(() => table.locator('.counts').innerText()).toContain('4 of 9 runs');
    await table.getByRole('button', { name: 'Show Filter as Chips' }).click();
    expect(await table.locator('.chip').allInnerTexts()).toEqual([
      expect.stringContaining('roc_auc > 0.92'),
      expect.stringContaining('state is failed'),
    ]);
    await table.getByRole('button', { name: /Choose or Save a View/ }).click();
    await editor.quickPickRow('Save as a New View').click();
    await editor.answerInput('good ones');
    await expect
      .poll(() => table.getByRole('button', { name: /Choose or Save a View/ }).innerText())
      .toContain('good ones');
    await table.getByRole('button', { name: /Remove Filter: state/ }).click();
    await expect.poll(() => table.locator('.counts').innerText()).toContain('3 of 9 runs');
    // What a view is about may be gone: it says what is left.
    project.slipway('runs', 'delete', 'gbm-0');
    await expect.poll(() => table.locator('.counts').innerText()).toContain('2 of 8 runs');
    await table.getByRole('button', { name: /Choose or Save a View/ }).click();
    await editor.quickPickRow('good ones').click();
    await expect.poll(() => table.locator('.counts').innerText()).toContain('3 of 8 runs');
  });

  it('rows go to the clipboard and into files as they are laid out, unabridged', async () => {
    const { keyboard } = editor.page;
    await table.locator('.grid').focus();
    await keyboard.press('Escape');
    await keyboard.press('Control+Home');
    await keyboard.press('Control+a');
    await keyboard.press('Control+c');
    await table.getByText('Copied 3 rows.').waitFor();
    const copied = await editor.page.evaluate(() => navigator.clipboard.readText());
    const [heads = '', ...lines] = copied.trimEnd().split('\n');
    expect(heads.split('\t')).toEqual(expect.arrayContaining(['name', 'state', 'metrics.roc_auc']));
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['gbm-2', 'gbm-1', 'broken']);
    await keyboard.press('Escape');
    const file = join(project.root, 'runs.csv');
    await table.getByRole('button', { name: /Save the Rows as a File/ }).click();
    await editor.quickPickRow('CSV').click();
    await editor.answerFileDialog(file);
    await expect.poll(() => existsSync(file)).toBe(true);
    const [first = '', best = ''] = readFileSync(file, 'utf8').split('\n');
    expect(first).toMatch(/^run_id,name,state,started,duration,metrics\.roc_auc,/);
    expect(best).toMatch(/^[0-9a-f]{32},gbm-2,finished,\d+,48000,0\.932,/);
    const parquet = join(project.root, 'runs.parquet');
    await table.getByRole('button', { name: /Save the Rows as a File/ }).click();
    await editor.quickPickRow('Parquet').click();
    await editor.answerFileDialog(parquet);
    await expect.poll(() => existsSync(parquet)).toBe(true);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(parquet) });
    expect(rows).toMatchObject([
      { name: 'gbm-2', duration: 48_000, 'metrics.roc_auc': 0.932, started: expect.any(Date) as Date },
      { name: 'gbm-1' },
      { name: 'broken', 'metrics.roc_auc': null },
    ]);
    const json = join(project.root, 'runs.json');
    await table.getByRole('button', { name: /Save the Rows as a File/ }).click();
    await editor.quickPickRow('JSON').click();
    await editor.answerFileDialog(json);
    await expect.poll(() => existsSync(json)).toBe(true);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject([
      { name: 'gbm-2', state: 'finished', 'metrics.roc_auc': 0.932 },
      { name: 'gbm-1' },
      { name: 'broken', 'metrics.roc_auc': null },
    ]);
  });

  it('a column is dragged to another place and made wider by its edge, and stays so after a reload', async () => {
    const heads = (): Promise<string[]> => table.locator('.names th').allInnerTexts();
    const head = (name: string) => table.locator('.names th', { hasText: new RegExp(`^\\s*${name}`) });
    const before = await heads();
    const [from, to] = [
      before.findIndex((each) => each.includes('log_loss')),
      before.findIndex((each) => each.includes('roc_auc')),
    ];
    expect(from).toBeGreaterThan(to);
    await head('log_loss').dragTo(head('roc_auc'), { targetPosition: { x: 6, y: 10 } });
    await expect.poll(async () => (await heads()).findIndex((each) => each.includes('log_loss'))).toBe(to);
    const width = async (): Promise<number> => (await head('log_loss').boundingBox())?.width ?? 0;
    const narrow = await width();
    const edge = await head('log_loss').locator('.grip').boundingBox();
    if (edge === null) throw new Error('The column has no edge.');
    await editor.page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2);
    await editor.page.mouse.down();
    await editor.page.mouse.move(edge.x + 61, edge.y + 4, { steps: 5 });
    await editor.page.mouse.up();
    await expect.poll(width).toBeGreaterThan(narrow + 40);
    const wide = await width();
    await editor.reload();
    table = await editor.webviewFrame('.grid');
    await head('log_loss').waitFor();
    expect((await heads()).findIndex((each) => each.includes('log_loss'))).toBe(to);
    expect(await width()).toBeCloseTo(wide, 0);
  });

  it.each(themes)('nothing keeps anybody from reading it in %s', async (theme) => {
    await editor.setTheme(theme);
    await table.locator('.grid').focus();
    await editor.page.waitForTimeout(300);
    expect(await faultsOf(table)).toEqual([]);
    await editor.screenshot(`runs-table-${inFileName(theme)}`);
  });

  it('in a narrow panel the name and the metrics stay, the one it is sorted by first', async () => {
    await editor.runCommand('View: Toggle Primary Side Bar Visibility');
    await editor.page.setViewportSize({ width: 490, height: 900 });
    await table.locator('.table-panel.narrow').waitFor();
    await expect.poll(async () => (await table.locator('.names th').allInnerTexts()).length).toBeGreaterThan(1);
    expect((await table.locator('.names th').allInnerTexts())[1]).toContain('roc_auc');
    expect(await table.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await faultsOf(table)).toEqual([]);
    await editor.screenshot('runs-table-narrow');
  });
});

async function openTable(editor: Editor): Promise<Frame> {
  await editor.runCommand('Slipway: Open Runs Table');
  const table = await editor.webviewFrame('.rows tr');
  await editor.page.waitForFunction('document.activeElement.matches("iframe.webview.ready")');
  return table;
}

/** The names of the rows in sight, from the top. */
async function namesOf(table: Frame): Promise<string[]> {
  const rows = await table.locator('.rows tr').evaluateAll((all) =>
    all
      .map((row) => ({
        at: Number((row as HTMLElement).dataset.row),
        name: row.querySelector('.words')?.textContent ?? '',
      }))
      .sort((a, b) => a.at - b.at),
  );
  return rows.map(({ name }) => name);
}

function rowOf(table: Frame, name: string): Locator {
  return table
    .locator('.rows tr')
    .filter({ has: table.locator('th', { hasText: name }) })
    .first();
}

function rowText(table: Frame, name: string): Promise<string> {
  return rowOf(table, name).innerText();
}

async function cellsOf(table: Frame, name: string): Promise<string> {
  return (await rowOf(table, name).locator('td').allTextContents()).join(' | ');
}

/** What stands in the cell that has the focus. */
async function currentText(table: Frame): Promise<string> {
  return table
    .locator('#current-cell')
    .evaluate((cell) => (cell.querySelector('.words') ?? cell).textContent?.trim() ?? '');
}
