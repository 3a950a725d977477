// From a bare folder to a live chart, the way a person gets there.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';

describe('a folder that is not a workspace yet', () => {
  it('is initialized from the welcome, records a run, shows it live and stops it', async () => {
    await using project = Project.create({ initialize: false });
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByRole('button', { name: 'Initialize Workspace' }).click();
    await editor.page.getByText('No runs yet.').waitFor();

    await editor.page.getByRole('region', { name: 'Welcome' }).getByRole('button', { name: 'Record a Run…' }).click();
    await editor.answerInput('sh train.sh 600 0.1');
    await editor.quickPickRow('The script’s own').click();
    await editor.page.locator('.quick-input-title', { hasText: '(3/3)' }).waitFor();
    await editor.answerInput('');
    const panel = await openRun(editor, /running · /);

    const last = panel.locator('.metric-row', { hasText: 'loss' }).locator('td').first();
    const before = await last.innerText();
    await expect.poll(() => last.innerText(), { timeout: 5000 }).not.toBe(before);
    expect(await panel.locator('.head').innerText()).toContain('Running');
    expect(await panel.locator('.output').innerText()).toContain('step 1 done');

    await panel.getByRole('button', { name: 'Stop' }).click();
    await editor.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Stop Run' }).click();
    await expect.poll(() => panel.locator('.opening h1').innerText(), { timeout: 20_000 }).toMatch(/^Stopped after/);
    await editor.treeRow('stopped').waitFor();
  });
});
