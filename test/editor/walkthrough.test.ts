// The walkthrough's steps are done when what they speak of is so, not when they were clicked.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';
import { SeededProject } from './seeded-project';
import { message, openRuns } from './seeded-tree';

describe('the walkthrough', () => {
  it('completes its steps on what really is there', async () => {
    await using project = Project.create({ initialize: false });
    await using editor = await Editor.open({ folder: project.root, size: { width: 1400, height: 900 } });
    await editor.openView('Slipway');
    await editor.page.getByRole('button', { name: 'Initialize Workspace' }).waitFor({ timeout: 30_000 });
    await editor.runCommand('Welcome: Open Walkthrough');
    await editor.quickPickRow('Start with Slipway').click();
    const done = () => editor.page.locator('.getting-started-step .codicon-getting-started-step-checked').count();
    await editor.page.locator('.getting-started-step').first().waitFor();
    expect(await editor.page.locator('.getting-started-step').count()).toBe(5);
    expect(await done()).toBe(0);
    await editor.screenshot('walkthrough');
    await editor.page.getByRole('button', { name: 'Initialize Workspace' }).first().click();
    await expect.poll(done, { timeout: 20_000 }).toBe(2);
    project.record('first', 5);
    await expect.poll(done, { timeout: 20_000 }).toBe(3);
    await openRun(editor, 'first');
    await editor.runCommand('Welcome: Open Walkthrough');
    await editor.quickPickRow('Start with Slipway').click();
    await expect.poll(done, { timeout: 20_000 }).toBe(4);
    await editor.screenshot('walkthrough-done');
  });

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
