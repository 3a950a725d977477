// The commands of the table's own menus: what VS Code hands them is the row or the column under the pointer.
import type { TableAct } from '../../protocol/runs/table-panel';
import type { CommandTools } from '../commands/command-tools';

/** What a row or the head of a column says of itself. */
interface Context {
  runId?: string;
  columnId?: string;
}

/** The handlers by command id. */
export function tableMenu({ tables, sessions }: CommandTools): Record<string, (context?: Context) => unknown> {
  const act = (name: TableAct['act'], context?: Context): void => {
    const target = context?.runId ?? context?.columnId;
    if (target !== undefined) tables.act({ act: name, target });
  };
  return {
    'slipway.showRunsTable': async () => {
      const session = await sessions.chooseRunning();
      if (session !== undefined) tables.show(session);
    },
    'slipway.sortColumnUp': (context) => act('ascending', context),
    'slipway.sortColumnDown': (context) => act('descending', context),
    'slipway.hideColumn': (context) => act('hide', context),
    'slipway.pinColumn': (context) => act('pin', context),
    'slipway.groupByColumn': (context) => act('group', context),
    'slipway.openRow': (context) => act('open', context),
    'slipway.compareRows': (context) => act('compare', context),
    'slipway.tagRows': (context) => act('tags', context),
    'slipway.noteRow': (context) => act('note', context),
    'slipway.copyRows': (context) => act('copy', context),
    'slipway.pinBaseline': (context) => act('baseline', context),
    'slipway.renameRow': (context) => act('rename', context),
    'slipway.starRow': (context) => act('star', context),
    'slipway.archiveRow': (context) => act('archive', context),
    'slipway.deleteRow': (context) => act('delete', context),
  };
}
