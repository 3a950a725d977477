// Which runs a command is about: the rows it was called on, the selected ones, or those that are picked from a list.
import { l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { RunQuery } from '../../protocol/api';
import type { CommandTools } from '../commands/command-tools';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';
import { type Given, rowsOf } from './given-rows';
import { RunPicker } from './run-picker';

/** What a list of runs asks, and of which runs. */
export interface Picking {
  /** The question above the list. */
  question: string;
  /** Which runs are offered; all in use when left out. */
  query?: RunQuery;
  /** What is said, with the way on, when there is none of these. */
  none?: () => string;
  /** Whose runs; asked for when left out. */
  session?: EngineSession;
}

/** Those rows, else runs that the user picks; empty when none are. Throws as `picked`. */
export async function runsFor(tools: CommandTools, given: Given, picking: Picking): Promise<RunNode[]> {
  return given[0] === undefined ? picked(tools, picking, true) : rowsOf(tools, given);
}

/** The one row of these, else one run that the user picks. Throws as `picked`. */
export async function runFor(tools: CommandTools, given: Given, picking: Picking): Promise<RunNode | undefined> {
  const [node] = given;
  if (node === 'selected') return rowsOf(tools, given)[0];
  if (node !== undefined) return node.kind === 'run' ? node : undefined;
  return (await picked(tools, picking, false))[0];
}

/**
 * What the user picks, nothing when they leave. Throws SlipwayError `not-found` when there is nothing to pick, and as
 * `chooseRunning`.
 */
async function picked(tools: CommandTools, picking: Picking, many: boolean): Promise<RunNode[]> {
  const session = picking.session ?? (await tools.sessions.chooseRunning());
  if (session === undefined) return [];
  const { question, query = {}, none = noRun } = picking;
  const likely = new Set(tools.view.selectedRuns.map(({ run }) => run.runId));
  if (tools.panels.active !== undefined) likely.add(tools.panels.active.runId);
  const found = await session.requireClient().api.runs.list.query({ ...query, limit: 1 });
  if (found.total === 0) throw new SlipwayError('not-found', none());
  return new RunPicker({ session, question, query, likely, many }).picked;
}

function noRun(): string {
  return l10n.t(
    'There is no run to choose from. Record one with Slipway: Record a Run…, or bring one back with Slipway: Unarchive Runs….',
  );
}
