// Commands about one run: of the row they were called on, else of the panel in front, else of one that is picked.
import { env, l10n, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import { type Given, rowsOf } from '../picking/given-rows';
import { runRow } from '../picking/run-row';
import { runFor } from '../picking/runs-for';
import type { RunNode } from '../views/run-node';
import type { CommandTools } from './command-tools';

/** Opens a run's panel and goes over to it. */
export async function openRun(tools: CommandTools, ...given: Given): Promise<void> {
  const node = await runFor(tools, given, { question: l10n.t('Which run?') });
  if (node !== undefined) show(tools, node, { preserveFocus: false });
}

/** Opens the run whose row was chosen in the tree; the keyboard stays there for the next row, or for a change. */
export async function openSelectedRun(tools: CommandTools): Promise<void> {
  const node = await tools.view.selected();
  if (node?.kind === 'run') show(tools, node, { preserveFocus: true });
}

function show({ panels }: CommandTools, { session, run }: RunNode, options: { preserveFocus: boolean }): void {
  panels.show({ folder: session.folder.uri.toString(), runId: run.runId, name: run.name }, options);
}

/** Puts a run's id on the clipboard, or those of several runs, one a line. */
export async function copyRunId(tools: CommandTools, ...given: Given): Promise<void> {
  const rows = rowsOf(tools, given).map(({ run }) => run.runId);
  const runIds = rows.length > 0 ? rows : [tools.panels.active?.runId ?? (await pickedId(tools))];
  const text = runIds.filter((id) => id !== undefined).join('\n');
  if (text === '') return;
  await env.clipboard.writeText(text);
  const words = runIds.length > 1 ? l10n.t('{0} run IDs copied.', runIds.length) : l10n.t('Run ID {0} copied.', text);
  window.setStatusBarMessage(words, 4000);
}

async function pickedId(tools: CommandTools): Promise<string | undefined> {
  return (await runFor(tools, [], { question: l10n.t('Which run?') }))?.run.runId;
}

/** Stops a running recorded run, after asking; of a given one that is not recorded asks how it ended. Throws SlipwayError `not-found` when none runs. */
export async function stopRun(tools: CommandTools, node?: RunNode): Promise<void> {
  const chosen = node ?? (await pickRecorded(tools));
  if (chosen === undefined) return;
  const { session, run } = chosen;
  await tools.stops.confirm({ session, run });
}

async function pickRecorded({ sessions, view }: CommandTools): Promise<RunNode | undefined> {
  const items = view.recordedRunning.map(runRow);
  if (items.length === 0) {
    // Without an engine nobody knows whether one runs.
    await sessions.chooseRunning();
    throw new SlipwayError('not-found', l10n.t('No recorded run is running.'));
  }
  const options = { placeHolder: l10n.t('Which run is to stop?'), matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.node;
}
