// What stands at the end of a row of the Runs view.
import type { Editor } from './harness';

/** The signs at the end of a run's row in the Runs view. */
export function badgeOf(editor: Editor, name: string): Promise<string> {
  return editor
    .treeRow(name)
    .evaluate((row) =>
      [...row.querySelectorAll('.monaco-icon-label')].map((label) => getComputedStyle(label, '::after').content).join(),
    );
}
