// Where the bins of a column's histogram lie, so that the bulk of the values can be told apart.

/** What is known of a column's finite numbers before they are counted: `p05` and `p95` are quantiles. */
export interface ValueSpan {
  min: number;
  max: number;
  p05: number;
  p95: number;
  isWhole: boolean;
}

/** Edges ascend, one more than bins. `isOpenBelow`, `isOpenAbove`: values lie beyond them. */
export interface BinEdges {
  edges: number[];
  isOpenBelow: boolean;
  isOpenAbove: boolean;
}

const bins = 20;
/** An end further from the bulk than so many times its width is cut off. */
const farTimes = 2;

/** Twenty equal bins, or one per value of whole numbers that span less; a single value has one bin around it. */
export function histogramEdges({ min, max, p05, p95, isWhole }: ValueSpan): BinEdges {
  const bulk = p95 - p05;
  const lowest = bulk > 0 && p05 - min > farTimes * bulk ? p05 - bulk / 2 : min;
  const highest = bulk > 0 && max - p95 > farTimes * bulk ? p95 + bulk / 2 : max;
  const open = { isOpenBelow: lowest > min, isOpenAbove: highest < max };
  if (isWhole && highest - lowest < bins && Math.abs(highest) < 2 ** 52) {
    const first = Math.floor(lowest) - 0.5;
    const count = Math.floor(highest) - Math.floor(lowest) + 1;
    return { edges: Array.from({ length: count + 1 }, (_, index) => first + index), ...open };
  }
  if (!(highest - lowest > 0)) return { edges: [min - 0.5, min + 0.5], ...open };
  // Halves first: the difference of two large numbers of opposite sign may be infinite.
  const at = (share: number): number => lowest * (1 - share) + highest * share;
  const edges = Array.from({ length: bins + 1 }, (_, index) => at(index / bins));
  return { edges: [...new Set([lowest, ...edges.slice(1, -1), highest])], ...open };
}
