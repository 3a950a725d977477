// What the panel of two tables keeps over a reload.
import type { DiffPanelState, DiffSides } from '../../src/protocol/datasets/table/diff-panel';

/** The kept state, or a fresh one where it is of other tables. */
export function firstState({ before, after }: DiffSides, state: unknown): DiffPanelState {
  const kept = state as Partial<DiffPanelState> | undefined;
  const fresh: DiffPanelState = {
    ...{ v: 1, before, after, isSwapped: false, key: null, which: null, column: null },
    ...{ offset: 0, isNarrow: true, open: {} },
  };
  const isOfThese = JSON.stringify([kept?.before, kept?.after]) === JSON.stringify([before, after]);
  return kept?.v === 1 && isOfThese ? { ...fresh, ...kept } : fresh;
}
