// Opens a run's panel from the tree, as a person does.
import type { Frame } from 'playwright-core';
import type { Editor } from './harness';

/**
 * The panel of the run whose row holds `text`, with its charts drawn and the focus in it: VS Code gives a webview the
 * focus only when its page has loaded, and would close a palette that was opened before.
 */
export async function openRun(editor: Editor, text: string | RegExp): Promise<Frame> {
  await editor.openView('Slipway');
  // Rows that have just appeared may be drawn again under the mouse, and a panel that loads takes the keys: then the row
  // is clicked again, as a person would.
  for (const deadline = Date.now() + 60_000; ; ) {
    try {
      await editor.treeRow(text).click({ timeout: 5000 });
      const frame = await editor.webviewFrame('.chart canvas', 15_000);
      await isOf(frame, text);
      // A click leaves the keyboard in the tree.
      await editor.page.keyboard.press('Control+Enter');
      const hasFocus = 'document.activeElement.matches("iframe.webview.ready")';
      await editor.page.waitForFunction(hasFocus, undefined, { timeout: 5000 });
      return frame;
    } catch (error) {
      if (Date.now() > deadline) {
        await editor.screenshot('run-not-opened');
        throw error;
      }
      await editor.closeEditors();
      // What VS Code tells of a row that is hovered over may lie on the next one.
      await editor.page.mouse.move(0, 0);
    }
  }
}

/** Rows that move while one is clicked make it another: throws when the panel is that of another run. */
async function isOf(panel: Frame, text: string | RegExp): Promise<void> {
  const name = await panel.locator('.run-name').innerText({ timeout: 3000 });
  if (typeof text === 'string' && !text.includes(name)) throw new Error(`The panel of ${name} opened, not of ${text}.`);
}
