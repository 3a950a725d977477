// What a person looks at to believe a verdict: two histograms, two cumulative shares, the category that moved.
import type {
  CategoryPair,
  CumulativePair,
  DriftCategories,
  DriftColumnDetail,
  DriftNumbers,
  HistogramPair,
  LargestGap,
  Quantiles,
} from '../../../protocol/datasets/drift';
import { sortedDistances } from '../../../statistics/drift/sorted-distances';
import { total } from '../../../statistics/sample/moments';
import { quantileOfSorted } from '../../../statistics/sample/quantile';
import { firstAbove, firstAtLeast } from '../../../statistics/sample/sorted-place';
import type { CategorySample, ColumnSample, NumberSample } from './column-sample';

const bins = 30;
/** Whole numbers of so narrow a range have a bin each. */
const mostWholeBins = 40;
/** The outermost share of either side that an open bin holds, so that one far value does not squeeze the rest. */
const outer = 0.005;
const places = 120;
const mostValues = 20;

/** The evidence of one column; of texts there is none to draw. */
export function driftEvidence(sample: ColumnSample): DriftColumnDetail {
  const isDrawn = sample.is === 'numbers' && sample.reference.length > 0 && sample.current.length > 0;
  const { rows, nulls } = sample;
  const share = (side: 'reference' | 'current'): number => nulls[side] / Math.max(1, rows[side]);
  return {
    column: sample.column,
    missing: { reference: share('reference'), current: share('current') },
    numbers: isDrawn ? numbersOf(sample) : null,
    categories: sample.is === 'categories' ? categoriesOf(sample) : null,
  };
}

function numbersOf(sample: NumberSample): DriftNumbers {
  const { reference, current } = sample;
  const low = Math.min(placeOf(reference, outer), placeOf(current, outer));
  const high = Math.max(placeOf(reference, 1 - outer), placeOf(current, 1 - outer));
  const gap = gapOf(sample);
  return {
    histogram: histogramOf(sample, low, high),
    cumulative: cumulativeOf(sample, low, high, gap.x),
    gap,
    quantiles: { reference: quantilesOf(reference), current: quantilesOf(current) },
  };
}

function histogramOf({ reference, current, isWhole }: NumberSample, low: number, high: number): HistogramPair {
  const edges = edgesOf(low, high, isWhole.reference && isWhole.current);
  const counted = (sorted: Float64Array): number[] => {
    const at = edges.map((edge) => firstAtLeast(sorted, edge));
    // The outer bins are open, so that every row is drawn.
    at[0] = 0;
    at[at.length - 1] = sorted.length;
    return at.slice(1).map((end, bin) => end - (at[bin] ?? 0));
  };
  const [first = 0, last = 0] = [edges[0], edges.at(-1)];
  return {
    edges,
    reference: counted(reference),
    current: counted(current),
    isOpenBelow: Math.min(reference[0] ?? first, current[0] ?? first) < first,
    isOpenAbove: Math.max(reference.at(-1) ?? last, current.at(-1) ?? last) > last,
  };
}

function edgesOf(low: number, high: number, isWhole: boolean): number[] {
  if (isWhole && high - low <= mostWholeBins) {
    const first = Math.floor(low);
    return Array.from({ length: Math.ceil(high) - first + 2 }, (_, edge) => first + edge - 0.5);
  }
  if (!(high > low)) return [low - 0.5, low + 0.5];
  // Halves first: the whole range may be beyond the largest number.
  return Array.from({ length: bins + 1 }, (_, edge) => low * (1 - edge / bins) + high * (edge / bins));
}

function cumulativeOf({ reference, current }: NumberSample, low: number, high: number, gap: number): CumulativePair {
  const even = Array.from({ length: places + 1 }, (_, at) => low * (1 - at / places) + high * (at / places));
  const x = [...new Set([...even, gap])].filter((value) => value >= low && value <= high).sort((a, b) => a - b);
  const shares = (sorted: Float64Array): number[] => x.map((value) => firstAbove(sorted, value) / sorted.length);
  return { x, reference: shares(reference), current: shares(current) };
}

function gapOf({ reference, current }: NumberSample): LargestGap {
  const { gap, at } = sortedDistances(reference, current);
  const x = Number.isNaN(at) ? placeOf(reference, 0.5) : at;
  return {
    x,
    reference: firstAbove(reference, x) / reference.length,
    current: firstAbove(current, x) / current.length,
    distance: gap / (reference.length * current.length),
  };
}

function quantilesOf(sorted: Float64Array): Quantiles {
  const [p05, p25, p50, p75, p95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => placeOf(sorted, p)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { p05, p25, p50, p75, p95 };
}

/** A quantile; of numbers that are too far apart to lie between, the nearest of them. */
function placeOf(sorted: Float64Array, p: number): number {
  const place = quantileOfSorted(sorted, p);
  return Number.isFinite(place) ? place : (sorted[Math.round(p * (sorted.length - 1))] ?? Number.NaN);
}

function categoriesOf({ names, reference, current }: CategorySample): DriftCategories {
  const [n, m] = [Math.max(1, total(reference)), Math.max(1, total(current))];
  const pairs = names.map((value, at) => ({ value, reference: reference[at] ?? 0, current: current[at] ?? 0 }));
  const weight = (pair: CategoryPair): number => Math.max(pair.reference / n, pair.current / m);
  const move = (pair: CategoryPair): number => Math.abs(pair.reference / n - pair.current / m);
  const moved = pairs.reduce<CategoryPair | null>(
    (most, pair) => (most && move(most) >= move(pair) ? most : pair),
    null,
  );
  const order = [...pairs].sort((a, b) => weight(b) - weight(a));
  const rest = order.slice(mostValues);
  const sum = (side: 'reference' | 'current'): number => rest.reduce((all, pair) => all + pair[side], 0);
  return {
    values: order.slice(0, mostValues),
    others: { values: rest.length, reference: sum('reference'), current: sum('current') },
    moved,
  };
}
