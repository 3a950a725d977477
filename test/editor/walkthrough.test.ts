// The walkthrough's steps are done when what they speak of is so, not when they were clicked. (first-run.test.ts: one by one)
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';

describe('the walkthrough', () => {
  it('opened late, shows as done what was done before', async () => {
    await using project = SeededProject.small();
    await using editor = await Editor.open({ folder: project.root });
    await openRuns(editor);
    await editor.treeRow('three').click();
    await editor.page.locator('.tab', { hasText: 'three' }).waitFor();
    await editor.page.keyboard.press('Shift+8');
    await message(editor).getByText('Starred three.').waitFor();
    await editor.runCommand('Welcome: Open Walkthrough');
    await editor.quickPickRow('Start with Slipway').click();
    const done = () => editor.page.locator('.getting-started-step .codicon-getting-started-step-checked').count();
    await expect.poll(done).toBe(5);
    await editor.screenshot('walkthrough-late');
  });
});
