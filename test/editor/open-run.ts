// Opens a run's panel from the tree, as a person does: click, and once more if nothing came.
import type { Frame } from 'playwright-core';
import type { Editor } from './harness';

const shown = '.chart canvas';

/**
 * The panel of the run whose row holds `text`, with its charts drawn. In a browser VS Code's first webview may wait for
 * ever for its service worker (the `controllerchange` it listens for can come before it listens); closed and opened
 * again it is there.
 */
export async function openRun(editor: Editor, text: string | RegExp): Promise<Frame> {
  await editor.openView('Slipway');
  await editor.treeRow(text).click({ timeout: 30_000 });
  try {
    return await editor.webviewFrame(shown, 12_000);
  } catch {
    await editor.runCommand('View: Close Editor');
    await editor.treeRow(text).click();
    return editor.webviewFrame(shown);
  }
}
