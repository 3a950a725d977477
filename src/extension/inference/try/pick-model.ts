// Which model is tried: one of the workspace, or any file.
import { basename } from 'node:path';
import { commands, l10n, type Uri, window, workspace } from 'vscode';

/** Opens the model that is given, else the one that the user picks. */
export async function tryModel(given?: Uri): Promise<void> {
  const file = given ?? (await pickModel(l10n.t('Try a Model')));
  if (file !== undefined) await commands.executeCommand('vscode.openWith', file, 'slipway.model');
}

/** A model that the user chooses: one of the workspace, else any file. Undefined when the user turned away. */
export async function pickModel(title: string): Promise<Uri | undefined> {
  const found = await workspace.findFiles('**/*.onnx', '**/{node_modules,.venv,venv}/**', 200);
  const browse = { label: l10n.t('Choose a File…'), description: '', file: undefined };
  const items = found.map((file) => ({
    label: basename(file.fsPath),
    description: workspace.asRelativePath(file),
    file,
  }));
  const picked =
    items.length === 0
      ? browse
      : await window.showQuickPick([...items, browse], {
          title,
          placeHolder: l10n.t('Which model?'),
          matchOnDescription: true,
          // A page that asks for it may take the focus back while the list opens.
          ignoreFocusOut: true,
        });
  if (picked === undefined || picked.file !== undefined) return picked?.file;
  const filters = { [l10n.t('ONNX models')]: ['onnx'] };
  const [chosen] = (await window.showOpenDialog({ title, filters })) ?? [];
  return chosen;
}
