/// <reference lib="dom" />
// Selecting in the runs table: with the pointer, from the tree, thousands at once; and what is done with those selected.
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { SeededProject } from './seeded-project';
import { badgeOf } from './tree-badge';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `run-${letter}`);
const mark = /[■▲◆▼○●]/;

describe('runs are selected', () => {
  let project: SeededProject;
  let editor: Editor;
  let table: Frame;
  beforeAll(async () => {
    project = SeededProject.create(({ runs, clock }) => {
      const experimentId = runs.createExperiment({ name: 'delay' });
      for (const [at, name] of names.toReversed().entries()) {
        const startTime = clock.now - 600_000 + at * 60_000;
        const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
        const params = { model: at % 2 === 0 ? 'lr' : 'gbm', depth: at < 4 ? '2' : '1' };
        runs.logBatch(runId, {
          params: Object.entries(params).map(([key, value]) => ({ key, value })),
          metrics: [{ key: 'roc_auc', value: 0.9 + at / 100, time: startTime, step: 1 }],
        });
        runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 });
      }
    });
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 900 } });
    await editor.openView('Slipway');
    await editor.treeRow('run-a').waitFor();
    await editor.runCommand('Slipway: Open Runs Table');
    table = await editor.webviewFrame('.rows tr');
    await table.locator('.rows tr', { hasText: 'run-f' }).waitFor();
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('with Ctrl one by one, the one clicked before with it, with Shift all up to there', async () => {
    await cell('run-b').click();
    await cell('run-d').click({ modifiers: ['Control'] });
    await expect.poll(selected).toEqual(['run-b', 'run-d']);
    await cell('run-f').click({ modifiers: ['Control'] });
    await expect.poll(selected).toEqual(['run-b', 'run-d', 'run-f']);
    await cell('run-d').click({ modifiers: ['Control'] });
    await expect.poll(selected).toEqual(['run-b', 'run-f']);
    await cell('run-a').click();
    await expect.poll(selected).toEqual(['run-b', 'run-f']);
    await cell('run-c').click({ modifiers: ['Shift'] });
    await expect.poll(selected).toEqual(['run-a', 'run-b', 'run-c']);
    await cell('run-b').click({ modifiers: ['Shift'] });
    await expect.poll(selected).toEqual(['run-a', 'run-b']);
    await clear();
  });

  it('in the tree: several replace what is selected here, also of a table that is hidden', async () => {
    await editor.treeRow('run-b').click({ modifiers: ['Control'] });
    await expect.poll(selected).toEqual(['run-b']);
    await editor.treeRow('run-d').click({ modifiers: ['Shift'] });
    await expect.poll(selected).toEqual(['run-b', 'run-c', 'run-d']);
    await expect.poll(() => badgeOf(editor, 'run-c')).toMatch(mark);
    await editor.screenshot('table-follows-tree');
    await clear();
    await cell('run-a').click();
    await cell('run-f').click({ modifiers: ['Control'] });
    await expect.poll(selected).toEqual(['run-a', 'run-f']);
    // One that is clicked is opened, over the table; what was chosen here stays.
    await editor.treeRow('run-e').click();
    await editor.page.locator('.tabs-container .tab', { hasText: 'run-e' }).waitFor();
    await showTable();
    await expect.poll(() => rowNames(table)).toEqual(names);
    await editor.page.waitForTimeout(500);
    expect(await selected()).toEqual(['run-a', 'run-f']);
    await editor.page.locator('.tabs-container .tab', { hasText: 'run-e' }).click();
    await editor.treeRow('run-c').click({ modifiers: ['Control'] });
    await expect.poll(() => badgeOf(editor, 'run-c')).not.toMatch(mark);
    await showTable();
    await expect.poll(selected).toEqual(['run-c', 'run-e']);
    await expect.poll(() => badgeOf(editor, 'run-c')).toMatch(mark);
    await editor.runCommand('View: Close Other Editors in Group');
    await clear();
  });

  it('are compared beside the table, which stays in sight', async () => {
    await cell('run-a').click();
    await cell('run-c').click({ modifiers: ['Control'] });
    await table.getByRole('button', { name: /^Compare/ }).click();
    const panel = await editor.webviewFrame('.verdict h1');
    await panel.getByText('run-c').first().waitFor();
    await expect.poll(() => editor.page.locator('.editor-group-container').count()).toBe(2);
    expect(await rowNames(table)).toEqual(names);
    await editor.screenshot('compared-beside-table');
    await editor.runCommand('View: Close Editor');
    await expect.poll(() => editor.page.locator('.editor-group-container').count()).toBe(1);
    await clear();
  });

  it('are grouped in the order in which the columns were chosen', async () => {
    await groupBy(/^model/, 1);
    await expect.poll(groups).toEqual(['gbm', 'lr']);
    await groupBy(/^depth/, 2);
    await expect.poll(groups).toEqual(['gbm, 1', 'gbm, 2', 'lr, 1', 'lr, 2']);
    // Taken out and chosen again it comes last.
    await groupBy(/^model/, 1);
    await expect.poll(groups).toEqual(['1', '2']);
    await groupBy(/^model/, 2);
    await expect.poll(groups).toEqual(['1, gbm', '1, lr', '2, gbm', '2, lr']);
  });

  function cell(name: string) {
    return table.locator('.rows tr', { hasText: name }).locator('td').nth(1);
  }

  async function selected(): Promise<string[]> {
    return table
      .locator('.rows tr:has(.run-mark) .words')
      .allTextContents()
      .then((all) => all.filter((name) => names.includes(name)).sort());
  }

  async function clear(): Promise<void> {
    await table.locator('.grid').focus();
    await editor.page.keyboard.press('Escape');
    await expect.poll(selected).toEqual([]);
  }

  async function showTable(): Promise<void> {
    await editor.page.locator('.tabs-container .tab', { hasText: /^Runs/ }).click();
    table = await editor.webviewFrame('.rows tr');
  }

  async function groupBy(column: RegExp, count: number): Promise<void> {
    await table.getByRole('button', { name: /Group Runs by Columns/ }).click();
    await editor.quickPickRow(column).waitFor();
    // The rows of a list that has just opened are not yet where they will be.
    await editor.page.waitForTimeout(300);
    await editor.quickPickRow(column).click();
    await editor.page.locator('.quick-input-count', { hasText: `${count} Selected` }).waitFor();
    await editor.page.keyboard.press('Enter');
  }

  /** The values of each group, in the order in which they are grouped. */
  async function groups(): Promise<string[]> {
    const texts = await table.locator('.group').allInnerTexts();
    return texts.map((text) => /^\s*(.*?)\s+\d+ runs/.exec(text)?.[1] ?? text).sort();
  }
});

