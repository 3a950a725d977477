// How sure a quantile is, without a word on how the values are spread.
import { binomialCdf } from '../distributions/binomial';

/**
 * Of `size` sorted values the ones between which the quantile `share` lies with at least `confidence`, counted from 1; 0 and
 * `size + 1` where none of them is low or high enough. By the order statistics: how many values lie below a quantile is binomial
 * (Conover, Practical Nonparametric Statistics, 3rd edition, 3.2). As scipy's `quantile_test`.
 */
export function quantileRanks(size: number, share: number, confidence: number): [number, number] {
  const tail = (1 - confidence) / 2;
  const first = (isReached: (chance: number) => boolean): number => {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isReached(binomialCdf(middle, size, share))) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [first((chance) => chance >= tail), first((chance) => chance >= 1 - tail) + 1];
}

/** How many values there have to be for both of the ranks to be among them. */
export function fewestForQuantile(share: number, confidence: number): number {
  return Math.ceil(Math.log((1 - confidence) / 2) / Math.log(Math.max(share, 1 - share)));
}
