/// <reference lib="dom" />
// Star, rename, tag, note, archive and trash from the tree: seen at once, kept, and taken back.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';

const starred = (editor: Editor, name: string) =>
  editor.page.locator(`.sidebar .monaco-list-row[aria-label^="${name}, Finished, starred"]`);

describe('changing runs in the tree', () => {
  it('stars, renames and throws away with the keyboard alone, each seen at once and taken back by Ctrl+Z', async () => {
    await using project = SeededProject.small();
    await using editor = await Editor.open({ folder: project.root });
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
});
