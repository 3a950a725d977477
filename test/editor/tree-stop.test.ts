// Stopping from the tree: gently first, and at once when asked again.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from './project';
import { runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

/** Ignores the gentle request, so that only the hard one ends it in less than ten seconds. */
const deafScript = `#!/bin/sh
trap '' TERM
i=0
while [ "$i" -lt 600 ]; do i=$((i + 1)); sleep 0.1; done
`;

describe('a run that does not hear that it is to stop', () => {
  const shared = sharedWindow(() => {
    const project = Project.create();
    writeFileSync(join(project.root, 'train.sh'), deafScript);
    return project;
  });

  it('is ended at once when Stop is chosen again, and cannot be thrown away before', async () => {
    const { editor, project } = shared;
    project.startRun('deaf', 1, 0);
    await editor.openView('Slipway');
    const row = editor.treeRow('deaf');
    await row.getByText(/running · /).waitFor({ timeout: 30_000 });
    await row.click({ button: 'right' });
    const entry = (name: string) => editor.page.locator('.monaco-menu .action-item', { hasText: name });
    await entry('Move to Trash').waitFor();
    expect(await entry('Move to Trash').getAttribute('class')).toContain('disabled');
    await editor.page.keyboard.press('Escape');
    await editor.chooseInMenuOf(row, 'Stop Run');
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Stop Run' }).click();

    await row.hover();
    await row.getByRole('button', { name: 'Stop Run' }).click();
    await dialog.getByText('Stop deaf at once?').waitFor();
    await editor.screenshot('stop-at-once');
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await row.getByText(/stopped · /).waitFor({ timeout: 8000 });
  });

  it('is offered to be ended at once when its recorder hangs', async () => {
    const { editor, project } = shared;
    project.startRun('hanging', 1, 0);
    await editor.openView('Slipway');
    const row = editor.treeRow('hanging');
    await row.getByText(/running · /).waitFor({ timeout: 30_000 });
    const { runId } = await runNamed(project, 'hanging');
    const run = JSON.parse(readFileSync(join(project.root, '.slipway/runs', runId, 'run.json'), 'utf8'));
    process.kill(run.recorderPid, 'SIGSTOP');
    await editor.chooseInMenuOf(row, 'Stop Run');
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Stop Run' }).click();
    const offer = editor.page.locator('.notification-list-item', {
      hasText: 'hanging was asked to end and still runs.',
    });
    await offer.getByRole('button', { name: 'Stop at Once…' }).click({ timeout: 30_000 });
    // An engine that has just died cannot pass the word on, and who clicked is told.
    await dialog.getByText('Stop hanging at once?').waitFor();
    const engine = project.enginePid();
    process.kill(engine, 'SIGKILL');
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await editor.page.locator('.notification-toast', { hasText: /[Tt]he engine .*(not running|not answer)/ }).waitFor();
    await editor.screenshot('stop-without-engine');
    await expect.poll(() => project.enginePid()).not.toBe(engine);
    await row.hover();
    await row.getByRole('button', { name: 'Stop Run' }).click();
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await row.getByText(/stopped · /).waitFor({ timeout: 15_000 });
  });
});
