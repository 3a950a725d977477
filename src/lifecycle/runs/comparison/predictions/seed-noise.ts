// What the choice of a seed does to one metric: how the values of repeats lie, all judged on the same rows.
import type { SeedNoise } from '../../../../protocol/comparison/comparison';
import { mean, sampleVariance } from '../../../../statistics/sample/moments';
import { beyondRounding, largest, type NoiseSource } from '../../../../statistics/tests/mean-difference';
import { signFlip } from '../../../../statistics/tests/sign-flip';

/** One metric of every run of both sides; when `isPaired` in one order. */
export interface RepeatedValues {
  baseline: readonly number[];
  candidate: readonly number[];
  isPaired: boolean;
}

/** The parts of the noise that seeds make, and what is told of it; both empty of single runs. */
export interface FoundSeedNoise {
  sources: NoiseSource[];
  told: SeedNoise | null;
}

/**
 * The standard errors of the difference of both means: of paired differences one, else one for each side of several runs.
 * A single run is taken as it is: its side has no noise of seeds, which `told` says.
 */
export function seedNoise({ baseline, candidate, isPaired }: RepeatedValues): FoundSeedNoise {
  if (baseline.length + candidate.length <= 2) return { sources: [], told: null };
  const values = { baseline: [...baseline], candidate: [...candidate] };
  const scale = Math.max(largest(baseline), largest(candidate));
  const sourceOf = (sample: readonly number[]): NoiseSource => ({
    error: beyondRounding(Math.sqrt(sampleVariance(sample) / sample.length), scale),
    degrees: sample.length - 1,
  });
  if (!isPaired) {
    const sources = [baseline, candidate].filter((sample) => sample.length > 1).map(sourceOf);
    return { sources, told: { ...values, differences: null, error: errorOf(sources), agree: null, signP: null } };
  }
  const differences = candidate.map((value, place) => value - (baseline[place] ?? Number.NaN));
  const sources = [sourceOf(differences)];
  const up = Math.sign(mean(differences));
  return {
    sources,
    told: {
      ...values,
      differences,
      error: errorOf(sources),
      agree: differences.filter((each) => Math.sign(each) === up).length,
      signP: differences.some(Number.isNaN) ? null : signFlip(differences).p,
    },
  };
}

function errorOf(sources: readonly NoiseSource[]): number | null {
  const error = Math.sqrt(sources.reduce((sum, each) => sum + each.error ** 2, 0));
  return Number.isFinite(error) ? error : null;
}
