// Which runs a command is about: the rows it was called on, the selected ones, or those that are picked from a list.
import { l10n, type QuickPickItem, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { RunQuery } from '../../protocol/api';
import { numberText, stateWord, timeText } from '../../protocol/wording';
import type { CommandTools } from '../commands/command-tools';
import type { EngineSession } from '../session/engine-session';
import type { RunNode, RunsNode } from '../views/run-node';

const pickedRuns = 200;

/** What VS Code hands to a command: from a menu the row and all selected ones, from our own keys `selected`. */
export type Given = [node?: RunsNode | 'selected', nodes?: RunsNode[]];

/** What a list of runs asks, and of which runs. */
export interface Picking {
  /** The question above the list. */
  question: string;
  /** Which runs are offered; all in use when left out. */
  query?: RunQuery;
}

/** The rows a command was called on; empty when it was called on none, as from the palette. */
export function rowsOf({ view }: CommandTools, [node, nodes]: Given): RunNode[] {
  if (node === undefined) return [];
  if (node === 'selected') return view.selectedRuns;
  const rows = nodes?.includes(node) === true ? nodes : [node];
  return rows.filter((row) => row.kind === 'run');
}

/** Those rows, else runs that the user picks; empty when none are. */
export async function runsFor(tools: CommandTools, given: Given, picking: Picking): Promise<RunNode[]> {
  if (given[0] !== undefined) return rowsOf(tools, given);
  const items = await offered(tools, picking);
  if (items === undefined) return [];
  const options = { placeHolder: picking.question, matchOnDescription: true, matchOnDetail: true };
  const picked = await window.showQuickPick(items, { ...options, canPickMany: true });
  return (picked ?? []).map(({ node }) => node);
}

/** The one row of these, else one run that the user picks. */
export async function runFor(tools: CommandTools, given: Given, picking: Picking): Promise<RunNode | undefined> {
  const [node] = given;
  if (node === 'selected') return rowsOf(tools, given)[0];
  if (node !== undefined) return node.kind === 'run' ? node : undefined;
  const items = await offered(tools, picking);
  const options = { placeHolder: picking.question, matchOnDescription: true, matchOnDetail: true };
  return items && (await window.showQuickPick(items, options))?.node;
}

/** A run as a row of a pick list. */
export type RunItem = QuickPickItem & { node: RunNode };

/**
 * The list that runs are picked from: those first that the user is probably thinking of. Undefined when no folder is
 * chosen. Throws SlipwayError `not-found` when there is nothing to pick, and as `chooseRunning`.
 */
export async function offered(tools: CommandTools, { query = {} }: Picking): Promise<RunItem[] | undefined> {
  const session = await tools.sessions.chooseRunning();
  if (session === undefined) return undefined;
  const page = await session.requireClient().api.runs.list.query({ ...query, limit: pickedRuns });
  if (page.items.length === 0) throw new SlipwayError('not-found', l10n.t('There is no run to choose from.'));
  const likely = new Set(tools.view.selectedRuns.map(({ run }) => run.runId));
  if (tools.panels.active !== undefined) likely.add(tools.panels.active.runId);
  const items = page.items.map((run) => ({
    ...itemFor({ kind: 'run', session, run }),
    picked: likely.has(run.runId),
  }));
  return [...items.filter(({ picked }) => picked), ...items.filter(({ picked }) => !picked)];
}

/** How a run is shown in a pick list. */
export function itemFor(node: RunNode): RunItem {
  const { run } = node;
  const headline = run.headline === null ? [] : [`${run.headline.key} ${numberText(run.headline.value)}`];
  const words = [...headline, stateWord(run.state).toLowerCase(), timeText(run.startTime, Date.now())];
  return { label: run.name, description: words.join(' · '), detail: run.experimentName, node };
}

/** The runs of each folder, since one request changes runs of one folder. */
export function bySession(nodes: readonly RunNode[]): Map<EngineSession, RunNode[]> {
  const groups = new Map<EngineSession, RunNode[]>();
  for (const node of nodes) groups.set(node.session, [...(groups.get(node.session) ?? []), node]);
  return groups;
}

/** `best` for one run, `3 runs` for several. */
export function runsText(nodes: readonly RunNode[]): string {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only.run.name : l10n.t('{0} runs', nodes.length);
}
