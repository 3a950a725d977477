// Opens a run's panel from the tree, as a person does.
import type { Frame } from 'playwright-core';
import type { Editor } from './harness';

/**
 * The panel of the run whose row holds `text`, with its charts drawn and the focus in it: VS Code gives a webview the
 * focus only when its page has loaded, and would close a palette that was opened before.
 */
export async function openRun(editor: Editor, text: string | RegExp): Promise<Frame> {
  await editor.openView('Slipway');
  await editor.treeRow(text).click({ timeout: 30_000 });
  const frame = await editor.webviewFrame('.chart canvas', 40_000);
  for (const deadline = Date.now() + 30_000; ; ) {
    // A click leaves the keyboard in the tree, unless a panel that has loaded meanwhile takes it.
    await editor.page.keyboard.press('Control+Enter');
    const hasFocus = editor.page.waitForFunction('document.activeElement.matches("iframe.webview.ready")', undefined, {
      timeout: 5000,
    });
    try {
      await hasFocus;
      return frame;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await editor.treeRow(text).click();
    }
  }
}
