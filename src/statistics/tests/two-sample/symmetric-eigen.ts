// Eigenvalues of small symmetric matrices.

/** `vectors` holds them as columns, row by row. */
export interface Eigen {
  values: number[];
  vectors: number[];
}

/** By Jacobi's rotations, for a matrix of `size` rows, row by row. */
export function symmetricEigen(matrix: readonly number[], size: number): Eigen {
  const a = [...matrix];
  const v = a.map((_, at) => (at % (size + 1) === 0 ? 1 : 0));
  const get = (from: number[], row: number, column: number): number => from[row * size + column] ?? 0;
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let off = 0;
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1) {
        const value = get(a, p, q);
        off += value * value;
        if (value === 0) continue;
        const theta = (get(a, q, q) - get(a, p, p)) / (2 * value);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cos = 1 / Math.hypot(t, 1);
        rotate(a, v, { p, q, cos, sin: t * cos, size });
      }
    if (off < 1e-300) break;
  }
  return { values: Array.from({ length: size }, (_, at) => get(a, at, at)), vectors: v };
}

function rotate(
  a: number[],
  v: number[],
  { p, q, cos, sin, size }: { p: number; q: number; cos: number; sin: number; size: number },
): void {
  const turn = (of: number[], first: number, second: number): void => {
    const [x, y] = [of[first] ?? 0, of[second] ?? 0];
    of[first] = cos * x - sin * y;
    of[second] = sin * x + cos * y;
  };
  for (let at = 0; at < size; at += 1) turn(a, at * size + p, at * size + q);
  for (let at = 0; at < size; at += 1) turn(a, p * size + at, q * size + at);
  for (let at = 0; at < size; at += 1) turn(v, at * size + p, at * size + q);
}
