// A link to a run, for a message or an issue of someone who has the same folder.
import { env, l10n, Uri, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { RunPanels } from '../panels/run-panels';
import type { RunNode } from '../views/run-node';
import { runLinkText } from './run-address';

/** Puts the link of a row's run, else of the panel in front, on the clipboard. */
export async function copyRunLink(panels: RunPanels, node?: RunNode): Promise<void> {
  const run =
    node === undefined ? panels.active : { folder: node.session.folder.uri.toString(), runId: node.run.runId };
  if (run === undefined) throw new SlipwayError('invalid', l10n.t('Open a run first.'));
  const folder = Uri.parse(run.folder).fsPath;
  await env.clipboard.writeText(`${env.uriScheme}://slipway.slipway${runLinkText({ runId: run.runId, folder })}`);
  window.setStatusBarMessage(l10n.t('Link to run {0} copied.', run.runId.slice(0, 8)), 4000);
}
