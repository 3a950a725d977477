// Commands between notebooks and runs: connect the one, and go from a run back to its file.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import {
  commands,
  l10n,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { RunNode } from '../views/run-node';
import { connectionCell } from './connection-cell';

/** Inserts the connection cell above all others of the notebook in front. */
export async function insertConnectionCell(): Promise<void> {
  const notebook = window.activeNotebookEditor?.notebook;
  if (notebook === undefined) throw new SlipwayError('invalid', l10n.t('Open a notebook first.'));
  const folder = workspace.getWorkspaceFolder(notebook.uri) ?? workspace.workspaceFolders?.[0];
  const isFile = notebook.uri.scheme === 'file' && folder !== undefined;
  const path = isFile ? relative(folder.uri.fsPath, notebook.uri.fsPath).replaceAll('\\', '/') : notebook.uri.path;
  const cell = new NotebookCellData(NotebookCellKind.Code, connectionCell(path), 'python');
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [NotebookEdit.insertCells(0, [cell])]);
  await workspace.applyEdit(edit);
}

/** Opens the script or notebook that a run names as its source. Throws SlipwayError `not-found` when there is none. */
export async function openRunSource({ session, run }: RunNode): Promise<void> {
  const { tags, recording } = await session.requireClient().api.runs.get.query({ runId: run.runId });
  const source = tags.find(({ key }) => key === 'mlflow.source.name')?.value ?? '';
  const places = [recording?.cwd ?? session.root, session.root];
  const path = places.map((place) => resolve(place, source)).find((each) => source !== '' && existsSync(each));
  if (path === undefined) {
    const sentence =
      source === ''
        ? l10n.t('{0} names no file it was started from. Its panel says which command was recorded.', run.name)
        : l10n.t('{0} was moved or deleted. The commit of the run may still hold it.', source);
    throw new SlipwayError('not-found', sentence);
  }
  await commands.executeCommand('vscode.open', Uri.file(path));
}
