// The package installs and its view opens; everything else is looked at by the other tests.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';

describe('the packaged extension', () => {
  it('is installed in a real VS Code, which lists it', async () => {
    await using editor = await Editor.open();
    await editor.runCommand('Extensions: Show Installed Extensions');
    const row = editor.page.locator('.extensions-list .monaco-list-row', { hasText: 'Slipway' });
    await row.waitFor();
    expect(await row.innerText()).toContain('slipway');
    await editor.openView('Slipway');
    await editor.screenshot('smoke');
  });
});
