// How far two samples of these sizes lie apart by chance: their rows dealt out anew, without a look at whose they were.
import { randomHypergeometric } from '../distributions/hypergeometric';
import { Random } from '../random';
import { quantileOfSorted } from '../sample/quantile';
import type { CountPair } from '../tests/contingency';

/** How far two samples lie apart, of their rows in each bin. */
export type CountScore = (reference: Float64Array, current: Float64Array) => number;

/** The score of each of `draws` deals, ascending. The same `seed` deals the same. */
export function permutedScores(
  { reference, current }: CountPair,
  score: CountScore,
  { draws, seed }: { draws: number; seed: number },
): Float64Array {
  const random = new Random(seed);
  const pooled = reference.map((count, bin) => count + (current[bin] ?? 0));
  const all = pooled.reduce((sum, count) => sum + count, 0);
  const size = current.reduce((sum, count) => sum + count, 0);
  // The largest bins first: what is left is dealt out soon.
  const order = Array.from(pooled.keys()).sort((a, b) => (pooled[b] ?? 0) - (pooled[a] ?? 0));
  const [left, right] = [new Float64Array(pooled.length), new Float64Array(pooled.length)];
  const scores = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    let [rest, toDraw] = [all, size];
    for (const bin of order) {
      const rows = pooled[bin] ?? 0;
      const drawn = randomHypergeometric({ all: rest, marked: rows, drawn: toDraw }, random);
      right[bin] = drawn;
      left[bin] = rows - drawn;
      rest -= rows;
      toDraw -= drawn;
    }
    scores[draw] = score(left, right);
  }
  return scores.sort();
}

/** The score that samples without drift exceed with chance `alpha`, of scores that ascend. */
export function noiseOf(scores: Float64Array, alpha: number): number {
  return quantileOfSorted(scores, 1 - alpha);
}

/** The p of a score among those of deals: the share that is at least as large, itself counted. */
export function shareAtLeast(scores: Float64Array, score: number): number {
  // Equal scores differ in their last digits, by the order in which they were added.
  const limit = score - 1e-12 * Math.abs(score);
  let atLeast = 0;
  for (const each of scores) if (each >= limit) atLeast += 1;
  return (atLeast + 1) / (scores.length + 1);
}

/** The p of a score of two rows of counts, by 999 deals with a fixed seed. */
export function permutedShare(counts: CountPair, score: CountScore): number {
  return shareAtLeast(permutedScores(counts, score, { draws: 999, seed: 1 }), score(counts.reference, counts.current));
}
