// What was done, with the means to undo it.
import { l10n, window } from 'vscode';

/** Says it, and does `undo` when the user asks for that; not awaited, for the message may stand for long. */
export function offerUndo(sentence: string, undo: () => Promise<void>, failed: (error: unknown) => void): void {
  const word = l10n.t('Undo');
  void window.showInformationMessage(sentence, word).then(async (chosen) => {
    if (chosen === word) await undo().catch(failed);
  });
}
