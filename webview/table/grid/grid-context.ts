// What every row of the grid is drawn with.
import { useMemo } from 'react';
import type { RunState } from '../../../src/protocol/run';
import type { TableView } from '../../../src/protocol/runs/run-table';
import type { ShownColumn } from '../columns/shown-column';
import type { RunCells } from '../data/table-data';

/** A column and its number among all that are shown, from 0. */
export interface PlacedColumn extends ShownColumn {
  place: number;
}

/** The same for all rows until something of it changes. */
export interface RowLook {
  pinned: readonly PlacedColumn[];
  /** Those of the others that are in sight. */
  free: readonly PlacedColumn[];
  /** Where the columns that scroll begin, and how wide all of it is, in CSS pixels. */
  standing: number;
  nameWidth: number;
  total: number;
  isNarrow: boolean;
  hasBaseline: boolean;
  isGrouped: boolean;
  sort: TableView['sort'];
  baseline: RunCells | undefined;
  /** By column: a difference below it may be chance. */
  noise: ReadonlyMap<string, number>;
}

/** A cell that is being edited; `column` null for the name. */
export interface Editing {
  runId: string;
  column: string | null;
}

/** What a person does in a row. */
export interface RowActs {
  onEdited: (editing: Editing, text: string | null) => void;
}

/** How a state looks: icon, and the tone of its colour. */
export const stateTones: Record<RunState, string> = {
  running: 'live',
  queued: 'quiet',
  finished: 'better',
  failed: 'worse',
  killed: 'quiet',
  unknown: 'quiet',
};

/** What all rows share; the same object until something of it changes, so that no other row is drawn again. */
export function useRowLook(props: LookProps, { pinned, free, standing, total }: LookPlaces): RowLook {
  const { view, nameWidth, isNarrow, baseline, noise } = props;
  const { sort } = view;
  const isGrouped = view.groupBy.length > 0;
  return useMemo(
    () => ({
      ...{ pinned, free, standing, total, nameWidth, isNarrow, isGrouped, sort, baseline, noise },
      hasBaseline: view.baseline !== null,
    }),
    [pinned, free, standing, total, nameWidth, isNarrow, isGrouped, sort, baseline, noise, view.baseline],
  );
}

type LookPlaces = Pick<RowLook, 'pinned' | 'free' | 'standing' | 'total'>;
type LookProps = Pick<RowLook, 'nameWidth' | 'isNarrow' | 'baseline' | 'noise'> & { view: TableView };
