// The distribution of Kolmogorov's D of one sample, by the formulas that Simard and L'Ecuyer (2011) chose between.
import { smirnovUpper } from './smirnov';

/** P(D ≥ d) of `n` ≥ 1 numbers, two-sided: as scipy.stats.kstwo.sf. */
export function kolmogorovUpper(d: number, n: number): number {
  const t = n * d;
  if (d >= 1) return 0;
  if (t <= 0.5) return 1;
  if (t <= 1) return 1 - rubenGambino(t, n);
  if (t >= n - 1) return Math.min(1, 2 * (1 - d) ** n);
  const square = t * d;
  if (d >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) return square >= 370 ? 0 : Math.min(1, 2 * smirnovUpper(d, n));
  const isExact = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4);
  return Math.min(1, Math.max(0, 1 - (isExact ? durbin(d, n) : pelzGood(d, n))));
}

/** n! ((2 t − 1) / n)ⁿ, for ½ ≤ t ≤ 1. */
function rubenGambino(t: number, n: number): number {
  let product = 1;
  for (let each = 1; each <= n; each += 1) product *= (each / n) * (2 * t - 1);
  return product;
}

/** P(D < d), exactly: a power of Durbin's matrix, scaled as Marsaglia, Tsang and Wang (2003) do. */
function durbin(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  let [power, exponent, factor] = [durbinMatrix(k - n * d, size), 0, n];
  let [result, resultExponent] = [identity(size), 0];
  while (factor > 0) {
    if (factor % 2 === 1) [result, resultExponent] = scaled(product(result, power, size), resultExponent + exponent);
    [power, exponent] = scaled(product(power, power, size), 2 * exponent);
    factor = Math.floor(factor / 2);
  }
  let probability = result[(k - 1) * size + k - 1] ?? 0;
  for (let each = 1; each <= n; each += 1) {
    probability *= each / n;
    if (probability < 1e-140) [probability, resultExponent] = [probability * 1e140, resultExponent - 140];
  }
  return probability * 10 ** resultExponent;
}

function durbinMatrix(h: number, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  const edge = (power: number): number => 1 - h ** power;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) matrix[row * size + column] = row - column + 1 >= 0 ? 1 : 0;
  for (let at = 0; at < size; at += 1) {
    matrix[at * size] = edge(at + 1);
    matrix[(size - 1) * size + at] = edge(size - at);
  }
  matrix[(size - 1) * size] = 1 - 2 * h ** size + (2 * h > 1 ? (2 * h - 1) ** size : 0);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      for (let each = 2; each <= row - column + 1; each += 1)
        matrix[row * size + column] = (matrix[row * size + column] ?? 0) / each;
    }
  }
  return matrix;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let at = 0; at < size; at += 1) matrix[at * size + at] = 1;
  return matrix;
}

function product(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const factor = left[row * size + inner] ?? 0;
      if (factor === 0) continue;
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column;
        result[at] = (result[at] ?? 0) + factor * (right[inner * size + column] ?? 0);
      }
    }
  }
  return result;
}

function scaled(matrix: Float64Array, exponent: number): [Float64Array, number] {
  const size = Math.sqrt(matrix.length);
  const middle = matrix[((size - 1) / 2) * size + (size - 1) / 2] ?? 0;
  return middle > 1e140 ? [matrix.map((value) => value * 1e-140), exponent + 140] : [matrix, exponent];
}

/** P(D < d) of a large sample: Pelz and Good (1976), four terms in 1/√n. */
function pelzGood(d: number, n: number): number {
  const z = Math.sqrt(n) * d;
  const [z2, z4, z6, pi2] = [z ** 2, z ** 4, z ** 6, Math.PI ** 2];
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const terms = Math.ceil((16 * z) / Math.PI);
  for (let k = terms; k >= 1; k -= 1) {
    const half = (2 * k - 1) ** 2 / 4;
    const weight = Math.exp((-pi2 * half) / (2 * z2));
    const p = pi2 * half;
    first += weight;
    second += weight * (p - z2);
    third += weight * (6 * z6 + 2 * z4 + p * (2 * z4 - 5 * z2) + p * p * (1 - 2 * z2));
    fourth +=
      weight *
      (p ** 3 * (5 - 30 * z2) + p * p * (-60 * z2 + 212 * z4) + p * (135 * z4 - 96 * z6) - 30 * z6 - 90 * z ** 8);
    const whole = pi2 * k * k;
    const tail = Math.exp(-whole / (2 * z2));
    third -= 2 * z4 * whole * tail;
    fourth += 30 * z4 * (3 * z2 - whole) * whole * tail;
  }
  const root = Math.sqrt(2 * Math.PI);
  return (
    root *
    (first / z + second / (6 * z4) / Math.sqrt(n) + third / (72 * z ** 7) / n + fourth / (6480 * z ** 10) / n ** 1.5)
  );
}
