// Changes made in the table: shown at once, then made; refused ones go back and say why.
import { useMemo, useState } from 'react';
import { withChange } from '../../src/protocol/runs/changes/expected-changes';
import { type ChangeableState, mostChanges, type RunChange } from '../../src/protocol/runs/run-change';
import { useHost } from '../kit/host/host-context';
import { useSteady } from '../kit/steady';
import type { Shelf } from './data/shelf';
import type { RunCells } from './data/table-data';

/** One line below the table: what was done or refused. `canUndo`: it can be taken back. */
export interface Notice {
  words: string;
  canUndo: boolean;
}

export interface TableEdits {
  notice: Notice | null;
  tell: (notice: Notice | null) => void;
  /** Makes changes; `says` is told once they are made, nothing for null. */
  make: (changes: RunChange[], says: string | null) => void;
  undo: (isBack: boolean) => void;
}

/** Every change of the table goes through here and on through the editor's history. */
export function useTableEdits(runs: Shelf<RunCells>): TableEdits {
  const host = useHost();
  const [notice, tell] = useState<Notice | null>(null);
  const make = useSteady((changes: RunChange[], says: string | null): void => {
    if (changes.length === 0) return;
    if (changes.length > mostChanges) {
      const count = changes.length.toLocaleString('en-US');
      tell({ words: `At most ${mostChanges} runs can be changed at once; these are ${count}.`, canUndo: false });
      return;
    }
    const byRun = new Map(changes.map((change) => [change.runId, change]));
    const patch = runs.patch([...byRun.keys()], (runId, row) => changed(row, byRun.get(runId) ?? {}));
    const refused = (error: Error): void => {
      patch.revert();
      tell({ words: error.message, canUndo: false });
    };
    const told = says === null ? null : { words: says, canUndo: true };
    host.query('runs.change', { changes }).then(() => {
      patch.settle();
      tell(told);
    }, refused);
  });
  const undo = useSteady((isBack: boolean): void => {
    tell(null);
    void host.command(isBack ? 'edit.undo' : 'edit.redo', null);
  });
  return useMemo(() => ({ notice, tell, make, undo }), [notice, make, undo]);
}

function changed(row: RunCells, change: ChangeableState): RunCells {
  const cells = new Map(row.cells);
  for (const [key, value] of Object.entries(change.tags ?? {})) {
    if (cells.has(`tag:${key}`)) cells.set(`tag:${key}`, value);
  }
  return { ...withChange(row, change, Date.now()), cells };
}
