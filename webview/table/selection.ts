// Which runs are selected, here or in the tree. Each has its mark from the moment it is selected until it no longer is.
import { useEffect, useMemo } from 'react';
import { type RunMarks, withMarks } from '../../src/protocol/runs/run-marks';
import type { TreeChoice } from '../../src/protocol/runs/table-panel';
import { useHost } from '../kit/host/host-context';
import { useSteady } from '../kit/steady';

/** The number of its mark by run. */
export type Marks = ReadonlyMap<string, number>;

export interface Selection {
  marks: Marks;
  toggle: (runIds: readonly string[]) => void;
  /** Exactly these and no other; marks stay with those that had one. */
  set: (runIds: readonly string[]) => void;
  clear: () => void;
}

/** The selection as it is kept, and what changes it. */
export function useSelection(kept: RunMarks, keep: (selected: RunMarks) => void): Selection {
  const marks = useMemo(() => new Map(kept), [kept]);
  const toggle = useSteady((runIds: readonly string[]): void => {
    const areAll = runIds.every((runId) => marks.has(runId));
    if (areAll) {
      const gone = new Set(runIds);
      keep(kept.filter(([runId]) => !gone.has(runId)));
    } else keep(withMarks(kept, runIds));
  });
  const set = useSteady((runIds: readonly string[]): void => {
    const wanted = new Set(runIds);
    keep(
      withMarks(
        kept.filter(([runId]) => wanted.has(runId)),
        runIds,
      ),
    );
  });
  const clear = useSteady(() => keep([]));
  return useMemo(() => ({ marks, toggle, set, clear }), [marks, toggle, set, clear]);
}

/**
 * Follows what is selected in the tree. Several runs are chosen on purpose; a click on one opens it, and takes nothing
 * away that was selected here.
 */
export function useTreeChoice({ marks, set }: Selection): void {
  const host = useHost();
  const follow = useSteady(({ runIds, before }: TreeChoice): void => {
    const isOfTree = marks.size === before.length && before.every((runId) => marks.has(runId));
    if (runIds.length > 1 || marks.size === 0 || isOfTree) set(runIds);
  });
  useEffect(() => host.listen((event) => event.type === 'chosen' && follow(event)), [host, follow]);
}
