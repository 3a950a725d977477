// How far two distributions over the same bins lie apart. Shares sum to 1, bin by bin in the same order.
import { total } from '../sample/moments';

/** Below so small a share a bin weighs no less in PSI and KL, which are infinite where one side has nothing. */
const leastShare = 1e-4;

/** Σ (P − Q) ln (P / Q): the population stability index. Both must be above 0 in every bin. */
export function psi(reference: Float64Array, current: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const [p, q] = [reference[bin] ?? 0, current[bin] ?? 0];
    sum += (p - q) * Math.log(p / q);
  }
  return sum;
}

/** Σ P ln (P / Q) of both made to sum to 1: Kullback and Leibler's divergence of `current` from `reference`, in nats. */
export function kullbackLeibler(reference: Float64Array, current: Float64Array): number {
  const [n, m] = [total(reference), total(current)];
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const [p, q] = [(reference[bin] ?? 0) / n, (current[bin] ?? 0) / m];
    if (p > 0) sum += q > 0 ? p * Math.log(p / q) : Number.POSITIVE_INFINITY;
  }
  return sum;
}

/** √(½ KL(P‖M) + ½ KL(Q‖M)), M = (P + Q) / 2, natural logarithm: from 0 to √ln 2 = 0.8326, as scipy's. */
export function jensenShannon(reference: Float64Array, current: Float64Array): number {
  const [n, m] = [total(reference), total(current)];
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const [p, q] = [(reference[bin] ?? 0) / n, (current[bin] ?? 0) / m];
    const middle = (p + q) / 2;
    if (p > 0) sum += p * Math.log(p / middle);
    if (q > 0) sum += q * Math.log(q / middle);
  }
  return Math.sqrt(Math.max(0, sum / 2));
}

/** √(1 − Σ √(P Q)): Hellinger's distance, from 0 to 1. */
export function hellinger(reference: Float64Array, current: Float64Array): number {
  let overlap = 0;
  for (let bin = 0; bin < reference.length; bin += 1) overlap += Math.sqrt((reference[bin] ?? 0) * (current[bin] ?? 0));
  return Math.sqrt(1 - Math.min(1, overlap));
}

/**
 * Hellinger's distance of densities over bins of one width, as Evidently computes it: what the edges lost by rounding,
 * far from zero, is in the number.
 */
export function densityHellinger(reference: Float64Array, current: Float64Array, edges: Float64Array): number {
  const bins = reference.length;
  const width = ((edges[bins] ?? 0) - (edges[0] ?? 0)) / bins;
  let overlap = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const own = (edges[bin + 1] ?? 0) - (edges[bin] ?? 0);
    overlap += Math.sqrt(((reference[bin] ?? 0) / own) * ((current[bin] ?? 0) / own)) * width;
  }
  return Math.sqrt(1 - Math.min(1, overlap));
}

/** ½ Σ |P − Q|: the share of rows that would have to move, from 0 to 1. */
export function totalVariation(reference: Float64Array, current: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin += 1) sum += Math.abs((reference[bin] ?? 0) - (current[bin] ?? 0));
  return sum / 2;
}

/** Counts as shares of their sum. */
export function sharesOf(counts: Float64Array): Float64Array {
  const sum = total(counts);
  return counts.map((count) => count / sum);
}

/** Shares of their sum, none below `leastShare`: what is rarer on both sides says nothing. */
export function flooredShares(counts: Float64Array): Float64Array {
  const sum = total(counts);
  // Thousands of deals are scored by it: `map` of a typed array takes several times as long.
  const shares = new Float64Array(counts.length);
  for (let bin = 0; bin < counts.length; bin += 1) shares[bin] = Math.max(leastShare, (counts[bin] ?? 0) / sum);
  return shares;
}

/** Shares as Evidently fills their zeros: by 1e-4, or by a millionth of the least share where that is at most 1e-4. */
export function filledShares(counts: Float64Array): Float64Array {
  const shares = sharesOf(counts);
  let least = Number.POSITIVE_INFINITY;
  for (const share of shares) if (share > 0 && share < least) least = share;
  const fill = least <= leastShare ? least / 1e6 : leastShare;
  return shares.map((share) => (share === 0 ? fill : share));
}
