// How far apart groups are in the mean of a number.
import { Random } from '../random';
import { mean, sampleVariance } from '../sample/moments';
import type { RateDraws } from './rate-gaps';
import { type WidestGap, widestGap } from './widest-gap';

/** From so many rows of a group on its mean is drawn from the normal, which it then follows. */
const manyRows = 2000;

/** The largest difference of two means; rows are drawn anew within each group, of which there are two or more. */
export function meanGap(groups: readonly Float64Array[], { draws, seed }: RateDraws): WidestGap {
  const random = new Random(seed);
  const values = Float64Array.from(groups, mean);
  // One row alone tells nothing of its spread.
  const errors = Float64Array.from(groups, (rows) => Math.sqrt((sampleVariance(rows) || 0) / rows.length));
  const deviation = (rows: Float64Array, group: number): number =>
    rows.length < manyRows
      ? drawnMean(rows, random) - (values[group] as number)
      : random.normal() * (errors[group] as number);
  const deviations = Array.from({ length: draws }, () => Float64Array.from(groups, deviation));
  return widestGap([{ values, errors, deviations }]);
}

function drawnMean(rows: Float64Array, random: Random): number {
  let sum = 0;
  for (let drawn = 0; drawn < rows.length; drawn += 1) sum += rows[random.below(rows.length)] as number;
  return sum / rows.length;
}
