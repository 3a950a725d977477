// How far two categories go together: Cramér's V.

/** Rows that hold one value of each, and how many values either has; codes are whole numbers from 0. */
export interface CodedPairs {
  first: ArrayLike<number>;
  second: ArrayLike<number>;
  levels: readonly [number, number];
}

/**
 * From 0 to 1, √(χ² / n (min(r, c) − 1)) over the values that occur, not corrected for bias, as
 * scipy.stats.contingency.association. NaN where one of the two does not vary.
 */
export function cramersV({ first, second, levels: [rows, columns] }: CodedPairs): number {
  const counts = new Float64Array(rows * columns);
  const [rowSums, columnSums] = [new Float64Array(rows), new Float64Array(columns)];
  for (let index = 0; index < first.length; index += 1) {
    const [row, column] = [first[index] ?? 0, second[index] ?? 0];
    const cell = row * columns + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
    rowSums[row] = (rowSums[row] ?? 0) + 1;
    columnSums[column] = (columnSums[column] ?? 0) + 1;
  }
  const occurring = (sums: Float64Array): number => sums.reduce((all, sum) => all + (sum > 0 ? 1 : 0), 0);
  const least = Math.min(occurring(rowSums), occurring(columnSums)) - 1;
  if (least < 1) return Number.NaN;
  // χ² / n = Σ O² / (R C) − 1.
  let share = -1;
  for (let cell = 0; cell < counts.length; cell += 1) {
    const observed = counts[cell] ?? 0;
    if (observed === 0) continue;
    share += (observed / (rowSums[Math.floor(cell / columns)] ?? 1)) * (observed / (columnSums[cell % columns] ?? 1));
  }
  return Math.sqrt(Math.min(1, Math.max(0, share / least)));
}
