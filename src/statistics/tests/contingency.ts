// Whether two samples fall into the same bins equally often.
import { chiSquareUpper } from '../distributions/chi-square';
import { total } from '../sample/moments';

/** `degrees` is 0 and `p` 1 where only one bin is left. */
export interface BinTest {
  statistic: number;
  degrees: number;
  p: number;
}

/** Rows per bin of both samples, bin by bin in the same order. */
export interface CountPair {
  reference: Float64Array;
  current: Float64Array;
}

/** Below so many expected rows a bin is too rare for χ² (Cochran 1954). */
export const leastExpected = 5;

/** Pearson's contingency test of two samples, Σ (O − E)² / E with k − 1 degrees, as scipy's chi2_contingency uncorrected. */
export function contingencyTest(counts: CountPair): BinTest {
  return expectedSum(counts, (observed, expected) => (observed - expected) ** 2 / expected);
}

/** The likelihood-ratio test of two samples, 2 Σ O ln (O / E), as scipy's chi2_contingency with lambda_ = "log-likelihood". */
export function likelihoodRatioTest(counts: CountPair): BinTest {
  return expectedSum(counts, (observed, expected) => (observed > 0 ? 2 * observed * Math.log(observed / expected) : 0));
}

/**
 * Evidently's `chisquare`: the reference, scaled to the size of the current sample, taken for exact expectations. It
 * forgets that the reference is a sample too, and so finds drift too often; a value that is new has p = 0, and of a single
 * value p is NaN.
 */
export function expectationTest({ reference, current }: CountPair, scale: number): BinTest {
  let statistic = 0;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const [observed, expected] = [current[bin] ?? 0, (reference[bin] ?? 0) * scale];
    if (observed !== expected) statistic += (observed - expected) ** 2 / expected;
  }
  const degrees = reference.length - 1;
  return { statistic, degrees, p: chiSquareUpper(statistic, degrees) };
}

/** Evidently's `g_test`, Σ 2 O ln (O / E) with the reference as exact expectations. Both samples must be of one size; NaN of one value. */
export function expectationRatioTest({ reference, current }: CountPair): BinTest {
  let statistic = 0;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const [observed, expected] = [current[bin] ?? 0, reference[bin] ?? 0];
    if (observed > 0) statistic += 2 * observed * Math.log(observed / expected);
  }
  const degrees = reference.length - 1;
  return { statistic, degrees, p: chiSquareUpper(statistic, degrees) };
}

/** The same counts with the rarest bins as one, so that each expects at least `leastExpected` rows on both sides. */
export function pooledRareBins({ reference, current }: CountPair): CountPair {
  const smaller = smallerShare({ reference, current });
  const order = Array.from(reference, (count, bin) => ({ bin, rows: count + (current[bin] ?? 0) }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => a.rows - b.rows);
  const isEnough = (rows: number): boolean => rows * smaller >= leastExpected;
  let [at, pooled] = [0, 0];
  while (at < order.length && (!isEnough(order[at]?.rows ?? 0) || (at > 0 && !isEnough(pooled)))) {
    pooled += order[at]?.rows ?? 0;
    at += 1;
  }
  const rare = order.slice(0, at).map(({ bin }) => bin);
  const common = order.slice(at).map(({ bin }) => bin);
  const gathered = (counts: Float64Array): Float64Array => {
    const kept = common.map((bin) => counts[bin] ?? 0);
    return Float64Array.from(
      rare.length > 0 ? [...kept, rare.reduce((sum, bin) => sum + (counts[bin] ?? 0), 0)] : kept,
    );
  };
  return { reference: gathered(reference), current: gathered(current) };
}

/** The rows that the rarest bin expects on the smaller side; empty bins are none. */
export function rarestExpected(counts: CountPair): number {
  const smaller = smallerShare(counts);
  let rarest = Number.POSITIVE_INFINITY;
  for (let bin = 0; bin < counts.reference.length; bin += 1) {
    const rows = (counts.reference[bin] ?? 0) + (counts.current[bin] ?? 0);
    if (rows > 0) rarest = Math.min(rarest, rows * smaller);
  }
  return rarest;
}

function smallerShare({ reference, current }: CountPair): number {
  const [n, m] = [total(reference), total(current)];
  return Math.min(n, m) / (n + m);
}

function expectedSum(counts: CountPair, term: (observed: number, expected: number) => number): BinTest {
  const [n, m] = [total(counts.reference), total(counts.current)];
  let [statistic, bins] = [0, 0];
  for (let bin = 0; bin < counts.reference.length; bin += 1) {
    const [a, b] = [counts.reference[bin] ?? 0, counts.current[bin] ?? 0];
    if (a + b === 0) continue;
    bins += 1;
    statistic += term(a, ((a + b) * n) / (n + m)) + term(b, ((a + b) * m) / (n + m));
  }
  const degrees = Math.max(0, bins - 1);
  return { statistic, degrees, p: degrees > 0 ? chiSquareUpper(statistic, degrees) : 1 };
}
