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

/** Selects these rows, in this order. A tree that is drawn anew forgets a click that falls into it: then it is begun again. */
export async function selectRuns(editor: Editor, [first = '', ...others]: readonly string[]): Promise<void> {
  const selected = editor.page.locator('.sidebar .monaco-list-row.selected');
  for (let tries = 1; ; tries++) {
    await editor.treeRow(first).click();
    for (const name of others) await editor.treeRow(name).click({ modifiers: ['ControlOrMeta'] });
    const areSelected = await selected
      .nth(others.length)
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      );
    if (areSelected) return;
    if (tries === 3) throw new Error(`The tree does not keep ${first}, ${others.join(', ')} selected.`);
  }
}
