// The numbers of the marks by which runs are known wherever they are shown: a colour and a shape, as long as they are in sight.

/** The number of a run's mark, in the order in which they were given. */
export type RunMarks = [runId: string, mark: number][];

/** Marks for all of these runs: those that have one keep it, the others get the lowest that nobody has. */
export function withMarks(kept: Readonly<RunMarks>, runIds: readonly string[]): RunMarks {
  return [...given(new Map(kept), new Set(kept.map(([, mark]) => mark)), runIds)];
}

/** `own`, with the marks that these runs have elsewhere; none has the mark of another run there. */
export function agreedMarks(own: Readonly<RunMarks>, elsewhere: ReadonlyMap<string, number>): RunMarks {
  const taken = new Set(elsewhere.values());
  const known = new Map<string, number>();
  for (const [runId, mark] of own) {
    const there = elsewhere.get(runId);
    if (there !== undefined) known.set(runId, there);
    else if (!taken.has(mark)) {
      known.set(runId, mark);
      taken.add(mark);
    }
  }
  const all = given(
    known,
    taken,
    own.map(([runId]) => runId),
  );
  return own.map(([runId]) => [runId, all.get(runId) ?? 0]);
}

function given(known: Map<string, number>, taken: Set<number>, runIds: readonly string[]): Map<string, number> {
  let free = 0;
  for (const runId of runIds) {
    if (known.has(runId)) continue;
    while (taken.has(free)) free += 1;
    known.set(runId, free);
    taken.add(free);
  }
  return known;
}
