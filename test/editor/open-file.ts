// Opens a file of the folder the way a person does.
import type { Editor } from './harness';

/** Finds `name` with Go to File and waits until it is in front. */
export async function openFile(editor: Editor, name: string): Promise<void> {
  await editor.runCommand('Go to File');
  const input = editor.page.locator('.quick-input-widget:visible input').first();
  await input.fill(name);
  await editor.quickPickRow(name).click();
  await editor.page.locator('.tab.active', { hasText: name }).waitFor();
}
