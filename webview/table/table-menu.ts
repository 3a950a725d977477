// What the editor's own menus ask of the table.
import { useEffect, useState } from 'react';
import type { TableAct } from '../../src/protocol/runs/table-panel';
import type { Host } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { useSteady } from '../kit/steady';
import { compare, copy, mark, remove, star } from './table-acts';
import type { TableModel } from './table-model';
import type { TableState } from './table-state';

type Acts = Partial<Record<TableAct['act'], () => void>>;

/** Does what a menu asks; answers the run whose name is to be edited. */
export function useMenuActs(model: TableModel, table: TableState): { runId: string } | null {
  const host = useHost();
  const [renamed, setRenamed] = useState<{ runId: string } | null>(null);
  const act = useSteady(({ act: name, target }: TableAct): void => {
    if (name === 'rename') setRenamed({ runId: target });
    const acts: Acts = {
      ...columnActs(target, model, table),
      ...runActs(host, target, model),
      ...baselineAct(target, table),
    };
    acts[name]?.();
  });
  useEffect(() => host.listen((event) => event.type === 'act' && act(event)), [host, act]);
  return renamed;
}

function columnActs(target: string, { columns }: TableModel, { state, change, changeView }: TableState): Acts {
  const { view } = state;
  const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== target);
  const toggled = (ids: readonly string[]): string[] => (ids.includes(target) ? without(ids) : [...ids, target]);
  return {
    ascending: () => changeView({ sort: [{ column: target, descending: false }] }),
    descending: () => changeView({ sort: [{ column: target, descending: true }] }),
    hide: () => changeView({ columns: without(columns.map(({ id }) => id)) }),
    pin: () => changeView({ pinned: toggled(view.pinned) }),
    group: () => {
      changeView({ groupBy: toggled(view.groupBy) });
      change({ expanded: [] });
    },
  };
}

function baselineAct(target: string, { state, changeView }: TableState): Acts {
  return { baseline: () => changeView({ baseline: state.view.baseline === target ? null : target }) };
}

/** On a row that is selected, these are about all that are. */
function runActs(host: Host, target: string, model: TableModel): Acts {
  const { selection, edits } = model;
  const runIds = selection.marks.has(target) ? [...selection.marks.keys()] : [target];
  const refused = (error: Error): void => edits.tell({ words: error.message, canUndo: false });
  return {
    open: () => void host.command('table.open', { runId: target }).catch(refused),
    compare: () => compare(host, model, runIds),
    tags: () => void host.command('table.tags', { runIds }).catch(refused),
    note: () => void host.command('table.note', { runId: target }).catch(refused),
    copy: () => copy(host, model, runIds),
    star: () => star(model, runIds),
    archive: () => mark(model, runIds, { change: { archived: true }, says: 'Archived:' }),
    delete: () => remove(host, model, runIds),
  };
}
