// Distances over bins, and how large they become without drift.
import type { DriftMethod } from '../../../protocol/datasets/drift';
import { chiSquareCritical } from '../../../statistics/distributions/chi-square';
import {
  flooredShares,
  hellinger,
  jensenShannon,
  kullbackLeibler,
  psi,
  sharesOf,
} from '../../../statistics/drift/divergence';
import { noiseOf, permutedScores } from '../../../statistics/drift/permuted-counts';
import { total } from '../../../statistics/sample/moments';
import { leastExpected, rarestExpected } from '../../../statistics/tests/contingency';
import type { Sides } from './column-sample';

/** The methods that are distances over bins. */
export const binMethods = ['psi', 'jensenshannon', 'kl_div', 'hellinger'] as const satisfies readonly DriftMethod[];
export type BinMethod = (typeof binMethods)[number];

/** Rows of the smaller side per bin from which on the closed form holds. */
const manyRows = 25;

/** The distance of two rows of counts. PSI and KL take no share for less than 1e-4. */
export function binScore(method: BinMethod, { reference, current }: Sides<Float64Array>): number {
  if (method === 'psi') return psi(flooredShares(reference), flooredShares(current));
  if (method === 'kl_div') return kullbackLeibler(flooredShares(reference), flooredShares(current));
  const score = method === 'hellinger' ? hellinger : jensenShannon;
  return score(sharesOf(reference), sharesOf(current));
}

/**
 * The distance that equal samples of these sizes exceed with chance `alpha`. With h = n m / (n + m) and no drift, h PSI,
 * 8 h JS², 2 h KL and 8 h H² are χ² with k − 1 degrees of freedom, by the second-order expansion of each; where rows are
 * few for that, the rows are dealt out anew, `draws` times.
 */
export function binNoise(
  method: BinMethod,
  counts: Sides<Float64Array>,
  { alpha, draws, seed }: { alpha: number; draws: number; seed: number },
): number {
  const [n, m, k] = [total(counts.reference), total(counts.current), counts.reference.length];
  const isLarge = Math.min(n, m) / k >= manyRows && rarestExpected(counts) >= leastExpected;
  if (!isLarge) {
    const score = (reference: Float64Array, current: Float64Array): number => binScore(method, { reference, current });
    return noiseOf(permutedScores(counts, score, { draws, seed }), alpha);
  }
  const spread = chiSquareCritical(alpha, k - 1) / ((n * m) / (n + m));
  if (method === 'psi') return spread;
  return method === 'kl_div' ? spread / 2 : Math.sqrt(spread / 8);
}
