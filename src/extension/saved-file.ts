// What is said once a file is saved, with the way to it.
import { basename } from 'node:path';
import { commands, l10n, type Uri, window } from 'vscode';

/** `label`: what the way there is called where it is not Open; `open` goes it. */
interface WayThere {
  label: string;
  open: (place: Uri) => Thenable<unknown>;
}

/** Says that the file is saved, and opens it when the user wants to see it. */
export async function offerToOpen(place: Uri, way?: WayThere): Promise<void> {
  const { label, open } = way ?? {
    label: l10n.t('Open'),
    open: (saved) => commands.executeCommand('vscode.open', saved),
  };
  const chosen = await window.showInformationMessage(l10n.t('{0} is saved.', basename(place.fsPath)), label);
  if (chosen === label) await open(place);
}
