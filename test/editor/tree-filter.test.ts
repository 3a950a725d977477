// Finding runs in the tree: a filter that is typed, presets, an order; kept over a reload, and cleared again.
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';
import { sharedWindow } from './shared-window';

const input = (editor: Editor) => editor.page.locator('.quick-input-widget:visible input').first();
const title = (editor: Editor) => editor.page.locator('.quick-input-title');
const description = (editor: Editor) => editor.page.locator('.sidebar .pane-header .description').first();

/** The labels of the tree's rows that are runs or experiments, from above. */
async function rows(editor: Editor): Promise<string[]> {
  return editor.page.locator('.sidebar .monaco-list-row .label-name').allInnerTexts();
}

describe('the filter of the Runs view', () => {
  const shared = sharedWindow(() => SeededProject.small());

  it('counts while it is typed, completes real values, and is kept over a reload', async () => {
    const { editor } = shared;
    await openRuns(editor);
    await editor.runCommand('Slipway: Filter Runs…');
    await expect.poll(() => title(editor).innerText()).toBe('Filter Runs: 4 of 4 runs');
    await editor.quickPickRow('model:').waitFor();
    const words = await editor.page.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts();
    expect(new Set(words).size).toBe(words.length);
    await input(editor).fill('tag:team');
    await expect.poll(() => title(editor).innerText()).toBe('Filter Runs: 3 of 4 runs');
    await editor.quickPickRow('tag:team=maps').waitFor();
    await editor.screenshot('filter-typing');
    await editor.quickPickRow('tag:team=maps').click();
    await expect.poll(() => input(editor).inputValue()).toBe('tag:team=maps');
    await expect.poll(() => title(editor).innerText()).toBe('Filter Runs: 2 of 4 runs');

    await input(editor).fill('sate:failed');
    await editor.quickPickRow('sate: is no filter').waitFor();
    expect(await title(editor).innerText()).toBe('Filter Runs');
    await input(editor).press('Enter');
    await input(editor).waitFor();
    await input(editor).fill('$(sync~spin)');
    await editor.quickPickRow('$(sync~spin)').waitFor();
    await input(editor).fill('tag:team=maps');
    await input(editor).press('Enter');
    await expect.poll(() => rows(editor)).toEqual(['delay', 'three', 'two']);
    await expect.poll(() => description(editor).innerText()).toBe('2 of 4, filtered');
    // Beside the view's only title VS Code has no place for it.
    await expect.poll(() => message(editor).innerText()).toBe('2 of 4, filtered by tag:team=maps');
    await editor.screenshot('filter-applied');

    await editor.reload();
    await editor.openView('Slipway');
    await expect.poll(() => rows(editor)).toEqual(['delay', 'three', 'two']);
    await editor.runCommand('Slipway: Clear Filter');
    await expect.poll(() => rows(editor)).toEqual(['delay', 'three', 'two', 'one', 'other', 'broken']);
  });

  it('says that it hides all runs, and how to see them again', async () => {
    const { editor } = shared;
    await openRuns(editor);
    await editor.runCommand('Slipway: Show Starred Runs');
    await editor.page.getByText('No run matches the filter.').waitFor();
    await expect.poll(() => description(editor).innerText()).toBe('0 of 4, filtered');
    await editor.screenshot('filter-hides-all');
    await editor.page.getByRole('region', { name: 'Welcome' }).getByRole('button', { name: 'Clear Filter' }).click();
    await editor.treeRow('three').waitFor();

    await editor.runCommand('Slipway: Show Failed Runs');
    await expect.poll(() => rows(editor)).toEqual(['other', 'broken']);
    await editor.runCommand('Slipway: Clear Filter');
    await editor.treeRow('three').waitFor();
  });

  it('tells how many there are where it looks among archived runs', async () => {
    const { editor, project } = shared;
    await openRuns(editor);
    await editor.chooseInMenuOf(editor.treeRow('one'), 'Archive');
    await expect.poll(() => project.slipway('runs', 'list', '--filter', 'is:archived')).toContain('one');
    await editor.runCommand('Slipway: Show Archived Runs');
    await expect.poll(() => message(editor).innerText()).toBe('1 of 4, filtered by is:archived');
    await editor.runCommand('Slipway: Filter Runs…');
    await input(editor).fill('with:archived');
    await expect.poll(() => title(editor).innerText()).toBe('Filter Runs: 4 of 4 runs');
    await input(editor).press('Enter');
    await expect.poll(() => message(editor).innerText()).toBe('4 of 4, filtered by with:archived');
    await editor.chooseInMenuOf(editor.treeRow('one'), 'Unarchive');
    await editor.runCommand('Slipway: Clear Filter');
    await expect.poll(() => message(editor).innerText()).toBe('4 runs');
  });

  it('lists in the order asked for, runs without the metric last', async () => {
    const { editor } = shared;
    await openRuns(editor);
    await editor.choose('Slipway: Sort Runs…', /^roc_auc\s*highest first/);
    await expect.poll(() => rows(editor)).toEqual(['delay', 'one', 'two', 'three', 'other', 'broken']);
    await expect.poll(() => message(editor).innerText()).toBe('Sorted by roc_auc ↓');
    await editor.choose('Slipway: Sort Runs…', 'Newest first');
    await expect.poll(() => rows(editor)).toEqual(['delay', 'three', 'two', 'one', 'other', 'broken']);
  });
});
