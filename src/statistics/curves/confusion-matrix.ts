// How often each class was told for each class that it was.

/** `classes`² counts, a row for each true class, one after the other. Rows without a label (−1) count nowhere. */
export function confusionMatrix(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[] {
  const cells = new Array<number>(classes * classes).fill(0);
  for (let row = 0; row < truth.length; row += 1) {
    const [label, told] = [truth[row] ?? -1, predicted[row] ?? -1];
    if (label < 0 || told < 0) continue;
    const cell = label * classes + told;
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  return cells;
}

/** Matrices of the classes that are shown; those that are not are one more row and column, the last. */
export interface PooledMatrices {
  /** Places among all classes, in their order. */
  shown: number[];
  /** How many classes are put together; 0 where all are shown. */
  pooled: number;
  cells: number[][];
}

/** The same rows of `classes` classes, told by one model or several: all classes, or the `most` − 1 most frequent of them. */
export function pooledMatrices(matrices: readonly number[][], classes: number, most: number): PooledMatrices {
  const shown = frequentClasses(matrices, classes, most);
  const places = new Map(shown.map((label, place) => [label, place]));
  const pooled = classes - shown.length;
  const size = shown.length + (pooled > 0 ? 1 : 0);
  const cells = matrices.map((matrix) => {
    const smaller = new Array<number>(size * size).fill(0);
    for (const [cell, count] of matrix.entries()) {
      const row = places.get(Math.floor(cell / classes)) ?? size - 1;
      const place = row * size + (places.get(cell % classes) ?? size - 1);
      smaller[place] = (smaller[place] ?? 0) + count;
    }
    return smaller;
  });
  return { shown, pooled, cells };
}

/** How many rows are told another class than the true one. */
export function errorsOf(matrix: readonly number[], classes: number): number {
  return matrix.reduce((sum, count, cell) => sum + (cell % (classes + 1) === 0 ? 0 : count), 0);
}

function frequentClasses(matrices: readonly number[][], classes: number, most: number): number[] {
  const all = Array.from({ length: classes }, (_, label) => label);
  if (classes <= most) return all;
  const rows = all.map((label) =>
    matrices.reduce(
      (sum, matrix) => sum + all.reduce((part, other) => part + (matrix[label * classes + other] ?? 0), 0),
      0,
    ),
  );
  return all
    .toSorted((a, b) => (rows[b] ?? 0) - (rows[a] ?? 0))
    .slice(0, most - 1)
    .sort((a, b) => a - b);
}
