// Columns as small whole numbers, which is all that trees need to know of them: splits are sought between codes.

/** `codes` from 0 to `count` − 1, one a row; `isOrdered` when a code says more than that it differs from the others. */
export interface CodedColumn {
  codes: Uint8Array;
  count: number;
  isOrdered: boolean;
}

/** So many codes a column has at most: finer than this no split is sought. */
export const mostCodes = 32;

/** Numbers by their order: each value a code, or where there are too many each of 32 equal parts; NaN comes before all others. */
export function codedNumbers(values: ArrayLike<number>): CodedColumn {
  const rank = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
  const ranked = Float64Array.from(values, rank);
  const sorted = Float64Array.from(ranked).sort();
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
  const borders = distinct.length <= mostCodes ? distinct : partBorders(sorted);
  const codes = Uint8Array.from(ranked, (value) => placeIn(borders, value));
  return { codes, count: borders.length, isOrdered: true };
}

/** Levels by their number, from 0 on; those from the 32nd on are one. */
export function codedLevels(levels: ArrayLike<number>): CodedColumn {
  const codes = Uint8Array.from(levels, (level) => Math.min(mostCodes - 1, level));
  return { codes, count: codes.reduce((most, code) => Math.max(most, code + 1), 1), isOrdered: false };
}

/** The least values of parts with equally many rows; parts that would begin alike are one. */
function partBorders(sorted: Float64Array): Float64Array {
  const starts = Float64Array.from(
    { length: mostCodes },
    (_, part) => sorted[Math.floor((part * sorted.length) / mostCodes)] ?? 0,
  );
  return starts.filter((value, index) => index === 0 || value !== starts[index - 1]);
}

/** The last border that is not above `value`. */
function placeIn(borders: Float64Array, value: number): number {
  let [low, high] = [0, borders.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((borders[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
