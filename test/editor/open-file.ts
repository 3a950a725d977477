// Opens a file of the folder the way a person does.
import type { Editor } from './harness';

/**
 * Finds `name` with Go to File and waits until it is in front. A list that is filled again under the mouse, or closes
 * because something else took the focus, is opened once more.
 */
export async function openFile(editor: Editor, name: string): Promise<void> {
  for (const deadline = Date.now() + 90_000; ; ) {
    try {
      await editor.runCommand('Go to File');
      const input = editor.page.locator('.quick-input-widget:visible input').first();
      await input.fill(name, { timeout: 5000 });
      await editor.quickPickRow(name).click({ timeout: 5000 });
      await editor.page.locator('.tab.active', { hasText: name }).waitFor({ timeout: 15_000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await editor.page.keyboard.press('Escape');
    }
  }
}
