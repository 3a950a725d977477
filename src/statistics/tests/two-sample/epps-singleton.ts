// Whether two samples are of one distribution, by their characteristic functions: Epps and Singleton's test.
import { chiSquareUpper } from '../../distributions/chi-square';
import { quantileOfSorted } from '../../sample/quantile';
import { symmetricEigen } from './symmetric-eigen';

/** Where the characteristic functions are compared, in half interquartile ranges (Epps and Singleton 1986). */
const points = [0.4, 0.8];
const parts = 2 * points.length;
/** Eigenvalues so far below the largest are made by rounding: samples of few values have fewer than four. */
const rounding = 1e-13;

/** The p of two samples of five rows or more, as scipy.stats.epps_singleton_2samp; NaN of fewer, and where the middle half is one number. */
export function eppsSingletonP(first: Float64Array, second: Float64Array): number {
  const [n, m] = [first.length, second.length];
  const pooled = new Float64Array(n + m);
  pooled.set(first);
  pooled.set(second, n);
  pooled.sort();
  const half = (quantileOfSorted(pooled, 0.75) - quantileOfSorted(pooled, 0.25)) / 2;
  if (n < 5 || m < 5 || !(half > 0)) return Number.NaN;
  const [left, right] = [momentsOf(first, half), momentsOf(second, half)];
  const all = n + m;
  const spread = left.spread.map((value, at) => (all / n) * value + (all / m) * (right.spread[at] ?? 0));
  const difference = left.means.map((value, at) => value - (right.means[at] ?? 0));
  const { statistic, rank } = inverseForm(spread, difference);
  const isSmall = Math.max(n, m) < 25;
  const correction = isSmall ? 1 / (1 + all ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7)) : 1;
  return chiSquareUpper(all * statistic * correction, rank);
}

/** Means of the cosines and sines, and their covariances with n in the denominator, row by row. */
function momentsOf(values: Float64Array, half: number): { means: number[]; spread: number[] } {
  const means = new Array<number>(parts).fill(0);
  const spread = new Array<number>(parts * parts).fill(0);
  const waves = new Array<number>(parts).fill(0);
  const eachWave = (take: () => void): void => {
    for (const value of values) {
      for (const [at, point] of points.entries()) {
        waves[at] = Math.cos((point / half) * value);
        waves[at + points.length] = Math.sin((point / half) * value);
      }
      take();
    }
  };
  eachWave(() => {
    for (let at = 0; at < parts; at += 1) means[at] = (means[at] ?? 0) + (waves[at] ?? 0) / values.length;
  });
  eachWave(() => {
    for (let a = 0; a < parts; a += 1)
      for (let b = 0; b < parts; b += 1) {
        const product = ((waves[a] ?? 0) - (means[a] ?? 0)) * ((waves[b] ?? 0) - (means[b] ?? 0));
        spread[a * parts + b] = (spread[a * parts + b] ?? 0) + product / values.length;
      }
  });
  return { means, spread };
}

/** d' S⁺ d and the rank of S⁺, its pseudo-inverse. */
function inverseForm(spread: readonly number[], difference: readonly number[]): { statistic: number; rank: number } {
  const { values, vectors } = symmetricEigen(spread, parts);
  const most = Math.max(...values.map(Math.abs));
  let [statistic, rank] = [0, 0];
  for (const [at, value] of values.entries()) {
    if (Math.abs(value) <= rounding * most) continue;
    rank += 1;
    const along = difference.reduce((sum, each, row) => sum + each * (vectors[row * parts + at] ?? 0), 0);
    statistic += along ** 2 / value;
  }
  return { statistic, rank };
}
