// Which Node runs the command line for one folder, as its settings say.
import { type WorkspaceFolder, workspace } from 'vscode';
import { chooseNode, type NodeChoice } from '../../client/node-choice';

/** The Node for `folder`. Throws SlipwayError `unavailable` when there is none that is new enough. */
export function folderNode(bundle: string, folder: WorkspaceFolder): Promise<NodeChoice> {
  const setting = workspace.getConfiguration('slipway', folder.uri).get<string>('node.path', '');
  return chooseNode({ bundle, ...(setting === '' ? {} : { setting }) });
}
