// The Runs view over the runs of a seeded project.
import type { Locator } from 'playwright-core';
import type { Editor } from './harness';

/** Shows the view and waits for its rows. */
export async function openRuns(editor: Editor): Promise<void> {
  await editor.openView('Slipway');
  await editor.treeRow('three').waitFor({ timeout: 30_000 });
}

/** The one line above the rows. */
export function message(editor: Editor): Locator {
  return editor.page.locator('.sidebar .tree-explorer-viewlet-tree-view .message').first();
}
