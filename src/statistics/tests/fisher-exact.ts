// Whether a thing happens equally often in two small samples: Fisher's exact test.
import { logHypergeometric } from '../distributions/hypergeometric';
import type { Proportion } from './two-proportions';

/** Chances that differ by rounding alone are taken for equal. */
const rounding = 1e-7;

/** The two-sided p: the chance of a table that is no likelier than the one seen, as scipy.stats.fisher_exact. */
export function fisherExactP(first: Proportion, second: Proportion): number {
  const draw = { all: first.rows + second.rows, marked: first.hits + second.hits, drawn: first.rows };
  const seen = logHypergeometric(first.hits, draw);
  let sum = 0;
  for (
    let hits = Math.max(0, draw.drawn + draw.marked - draw.all);
    hits <= Math.min(draw.marked, draw.drawn);
    hits += 1
  ) {
    const chance = logHypergeometric(hits, draw);
    if (chance <= seen + rounding) sum += Math.exp(chance);
  }
  return Math.min(1, sum);
}
