// How far two samples of these sizes lie apart by chance: their rows dealt out anew, without a look at whose they were.
import { randomHypergeometric } from '../distributions/hypergeometric';
import { Random } from '../random';
import { total } from '../sample/moments';
import { quantileOfSorted } from '../sample/quantile';
import type { CountPair } from '../tests/contingency';

/** Drawing a row takes a hundredth of the time that drawing a bin's share takes. */
const rowsPerBin = 100;
/** Beyond so many rows their shuffle would not fit the processor's cache. */
const mostShuffled = 1_000_000;

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
  const size = total(current);
  const all = total(pooled);
  // A draw of few rows costs less row by row, one of many rows bin by bin.
  const isFew = Math.min(size, all - size) < rowsPerBin * pooled.length && all <= mostShuffled;
  const deal = isFew ? rowDeal(pooled, size, random) : binDeal(pooled, size, random);
  const right = new Float64Array(pooled.length);
  const left = new Float64Array(pooled.length);
  const scores = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw += 1) {
    deal(right);
    for (let bin = 0; bin < pooled.length; bin += 1) left[bin] = (pooled[bin] ?? 0) - (right[bin] ?? 0);
    scores[draw] = score(left, right);
  }
  return scores.sort();
}

/** Fills in how many rows of each bin fall to the current side. */
type Deal = (into: Float64Array) => void;

/** Row by row: the first of a shuffle, of the smaller side. */
function rowDeal(pooled: Float64Array, size: number, random: Random): Deal {
  const all = total(pooled);
  const bins = new Uint32Array(all);
  let at = 0;
  for (const [bin, count] of pooled.entries()) {
    bins.fill(bin, at, at + count);
    at += count;
  }
  const drawn = Math.min(size, all - size);
  return (into) => {
    into.fill(0);
    for (let row = 0; row < drawn; row += 1) {
      const other = row + random.below(all - row);
      const bin = bins[other] as number;
      bins[other] = bins[row] as number;
      bins[row] = bin;
      into[bin] = (into[bin] as number) + 1;
    }
    if (drawn === size) return;
    for (let bin = 0; bin < pooled.length; bin += 1) into[bin] = (pooled[bin] ?? 0) - (into[bin] ?? 0);
  };
}

/** Bin by bin, the largest first: what is left is dealt out soon. */
function binDeal(pooled: Float64Array, size: number, random: Random): Deal {
  const order = Array.from(pooled.keys()).sort((a, b) => (pooled[b] ?? 0) - (pooled[a] ?? 0));
  const all = total(pooled);
  return (into) => {
    let [rest, toDraw] = [all, size];
    for (const bin of order) {
      const rows = pooled[bin] ?? 0;
      const drawn = randomHypergeometric({ all: rest, marked: rows, drawn: toDraw }, random);
      into[bin] = drawn;
      rest -= rows;
      toDraw -= drawn;
    }
  };
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
