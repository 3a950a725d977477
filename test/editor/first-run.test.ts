// From a bare folder to a live chart, the way a person gets there.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';

describe('a folder that is not a workspace yet', () => {
  it('is initialized from the welcome, records a run, shows it live and stops it; the walkthrough completes its steps on what really is there', async () => {
    await using project = Project.create({ initialize: false });
    await using editor = await Editor.open({ folder: project.root, size: { width: 1400, height: 900 } });
    await editor.openView('Slipway');
    const initialize = editor.page
      .getByRole('region', { name: 'Welcome' })
      .getByRole('button', { name: 'Initialize Workspace' });
    await initialize.waitFor();
    await openWalkthrough(editor);
    const done = () => editor.page.locator('.getting-started-step .codicon-getting-started-step-checked').count();
    await editor.page.locator('.getting-started-step').first().waitFor();
    expect(await editor.page.locator('.getting-started-step').count()).toBe(5);
    expect(await done()).toBe(0);
    await editor.screenshot('walkthrough');
    await initialize.click();
    await editor.page.getByText('No runs yet.').waitFor();
    await expect.poll(done).toBe(2);

    await editor.page.getByRole('region', { name: 'Welcome' }).getByRole('button', { name: 'Record a Run…' }).click();
    await editor.answerList('sh train.sh 600 0.1');
    await editor.quickPickRow('The script’s own').click();
    await editor.page.locator('.quick-input-title', { hasText: '(3/3)' }).waitFor();
    await editor.answerInput('');
    await expect.poll(done).toBe(3);
    const panel = await openRun(editor, /running · /);

    const last = panel.locator('.metric-row', { hasText: 'loss' }).locator('td').first();
    const before = await last.innerText();
    await expect.poll(() => last.innerText(), { timeout: 5000 }).not.toBe(before);
    expect(await panel.locator('.head').innerText()).toContain('Running');
    expect(await panel.locator('.output').innerText()).toContain('step 1 done');

    await panel.getByRole('button', { name: 'Stop' }).click();
    await editor.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Stop Run' }).click();
    await expect.poll(() => panel.locator('.opening h1').innerText()).toMatch(/^Stopped after/);
    await editor.treeRow('stopped').waitFor();
    await openWalkthrough(editor);
    await expect.poll(done).toBe(4);
    await editor.screenshot('walkthrough-done');
  });
});

async function openWalkthrough(editor: Editor): Promise<void> {
  await editor.choose('Welcome: Open Walkthrough', 'Start with Slipway');
}
