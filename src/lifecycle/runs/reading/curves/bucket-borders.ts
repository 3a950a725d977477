// Where buckets begin and end: it depends on the range shown and on nothing else, so that a live curve does not jump.
import type { AxisScale } from '../../../../protocol/series';

/**
 * How many buckets there are at most; `unit` is how many whole numbers make one unit of the axis (1000 for seconds).
 * `isWhole` false: places are not whole numbers, and widths may be fractions.
 */
export interface BorderRule {
  buckets: number;
  unit: number;
  isWhole?: boolean | undefined;
  scale?: AxisScale | undefined;
}

/** The buckets of one range. `width` is in axis units; on a logarithmic axis it is the factor between two borders. */
export interface Borders {
  size: number;
  width: number;
  bucketOf(place: number): number;
}

/** The finest logarithmic borders: 4096 to the doubling. */
const finest = 4096;

/**
 * The borders for whole numbers from `first` to `last`. Linear: bucket n covers [n·w, (n+1)·w), where on an axis of
 * seconds w is 1, 5, 10, 50, 100 or 500 milliseconds, then seconds times powers of two: each a multiple of the one before;
 * where places are not whole, w is a power of two. Logarithmic: bucket n covers
 * [2^(n/k), 2^((n+1)/k)) for a power of two k; `first` must be above zero.
 */
export function bucketBorders(first: number, last: number, rule: BorderRule): Borders {
  if (rule.scale === 'log') return logBorders(first, last, rule.buckets);
  const width = widthFor(first, last, rule);
  const base = Math.floor(first / width);
  return {
    size: Math.floor(last / width) - base + 1,
    width: width / rule.unit,
    bucketOf: (place) => Math.floor(place / width) - base,
  };
}

/** The bucket width for whole numbers from `first` to `last`: the smallest that needs no more than `buckets`. */
function widthFor(first: number, last: number, rule: BorderRule): number {
  const fits = (width: number): boolean => Math.floor(last / width) - Math.floor(first / width) < rule.buckets;
  if (rule.isWhole === false) return fractionFor(last - first, rule.buckets, fits);
  for (let ten = 1; ten < rule.unit; ten *= 10) {
    if (fits(ten)) return ten;
    if (fits(ten * 5)) return ten * 5;
  }
  let width = rule.unit;
  while (!fits(width)) width *= 2;
  return width;
}

function fractionFor(span: number, buckets: number, fits: (width: number) => boolean): number {
  const finest = 2 ** Math.floor(Math.log2(Math.min(span, Number.MAX_VALUE) / buckets));
  // A span of nothing, or one too small to be told from it.
  let width = finest > 0 ? finest : 1;
  while (!fits(width) && width < Number.MAX_VALUE) width = Math.min(width * 2, Number.MAX_VALUE);
  return width;
}

function logBorders(first: number, last: number, buckets: number): Borders {
  const [low, high] = [Math.log2(first), Math.log2(last)];
  let density = finest;
  while (Math.floor(high * density) - Math.floor(low * density) >= buckets) density /= 2;
  const base = Math.floor(low * density);
  return {
    size: Math.floor(high * density) - base + 1,
    width: 2 ** (1 / density),
    bucketOf: (place) => Math.floor(Math.log2(place) * density) - base,
  };
}
