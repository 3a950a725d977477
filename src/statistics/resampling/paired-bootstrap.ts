// The paired bootstrap: both models are judged on the same resample, so that what is easy for both does not blur their
// difference.
import type { WeightedMetric } from '../metrics/weighted-metric';
import { Random } from '../random';

/** One metric of both models. */
export interface MetricPair {
  baseline: WeightedMetric;
  candidate: WeightedMetric;
}

/** `units` are drawn with replacement, `draws` times as many as there are. */
export interface PairedBootstrap {
  units: number;
  draws: number;
  seed: number;
  /** Told now and then how many resamples are done. */
  onDraws?: ((done: number) => void) | undefined;
}

/** Resamples between two words on how far it is. */
const tellEvery = 20;

/** One metric on all rows, and its difference (candidate less baseline) in each resample and without each group of units (none of very many). */
export interface PairedResult {
  baseline: number;
  candidate: number;
  effect: number;
  replicates: Float64Array;
  jackknife: Float64Array;
}

/** Beyond so many units they are left out in groups: that shows the same skewness. */
const mostGroups = 200;
/** Beyond so many the acceleration, which shrinks with the root of their number, is nothing. */
const mostJackknifed = 50_000;

/** Resamples all `pairs` at once, in their order. */
export function pairedBootstrap(
  pairs: readonly MetricPair[],
  { units, draws, seed, onDraws }: PairedBootstrap,
): PairedResult[] {
  const random = new Random(seed);
  const weights = new Int32Array(units);
  const difference = ({ baseline, candidate }: MetricPair): number =>
    candidate.value(weights) - baseline.value(weights);
  weights.fill(1);
  const results = pairs.map((pair) => ({
    baseline: pair.baseline.value(weights),
    candidate: pair.candidate.value(weights),
    effect: difference(pair),
    replicates: new Float64Array(draws),
    jackknife: new Float64Array(groupsOf(units)),
  }));
  for (let draw = 0; draw < draws; draw += 1) {
    if (draw % tellEvery === 0) onDraws?.(draw);
    weights.fill(0);
    for (let drawn = 0; drawn < units; drawn += 1) {
      const unit = random.below(units);
      weights[unit] = (weights[unit] ?? 0) + 1;
    }
    for (const [index, pair] of pairs.entries()) {
      const into = results[index]?.replicates;
      if (into !== undefined) into[draw] = difference(pair);
    }
  }
  leaveOut(pairs, results, weights);
  return results;
}

function groupsOf(units: number): number {
  return units > mostJackknifed ? 0 : Math.min(units, mostGroups);
}

/** Every group in turn: unit n belongs to group n modulo the number of groups. */
function leaveOut(pairs: readonly MetricPair[], results: readonly PairedResult[], weights: Int32Array): void {
  const groups = groupsOf(weights.length);
  for (let group = 0; group < groups; group += 1) {
    weights.fill(1);
    for (let unit = group; unit < weights.length; unit += groups) weights[unit] = 0;
    for (const [index, pair] of pairs.entries()) {
      const into = results[index]?.jackknife;
      if (into !== undefined) into[group] = pair.candidate.value(weights) - pair.baseline.value(weights);
    }
  }
}
