// What the table keeps over a reload: how it is laid out and where it was, never what it showed.
import { useCallback, useEffect, useState } from 'react';
import { type TableView, tableView } from '../../src/protocol/runs/run-table';
import type { TablePanelBoot, TablePanelState } from '../../src/protocol/runs/table-panel';
import { useHost } from '../kit/host/host-context';

const many = 500;
const keptAfter = 200;

/** The state and what changes it: all of it, or of its view alone. */
export interface TableState {
  state: TablePanelState;
  change: (part: Partial<TablePanelState>) => void;
  changeView: (part: Partial<TableView>) => void;
}

/** The kept state, or a fresh one; that of another folder or of an older form is not used. */
export function useTableState({ folder }: TablePanelBoot): TableState {
  const host = useHost();
  const [state, setState] = useState<TablePanelState>(() => {
    const kept = host.load() as Partial<TablePanelState> | undefined;
    const view = tableView.safeParse(kept?.view ?? {}).data ?? tableView.parse({});
    const fresh = { v: 1 as const, folder, view, viewName: null, selected: [], expanded: [], scroll: 0 };
    return kept?.v === 1 && kept.folder === folder ? { ...fresh, ...kept, view } : fresh;
  });
  useEffect(() => {
    // At once, since a panel that is left is thrown away; but thousands of selected runs are not written at every key.
    if (state.selected.length < many) return host.save(state);
    const timer = setTimeout(() => host.save(state), keptAfter);
    return () => clearTimeout(timer);
  }, [host, state]);
  const change = useCallback((part: Partial<TablePanelState>) => setState((old) => ({ ...old, ...part })), []);
  const changeView = useCallback(
    (part: Partial<TableView>) => setState((old) => ({ ...old, view: { ...old.view, ...part } })),
    [],
  );
  return { state, change, changeView };
}
