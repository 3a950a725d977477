// Equal bins as numpy makes them by Sturges' rule: what Evidently's scores are made of.
import { firstAbove, firstAtLeast } from '../sample/sorted-place';

/**
 * Edges over `low` to `high` of `count` numbers, ⌈log₂ count + 1⌉ bins. Bins of whole numbers are no narrower than 1
 * (numpy from 2.0 on). A single value has a bin of width 1 around it.
 */
export function sturgesEdges(range: { low: number; high: number; count: number; isWhole: boolean }): Float64Array {
  const { count, isWhole } = range;
  const spread = range.high - range.low;
  const width = spread / (Math.log2(count) + 1);
  const bins = width > 0 ? Math.ceil(spread / (isWhole && width < 1 ? 1 : width)) : 1;
  const [low, high] = spread === 0 ? [range.low - 0.5, range.high + 0.5] : [range.low, range.high];
  const step = (high - low) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, edge) => (edge === bins ? high : low + edge * step));
}

/** How many of a sorted sample lie in each bin; the last bin holds its upper edge too. */
export function histogramOfSorted(sorted: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  let below = firstAtLeast(sorted, edges[0] ?? 0);
  for (let bin = 0; bin < counts.length; bin += 1) {
    const upper = edges[bin + 1] ?? 0;
    const next = bin === counts.length - 1 ? firstAbove(sorted, upper) : firstAtLeast(sorted, upper);
    counts[bin] = next - below;
    below = next;
  }
  return counts;
}
