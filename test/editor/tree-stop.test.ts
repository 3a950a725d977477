// Stopping from the tree: gently first, and at once when asked again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';

/** Ignores the gentle request, so that only the hard one ends it in less than ten seconds. */
const deafScript = `#!/bin/sh
trap '' TERM
i=0
while [ "$i" -lt 600 ]; do i=$((i + 1)); sleep 0.1; done
`;

describe('a run that does not hear that it is to stop', () => {
  it('is ended at once when Stop is chosen again, and cannot be thrown away before', async () => {
    await using project = Project.create();
    writeFileSync(join(project.root, 'train.sh'), deafScript);
    project.startRun('deaf', 1, 0);
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    const row = editor.treeRow('deaf');
    await row.getByText(/running · /).waitFor({ timeout: 30_000 });
    await row.click({ button: 'right' });
    const entry = (name: string) => editor.page.locator('.monaco-menu .action-item', { hasText: name });
    await entry('Move to Trash').waitFor();
    expect(await entry('Move to Trash').getAttribute('class')).toContain('disabled');
    await editor.chooseInMenu('Stop Run');
    const dialog = editor.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Stop Run' }).click();

    await row.hover();
    await row.getByRole('button', { name: 'Stop Run' }).click();
    await dialog.getByText('Stop deaf at once?').waitFor();
    await editor.screenshot('stop-at-once');
    await dialog.getByRole('button', { name: 'Stop at Once' }).click();
    await row.getByText(/stopped · /).waitFor({ timeout: 8000 });
  });
});
