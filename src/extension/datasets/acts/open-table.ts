// A file of a table as rows and columns.
import { commands, TabInputText, type Uri, window } from 'vscode';

/** Opens it, else the file of the active editor, in the editor that is offered for its kind: VS Code shows the name of one that is not as its id. */
export async function openTable(given?: Uri): Promise<void> {
  const { input } = window.tabGroups.activeTabGroup.activeTab ?? {};
  const file = given ?? (input instanceof TabInputText ? input.uri : undefined);
  if (file === undefined) return;
  const viewType = /\.(parquet|pq|arrows?|feather)$/i.test(file.path) ? 'slipway.grid' : 'slipway.textGrid';
  await commands.executeCommand('vscode.openWith', file, viewType);
}
