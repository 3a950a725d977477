// The package installs and its view opens, also where there is nothing to show.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';

describe('the packaged extension', () => {
  it('is installed in a real VS Code, which lists it, and asks for a folder where there is none', async () => {
    await using editor = await Editor.open();
    await editor.runCommand('Extensions: Show Installed Extensions');
    const row = editor.page.locator('.extensions-list .monaco-list-row', { hasText: 'Slipway' });
    await row.waitFor();
    expect(await row.innerText()).toContain('slipway');
    await editor.openView('Slipway');
    await editor.page.locator('.sidebar').getByText('Open the folder of your project to see its runs.').waitFor();
    await editor.screenshot('smoke');
  });
});
