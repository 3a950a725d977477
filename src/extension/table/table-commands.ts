// What the page of a runs table asks its host to do.
import { commands, env, l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import { mayDelete } from '../edits/confirm-delete';
import { typeFilter } from '../filter/filter-runs';
import { openKnownRun } from '../links/run-opening';
import type { CommandHandlers } from '../panels/panel-host';
import { chooseSome } from '../picking/choice-list';
import { handRuns } from '../picking/hand-runs';
import type { RunsTablesOptions } from './runs-tables';
import { exportTable, tableText } from './table-file';
import { chooseView } from './view-list';

/** So many runs are handed to a command that wants them whole. */
const mostRuns = 500;

type Target = RunsTablesOptions & { folder: string; panel: object };

/**
 * The handlers of one folder's table, each of which the log names, but for that of the selection. What they throw is said
 * by the page, but for what a command says itself.
 */
export function tableCommands(target: Target): Partial<CommandHandlers> {
  return {
    ...target.notices.loggedEach(operations(target)),
    'table.selected': async ({ marks }) => target.selected.hold(target.panel, marks),
  };
}

function operations(target: Target) {
  const { folder, sessions, panels } = target;
  const client = () => sessions.get(folder).requireClient();
  return {
    'list.pick': chooseSome,
    'filter.edit': async ({ text }) => (await typeFilter([client()], text)) ?? null,
    'views.choose': (asked) => chooseView(client(), asked),
    'table.open': ({ runId }) => openKnownRun(panels, sessions.get(folder), runId),
    'table.compare': async ({ runIds }) => hand(target, 'slipway.compareRuns', runIds),
    'table.tags': async ({ runIds }) => hand(target, 'slipway.editRunTags', runIds),
    'table.note': async ({ runId }) => hand(target, 'slipway.editRunNote', [runId]),
    'table.copy': async (asked) => {
      const { text, rows } = await tableText(client(), asked);
      await env.clipboard.writeText(text);
      return rows;
    },
    'table.export': (asked) => exportTable({ client: client(), root: sessions.get(folder).folder.uri.fsPath }, asked),
    'table.mayDelete': async ({ runIds }) => {
      const { get } = client().api.runs;
      return mayDelete(await Promise.all(runIds.map((runId) => get.query({ runId }))));
    },
    'edit.undo': async () => {
      await commands.executeCommand('slipway.undo');
    },
    'edit.redo': async () => {
      await commands.executeCommand('slipway.redo');
    },
  } satisfies Partial<CommandHandlers>;
}

/** Calls a command of the Runs view as it is called from its menu: on one row, of several that are selected. */
async function hand({ folder, sessions }: Target, command: string, runIds: readonly string[]): Promise<void> {
  if (runIds.length > mostRuns) {
    const count = runIds.length.toLocaleString('en-US');
    throw new SlipwayError('invalid', l10n.t('At most {0} runs at once; these are {1}.', mostRuns, count));
  }
  await handRuns(sessions.get(folder), command, runIds);
}
