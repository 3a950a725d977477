// Bins that the reference decides: a tenth of its rows in each, and a bin of its own for a value that alone holds so many.
import { firstAbove, firstAtLeast } from '../sample/sorted-place';

/** `atoms` are values with a bin each; every other number lies in one of the `edges.length + 1` ranges (…, edge], open at both ends. */
export interface QuantileBins {
  atoms: Float64Array;
  edges: Float64Array;
}

/** So many bins a column has, unless values that are frequent leave less for the others. */
const tenths = 10;

/**
 * Bins of a sorted reference. Values that hold a tenth of its `rows` (nulls among them) are atoms: deciles alone collapse
 * on them, and a column that is mostly zero would never drift. Edges are values of the sample, so that any rising
 * transformation of the column leaves the counts as they are.
 */
export function quantileBins(sorted: Float64Array, rows = sorted.length): QuantileBins {
  const atoms: number[] = [];
  const rest: [from: number, to: number][] = [];
  let [restSize, restFrom] = [0, 0];
  const close = (to: number): void => {
    if (to > restFrom) rest.push([restFrom, to]);
    restSize += to - restFrom;
  };
  for (const { from, to } of longRuns(sorted, Math.max(2, rows / tenths))) {
    atoms.push(sorted[from] as number);
    close(from);
    restFrom = to;
  }
  close(sorted.length);
  const bins = Math.max(1, Math.round((tenths * restSize) / rows));
  const edges = new Set<number>();
  for (let bin = 1; bin < bins; bin += 1) {
    const edge = placeAt(sorted, rest, Math.ceil((bin * restSize) / bins) - 1);
    // An edge at the greatest value would leave a bin that the reference cannot have anything in.
    if (edge < placeAt(sorted, rest, restSize - 1)) edges.add(edge);
  }
  return { atoms: Float64Array.from(atoms), edges: Float64Array.from(edges) };
}

/** Rows of a sorted sample in each bin: the atoms first, then the ranges. */
export function binCounts(sorted: Float64Array, { atoms, edges }: QuantileBins): Float64Array {
  const counts = new Float64Array(atoms.length + edges.length + 1);
  let below = 0;
  for (let range = 0; range <= edges.length; range += 1) {
    const next = range === edges.length ? sorted.length : firstAbove(sorted, edges[range] as number);
    counts[atoms.length + range] = next - below;
    below = next;
  }
  for (const [index, atom] of atoms.entries()) {
    const held = firstAbove(sorted, atom) - firstAtLeast(sorted, atom);
    counts[index] = held;
    const range = atoms.length + firstAtLeast(edges, atom);
    counts[range] = (counts[range] ?? 0) - held;
  }
  return counts;
}

/** The runs of one value that are at least `least` long. */
function* longRuns(sorted: Float64Array, least: number): Generator<{ from: number; to: number }> {
  const stride = Math.max(1, Math.floor(least) - 1);
  // A run of that length covers a place of the stride.
  for (let at = 0; at < sorted.length; ) {
    const value = sorted[at] as number;
    const to = firstAbove(sorted, value);
    const from = firstAtLeast(sorted, value);
    if (to - from >= least) yield { from, to };
    at = Math.max(at + 1, Math.ceil(to / stride) * stride);
  }
}

function placeAt(sorted: Float64Array, rest: readonly [number, number][], place: number): number {
  let left = place;
  for (const [from, to] of rest) {
    if (left < to - from) return sorted[from + left] as number;
    left -= to - from;
  }
  return Number.NaN;
}
