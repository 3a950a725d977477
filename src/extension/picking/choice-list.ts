// A list of the editor's own in which some of many are chosen.
import { l10n, type QuickPickItem, window } from 'vscode';
import type { ListedChoice } from '../../protocol/runs/table-panel';

/** The ids of what was chosen, those that were chosen before first and in their order; null when the user turned away. */
export async function chooseSome(asked: { title: string; items: ListedChoice[] }): Promise<string[] | null> {
  const items = asked.items.map((item): QuickPickItem & ListedChoice => item);
  const options = {
    title: asked.title,
    placeHolder: l10n.t('Type to find; Space chooses'),
    canPickMany: true,
  } as const;
  const chosen = await window.showQuickPick(items, { ...options, matchOnDescription: true });
  return chosen === undefined ? null : chosen.map(({ id }) => id);
}
