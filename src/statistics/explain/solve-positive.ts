// Linear equations with a positive definite matrix.

/** The solutions x of `matrix` x = right for each right side, by Cholesky's decomposition; `matrix` is row-major and symmetric. */
export function solvePositive(matrix: Float64Array, rights: readonly Float64Array[]): Float64Array[] {
  const size = Math.sqrt(matrix.length);
  const lower = decomposed(matrix, size);
  return rights.map((right) => {
    const found = Float64Array.from(right);
    for (let row = 0; row < size; row += 1) {
      let value = found[row] as number;
      for (let at = 0; at < row; at += 1) value -= (lower[row * size + at] as number) * (found[at] as number);
      found[row] = value / (lower[row * size + row] as number);
    }
    for (let row = size - 1; row >= 0; row -= 1) {
      let value = found[row] as number;
      for (let at = row + 1; at < size; at += 1) value -= (lower[at * size + row] as number) * (found[at] as number);
      found[row] = value / (lower[row * size + row] as number);
    }
    return found;
  });
}

function decomposed(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(matrix.length);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let value = matrix[row * size + column] as number;
      for (let at = 0; at < column; at += 1) {
        value -= (lower[row * size + at] as number) * (lower[column * size + at] as number);
      }
      lower[row * size + column] =
        row === column ? Math.sqrt(value) : value / (lower[column * size + column] as number);
    }
  }
  return lower;
}
