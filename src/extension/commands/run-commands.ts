// Commands about one run: of the row they were called on, else of the panel in front, else of one that is picked.
import { env, l10n, type QuickPickItem, window } from 'vscode';
import type { RunSummary } from '../../protocol/run';
import { numberText, stateWord, timeText } from '../../protocol/wording';
import type { EngineSession } from '../session/engine-session';
import { confirmAndStop } from '../stop-run';
import type { RunNode } from '../views/run-node';
import type { CommandTools } from './command-tools';

const pickedRuns = 100;

/** Opens a run's panel. */
export async function openRun(tools: CommandTools, node?: RunNode): Promise<void> {
  const chosen = node ?? (await pickRun(tools));
  if (chosen === undefined) return;
  const { runId, name } = chosen.run;
  tools.panels.show({ folder: chosen.session.folder.uri.toString(), runId, name });
}

/** Opens the run whose row was chosen in the tree. */
export async function openSelectedRun(tools: CommandTools): Promise<void> {
  const node = await tools.view.selected();
  if (node?.kind === 'run') await openRun(tools, node);
}

/** Puts a run's id on the clipboard. */
export async function copyRunId(tools: CommandTools, node?: RunNode): Promise<void> {
  const runId = node?.run.runId ?? tools.panels.active?.runId ?? (await pickRun(tools))?.run.runId;
  if (runId === undefined) return;
  await env.clipboard.writeText(runId);
  window.setStatusBarMessage(l10n.t('Run ID {0} copied.', runId), 4000);
}

/** Stops a running recorded run, after asking. */
export async function stopRun(tools: CommandTools, node?: RunNode): Promise<void> {
  const chosen = node ?? (await pickRecorded(tools));
  const client = chosen?.session.client;
  if (chosen !== undefined && client !== undefined) await confirmAndStop(client, chosen.run);
}

async function pickRun({ sessions }: CommandTools): Promise<RunNode | undefined> {
  const session = await sessions.choose(sessions.running);
  const client = session?.client;
  if (session === undefined || client === undefined) return undefined;
  const items = client.api.runs.list
    .query({ limit: pickedRuns })
    .then((page) => page.items.map((run) => itemFor(session, run)));
  return pick(items, l10n.t('Which run?'));
}

async function pickRecorded({ view }: CommandTools): Promise<RunNode | undefined> {
  const items = view.recordedRunning.map(({ session, run }) => itemFor(session, run));
  return pick(Promise.resolve(items), l10n.t('Which run is to stop?'));
}

type RunItem = QuickPickItem & { node: RunNode };

function itemFor(session: EngineSession, run: RunSummary): RunItem {
  const headline = run.headline === null ? [] : [`${run.headline.key} ${numberText(run.headline.value)}`];
  return {
    label: run.name,
    description: [...headline, stateWord(run.state).toLowerCase(), timeText(run.startTime, Date.now())].join(' · '),
    detail: run.experimentName,
    node: { kind: 'run', session, run },
  };
}

async function pick(items: Promise<RunItem[]>, placeHolder: string): Promise<RunNode | undefined> {
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.node;
}
