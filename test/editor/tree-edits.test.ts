/// <reference lib="dom" />
// Star, rename, tag, note, archive and trash from the tree: seen at once, kept, and taken back.
import { describe, expect, it } from 'vitest';
import type { Editor } from './harness';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';
import { sharedWindow } from './shared-window';

const starred = (editor: Editor, name: string) =>
  editor.page.locator(`.sidebar .monaco-list-row[aria-label^="${name}, Finished, starred"]`);

describe('changing runs in the tree', () => {
  const shared = sharedWindow(() => SeededProject.small());

  it('stars, renames and throws away with the keyboard alone, each seen at once and taken back by Ctrl+Z', async () => {
    const { editor } = shared;
    await openRuns(editor);
    const { keyboard } = editor.page;
    await editor.treeRow('three').click();
    await editor.page.locator('.tab', { hasText: 'three' }).waitFor();
    await keyboard.press('Shift+8');
    await message(editor).getByText('Starred three. Undo: Ctrl+Z').waitFor();
    await starred(editor, 'three').waitFor();
    await editor.screenshot('tree-starred');

    await keyboard.press('F2');
    await editor.answerInput('third time');
    await editor.treeRow('third time').waitFor();
    await editor.treeRow('third time').click();
    await keyboard.press('Delete');
    await message(editor).getByText('Moved third time to the trash. Undo: Ctrl+Z').waitFor();
    await editor.treeRow('Trash').waitFor();
    await editor.screenshot('tree-trash');
    await keyboard.press('Control+Z');
    await editor.treeRow('third time').waitFor();
    await keyboard.press('Control+Z');
    await editor.treeRow('three').waitFor();
    await keyboard.press('Control+Z');
    await message(editor).getByText('Undone: starred three.').waitFor();
    await keyboard.press('Control+Shift+Z');
    await starred(editor, 'three').waitFor();
    await expect.poll(() => message(editor).innerText(), { timeout: 15_000 }).toBe('');
    expect(await editor.notifications()).toEqual([]);
  });

  it('archives several runs, which are shown on request and taken out again; undone and redone', async () => {
    const { editor, project } = shared;
    const { keyboard } = editor.page;
    const archived = () => project.slipway('runs', 'list', '--filter', 'is:archived');
    await editor.treeRow('two').click();
    await editor.page.locator('.tab', { hasText: 'two' }).waitFor();
    await editor.treeRow('one').click({ modifiers: ['ControlOrMeta'] });
    await choose(editor, 'one', 'Archive');
    await message(editor).getByText('Archived 2 runs. Undo: Ctrl+Z').waitFor();
    await editor.treeRow('one').waitFor({ state: 'detached' });
    await editor.treeRow('two').waitFor({ state: 'detached' });
    await expect.poll(archived).toMatch(/two[\s\S]*one/);

    await editor.treeRow('three').click({ button: 'right' });
    await keyboard.press('Escape');
    await keyboard.press('Control+Z');
    await editor.treeRow('one').waitFor();
    await keyboard.press('Control+Shift+Z');
    await editor.treeRow('one').waitFor({ state: 'detached' });

    await editor.runCommand('Slipway: Show Archived Runs');
    await editor.treeRow('one').waitFor();
    await editor.screenshot('tree-archived');
    await choose(editor, 'one', 'Unarchive');
    await editor.treeRow('one').waitFor({ state: 'detached' });
    await editor.runCommand('Slipway: Clear Filter');
    await editor.treeRow('one').waitFor();
    await expect.poll(archived).not.toContain('one');
  });

  it('restores runs from the trash by their menu', async () => {
    const { editor, project } = shared;
    await editor.treeRow('broken').click();
    await editor.page.locator('.tab', { hasText: 'broken' }).waitFor();
    await choose(editor, 'broken', 'Move to Trash');
    await editor.treeRow('broken').waitFor({ state: 'detached' });
    await editor.treeRow('Trash').click();
    await choose(editor, 'broken', 'Restore');
    await message(editor).getByText('Restored broken.').waitFor();
    await expect.poll(() => project.slipway('runs', 'list')).toContain('broken');
  });
});

async function choose(editor: Editor, row: string, entry: string): Promise<void> {
  await editor.treeRow(row).click({ button: 'right' });
  await editor.chooseInMenu(entry);
}
