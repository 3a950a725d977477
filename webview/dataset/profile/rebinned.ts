// Counts of one set of bins as those of another, so that two profiles can be drawn over each other.
import type { ColumnHistogram } from '../../../src/protocol/datasets/table/profile';

/**
 * Rows of each bin between `edges`: those of a bin that lies in several are divided by the width that lies in each. What
 * lies beyond the edges goes into the outer bins.
 */
export function rebinned(
  { edges: from, counts }: Pick<ColumnHistogram, 'edges' | 'counts'>,
  edges: readonly number[],
): number[] {
  const made = edges.slice(1).map(() => 0);
  const last = made.length - 1;
  for (const [place, count] of counts.entries()) {
    const [low, high] = [from[place] ?? 0, from[place + 1] ?? 0];
    const width = high - low;
    for (const bin of made.keys()) {
      const left = bin === 0 ? Number.NEGATIVE_INFINITY : (edges[bin] ?? 0);
      const right = bin === last ? Number.POSITIVE_INFINITY : (edges[bin + 1] ?? 0);
      const overlap = Math.min(high, right) - Math.max(low, left);
      const isPoint = width <= 0 && low >= left && (low < right || bin === last);
      made[bin] = (made[bin] ?? 0) + (isPoint ? count : width > 0 && overlap > 0 ? (count * overlap) / width : 0);
    }
  }
  return made;
}
