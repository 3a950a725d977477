// A file of a table as rows and columns.
import { commands, type Uri } from 'vscode';

/** Opens it in the editor that is offered for its kind: VS Code shows the name of one that is not as its id. */
export async function openTable(file: Uri): Promise<void> {
  const viewType = /\.(parquet|pq)$/i.test(file.path) ? 'slipway.grid' : 'slipway.textGrid';
  await commands.executeCommand('vscode.openWith', file, viewType);
}
