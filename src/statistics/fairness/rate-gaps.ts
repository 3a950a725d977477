// How far apart groups are in a rate, as a difference and as a ratio (Agarwal et al. 2018; fairlearn's between_groups).
import { Random } from '../random';
import { binomialDraw } from './binomial-draws';
import { type GapFamily, type WidestGap, widestGap } from './widest-gap';

/** `hits` of `rows` in one group. */
export interface GroupRate {
  hits: number;
  rows: number;
}

/** How often each rate is drawn anew, and from where. */
export interface RateDraws {
  draws: number;
  seed: number;
}

/**
 * The largest difference between two groups in any of some rates: of one, demographic parity; of the true and the false
 * positive rate, equalised odds (the worse of both). Each rate is of two groups or more, with a row or more each.
 */
export function rateDifference(rates: readonly (readonly GroupRate[])[], options: RateDraws): WidestGap {
  return gapOf(rates, options, {
    value: ({ hits, rows }) => hits / rows,
    drawn: (hits, rows) => hits / rows,
    centre: (share) => share,
    error: (share, rows) => Math.sqrt((share * (1 - share)) / rows),
  });
}

/**
 * The smallest ratio of the rates of two groups, at most 1, its interval resampled as logarithms. `value` is NaN where all
 * groups of a rate are at 0, and such a rate does not count beside another.
 */
export function rateRatio(rates: readonly (readonly GroupRate[])[], options: RateDraws): WidestGap {
  const told = rates.filter((groups) => groups.some(({ hits }) => hits > 0));
  const some = told.length > 0 ? told : rates;
  const gap = gapOf(some, options, {
    value: ({ hits, rows }) => Math.log(smoothed(hits, rows)),
    drawn: (hits, rows) => Math.log(smoothed(hits, rows)),
    centre: Math.log,
    error: (share, rows) => Math.sqrt((1 - share) / (rows * share)),
  });
  const exact = smallestRatio(some);
  const [least, most] = [Math.exp(-gap.interval[1]), Math.exp(-gap.interval[0])];
  const interval: [number, number] = [Math.min(least, exact.value), Math.max(most, exact.value)];
  return { ...exact, family: rates.indexOf(some[exact.family] ?? []), interval };
}

function smallestRatio(rates: readonly (readonly GroupRate[])[]): Omit<WidestGap, 'interval'> {
  const found = rates.map((groups, family) => {
    const shares = groups.map(({ hits, rows }) => hits / rows);
    const [least, most] = [Math.min(...shares), Math.max(...shares)];
    return { value: least / most, family, lowest: shares.indexOf(least), highest: shares.indexOf(most) };
  });
  return found.reduce((least, each) => (each.value < least.value ? each : least));
}

interface Scale {
  value(rate: GroupRate): number;
  drawn(hits: number, rows: number): number;
  centre(share: number): number;
  error(share: number, rows: number): number;
}

function gapOf(rates: readonly (readonly GroupRate[])[], { draws, seed }: RateDraws, scale: Scale): WidestGap {
  const random = new Random(seed);
  const families = rates.map((groups): GapFamily => {
    const shares = groups.map(({ hits, rows }) => smoothed(hits, rows));
    const deviation = ({ rows }: GroupRate, group: number): number => {
      const share = shares[group] ?? 0;
      return scale.drawn(binomialDraw(rows, share, random), rows) - scale.centre(share);
    };
    return {
      values: Float64Array.from(groups, scale.value),
      errors: Float64Array.from(groups, ({ rows }, group) => scale.error(shares[group] ?? 0, rows)),
      deviations: Array.from({ length: draws }, () => Float64Array.from(groups, deviation)),
    };
  });
  return widestGap(families);
}

/** Half a hit and half a miss more, so that a group that was never hit, or always, is not taken for certain. */
function smoothed(hits: number, rows: number): number {
  return (hits + 0.5) / (rows + 1);
}
