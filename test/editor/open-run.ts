// Opens a run's panel from the tree, as a person does: click, and once more if nothing came.
import type { Frame } from 'playwright-core';
import type { Editor } from './harness';

const shown = '.chart canvas';

/**
 * The panel of the run whose row holds `text`, with its charts drawn. In a browser VS Code's first webview may wait for
 * ever for its service worker (the `controllerchange` it listens for can come before it listens); closed and opened
 * again it is there, at the latest after a reload, which finds the worker in place.
 */
export async function openRun(editor: Editor, text: string | RegExp): Promise<Frame> {
  await editor.openView('Slipway');
  for (let attempt = 1; ; attempt++) {
    await editor.treeRow(text).click({ timeout: 30_000 });
    try {
      return await editor.webviewFrame(shown, 12_000);
    } catch (error) {
      if (attempt === 4) throw error;
      await editor.runCommand('View: Close Editor');
      if (attempt > 1) await editor.reload();
      await editor.openView('Slipway');
    }
  }
}
