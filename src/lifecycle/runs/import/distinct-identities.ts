// Runs of a store that names none of them are known by what they begin with. Copies of a run within one store begin alike,
// and are told apart by where they lie in it.

/** The identities of runs, each given by what it begins with and its place in the store, in their order. */
export function distinctIdentities(runs: readonly (readonly [beginning: string, place: string])[]): string[] {
  const seen = new Set<string>();
  return runs.map(([beginning, place]) => {
    if (seen.has(beginning)) return `${beginning} ${place}`;
    seen.add(beginning);
    return beginning;
  });
}
