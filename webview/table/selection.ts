// Which runs are selected. Each has its mark from the moment it is selected until it no longer is.
import { useMemo } from 'react';
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

type Kept = [runId: string, mark: number][];

/** The selection as it is kept, and what changes it. */
export function useSelection(kept: Kept, keep: (selected: Kept) => void): Selection {
  const marks = useMemo(() => new Map(kept), [kept]);
  const toggle = useSteady((runIds: readonly string[]): void => {
    const areAll = runIds.every((runId) => marks.has(runId));
    if (areAll) {
      const gone = new Set(runIds);
      keep(kept.filter(([runId]) => !gone.has(runId)));
    } else keep(marked(kept, runIds));
  });
  const set = useSteady((runIds: readonly string[]): void => {
    const wanted = new Set(runIds);
    keep(
      marked(
        kept.filter(([runId]) => wanted.has(runId)),
        runIds,
      ),
    );
  });
  const clear = useSteady(() => keep([]));
  return useMemo(() => ({ marks, toggle, set, clear }), [marks, toggle, set, clear]);
}

/** With these added, each with the lowest mark that nobody has. */
function marked(kept: Kept, runIds: readonly string[]): Kept {
  const known = new Map(kept);
  const taken = new Set(known.values());
  let free = 0;
  for (const runId of runIds) {
    if (known.has(runId)) continue;
    while (taken.has(free)) free += 1;
    known.set(runId, free);
    taken.add(free);
  }
  return [...known];
}
