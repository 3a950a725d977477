// How far the two groups that lie farthest apart are from each other, and how well that is known.
import { quantileOfSorted } from '../sample/quantile';

/**
 * One number of each of two groups or more. `errors`: its standard error by group. `deviations`: in each resample, how far
 * the number of each group lies from the one it was drawn around.
 */
export interface GapFamily {
  values: Float64Array;
  errors: Float64Array;
  deviations: readonly Float64Array[];
}

/** `value` is the largest less the smallest, of the family where that is most; `lowest` and `highest` are groups of it. */
export interface WidestGap {
  value: number;
  interval: [number, number];
  family: number;
  lowest: number;
  highest: number;
}

/**
 * The interval holds for all pairs of groups at once, so that it does not matter which pair turned out to be the widest: it
 * reaches c standard errors of a pair's difference, c the quantile, over resamples, of the largest of |deviation| / error
 * (Tukey's idea of studentized ranges, resampled: Davison and Hinkley 1997, 5.2). A gap cannot be below 0, where it ends.
 * All families have the same number of resamples.
 */
export function widestGap(families: readonly GapFamily[], confidence = 0.95): WidestGap {
  const reach = sharedReach(families, confidence);
  const found: WidestGap = { value: Number.NEGATIVE_INFINITY, interval: [0, 0], family: 0, lowest: 0, highest: 0 };
  for (const [family, { values, errors }] of families.entries()) {
    for (let high = 0; high < values.length; high += 1) {
      for (let low = 0; low < values.length; low += 1) {
        if (low === high) continue;
        const gap = at(values, high) - at(values, low);
        const room = reach * Math.hypot(at(errors, high), at(errors, low));
        found.interval = [Math.max(found.interval[0], gap - room), Math.max(found.interval[1], gap + room)];
        if (gap > found.value) Object.assign(found, { value: gap, family, lowest: low, highest: high });
      }
    }
  }
  return found;
}

/** How many standard errors all differences keep to in `confidence` of the resamples. */
function sharedReach(families: readonly GapFamily[], confidence: number): number {
  const draws = families[0]?.deviations.length ?? 0;
  const largest = new Float64Array(draws);
  for (const { errors, deviations } of families) {
    for (let high = 1; high < errors.length; high += 1) {
      for (let low = 0; low < high; low += 1) {
        const error = Math.hypot(at(errors, high), at(errors, low));
        if (!(error > 0)) continue;
        for (let draw = 0; draw < draws; draw += 1) {
          const drawn = deviations[draw] as Float64Array;
          const size = Math.abs(at(drawn, high) - at(drawn, low)) / error;
          if (size > (largest[draw] as number)) largest[draw] = size;
        }
      }
    }
  }
  return quantileOfSorted(largest.sort(), confidence);
}

function at(values: Float64Array, place: number): number {
  return values[place] as number;
}
