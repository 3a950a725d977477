// Several runs side by side, their tags and notes, from the tree.
import { describe, expect, it } from 'vitest';
import { noteTag } from '../../src/protocol/runs/run-tag';
import type { Editor } from './harness';
import { engineOf } from './project-engine';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';
import { sharedWindow } from './shared-window';

async function choose(editor: Editor, row: string, entry: string): Promise<void> {
  await editor.chooseInMenuOf(editor.treeRow(row), entry);
}

describe('several selected runs', () => {
  const shared = sharedWindow(() => SeededProject.small());

  it('are compared in a panel; all that is known of them stands side by side in the diff editor, of three in a table', async () => {
    const { editor } = shared;
    await openRuns(editor);
    await editor.treeRow('three').click();
    await editor.page.locator('.tab', { hasText: 'three' }).waitFor();
    await editor.treeRow('two').click({ modifiers: ['ControlOrMeta'] });
    await choose(editor, 'two', 'Compare Runs');
    await editor.page.locator('.tab', { hasText: 'three → two' }).waitFor();
    const panel = await editor.webviewFrame('.verdict h1');
    // One run of each, without predictions: never better.
    expect(await panel.locator('.verdict h1').innerText()).toContain('Cannot tell');
    await panel.getByRole('button', { name: 'Open Side by Side' }).click();
    await editor.page.locator('.tab', { hasText: 'three ↔ two' }).waitFor();
    const side = (name: string) => editor.page.locator(`.monaco-diff-editor .${name} .view-lines`).first();
    await expect.poll(() => side('original').innerText()).toMatch(/lr\s+0\.3/);
    await expect.poll(() => side('modified').innerText()).toMatch(/lr\s+0\.2/);
    await editor.screenshot('compare-two');
    // Compared again it is the same tab; the other way round it is another comparison.
    const tabs = (): Promise<string[]> => editor.page.locator('.tab', { hasText: '→' }).allInnerTexts();
    await editor.treeRow('three').click();
    await editor.treeRow('two').click({ modifiers: ['ControlOrMeta'] });
    await choose(editor, 'two', 'Compare Runs');
    await editor.webviewFrame('.verdict h1');
    expect(await tabs()).toHaveLength(1);
    await editor.treeRow('two').click();
    await editor.treeRow('three').click({ modifiers: ['ControlOrMeta'] });
    await choose(editor, 'three', 'Compare Runs');
    await editor.page.locator('.tab', { hasText: 'two → three' }).waitFor();
    expect(await tabs()).toHaveLength(2);

    await editor.treeRow('three').click();
    await editor.treeRow('one').click({ modifiers: ['Shift'] });
    await editor.page.keyboard.press('Control+Shift+C');
    await editor.page.locator('.tab', { hasText: 'Compare 3 runs' }).waitFor();
    const three = await editor.webviewFrame('.candidate');
    await three.getByRole('button', { name: 'Open Side by Side' }).click();
    await editor.page.locator('.tab', { hasText: 'Preview 3 runs' }).waitFor();
    const preview = await editor.webviewFrame('h1.code-line');
    const text = await preview.locator('table').first().innerText();
    expect(text).toMatch(/three\s+two\s+one/);
    expect(await preview.locator('body').innerText()).toMatch(/lr\s+0\.3\s+0\.2\s+0\.1/);
  });

  it('are tagged together, and a note is written in an editor of its own', async () => {
    const { editor, project } = shared;
    await openRuns(editor);
    await editor.treeRow('three').click();
    await editor.page.locator('.tab', { hasText: 'three' }).waitFor();
    await editor.treeRow('two').click({ modifiers: ['ControlOrMeta'] });
    await choose(editor, 'two', 'Edit Tags…');
    await editor.quickPickRow('team=maps').waitFor();
    await editor.screenshot('edit-tags');
    await editor.answerList('reviewed=yes');
    await message(editor).getByText('Tagged 2 runs reviewed=yes. Undo: Ctrl+Z').waitFor();
    await editor.page.keyboard.press('Escape');
    expect(project.slipway('runs', 'list', '--filter', 'tag:reviewed=yes')).toMatch(/three[\s\S]*two/);

    await editor.treeRow('one').click();
    await choose(editor, 'one', 'Edit Note…');
    await editor.page.locator('.tab', { hasText: 'one note.md' }).waitFor();
    await editor.page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
    await editor.page.keyboard.type('**Kept** for the [report](command:workbench.action.quit)');
    await editor.page.keyboard.press('Control+S');
    await message(editor).getByText('Changed the note of one. Undo: Ctrl+Z').waitFor();
    expect(project.slipway('runs', 'show', 'one', '--json')).toContain('**Kept** for the');
    await editor.treeRow('one').hover();
    const hover = editor.page.locator('.monaco-hover', { hasText: 'Kept for the report' });
    await hover.waitFor();
    await editor.screenshot('note-tooltip');
    expect(await hover.locator('strong', { hasText: 'Kept' }).count()).toBe(1);
    expect(await hover.locator('a[data-href^="command:"]').count()).toBe(0);
    expect((await hover.innerText()).replaceAll('\u00a0', ' ')).toContain('team: vision');
  });

  it('a note that others replaced by one of the same length is not written over unasked', async () => {
    const { editor, project } = shared;
    const runId = '2'.repeat(32);
    const noteNow = async () => (await engineOf(project).api.runs.get.query({ runId })).note;
    const writeElsewhere = (note: string) =>
      engineOf(project).api.runs.change.mutate({ changes: [{ runId, tags: { [noteTag]: note } }] });
    await openRuns(editor);
    await writeElsewhere('first');
    await editor.treeRow('two').click();
    await choose(editor, 'two', 'Edit Note…');
    await editor.page.locator('.tab', { hasText: 'two note.md' }).waitFor();
    await editor.page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
    await editor.page.keyboard.type('mine, ');
    await writeElsewhere('other');
    await editor.page.keyboard.press('Control+S');
    const told = editor.page.locator('.notification-toast', { hasText: 'The note of two was changed elsewhere' });
    await told.waitFor();
    await editor.screenshot('note-changed-elsewhere');
    expect(await noteNow()).toBe('other');
    await told.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(noteNow).toBe('mine, first');
  });
});