/** The names of the rows in sight, from the top. */
async function rowNames(table: Frame): Promise<string[]> {
  const rows = await table.locator('.rows tr').evaluateAll((all) =>
    all.map((row) => ({
      at: Number((row as HTMLElement).dataset.row),
      name: row.querySelector('.words')?.textContent ?? '',
    })),
  );
  return rows.sort((a, b) => a.at - b.at).map(({ name }) => name);
}

it('of more rows than a clipboard takes the first are copied, and it is said', async () => {
  await using project = SeededProject.create(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'many' });
    for (let at = 0; at < 20_002; at += 1) {
      runs.createRun({ experimentId, userId: 'ada', name: `run-${at}`, startTime: clock.now - 60_000_000 + at });
    }
  });
  await using editor = await Editor.open({ folder: project.root });
  await editor.openView('Slipway');
  await editor.treeRow('run-20001').waitFor();
  await editor.runCommand('Slipway: Open Runs Table');
  const table = await editor.webviewFrame('.rows tr');
  await table.locator('.rows tr', { hasText: 'run-20001' }).waitFor();
  await table.locator('.grid').focus();
  await editor.page.keyboard.press('Control+Home');
  await editor.page.keyboard.press('Control+a');
  await expect.poll(() => table.locator('.selected-count').innerText()).toContain('20,002');
  await editor.page.keyboard.press('Control+c');
  await table.getByText('Copied the first 20,000 of 20,002 rows. Export saves all of them as a file.').waitFor({
    timeout: 60_000,
  });
  const lines = (await editor.page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n');
  expect(lines.length).toBe(20_001);
  expect(lines.at(-1)?.split('\t')[0]).toBe('run-2');
});
