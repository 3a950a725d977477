// Tests of a difference of means by Student's t, each with its interval.
import { studentCritical, studentTwoSided } from '../distributions/student-t';
import { mean, sampleVariance } from '../sample/moments';

/** The largest part of the size of numbers that arithmetic with them may have made. */
const rounding = 1e-12;

/**
 * `error` is the standard error of `effect`; `p` is two-sided. NaN where there is too little data, or no spread beyond
 * rounding: `error` is 0 then.
 */
export interface MeanDifference {
  effect: number;
  interval: [number, number];
  p: number;
  error: number;
  degrees: number;
}

/** Welch's test of two independent samples of unequal variance: mean of `second` less mean of `first`. */
export function welch(first: ArrayLike<number>, second: ArrayLike<number>, confidence = 0.95): MeanDifference {
  const parts = [first, second].map((sample) => sampleVariance(sample) / sample.length);
  const [a = Number.NaN, b = Number.NaN] = parts;
  const degrees = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  const error = beyondRounding(Math.sqrt(a + b), Math.max(largest(first), largest(second)));
  return byStudent({ effect: mean(second) - mean(first), error, degrees }, confidence);
}

/** Student's test that paired differences are centred on zero. `scale`: the largest of the numbers that were subtracted. */
export function pairedT(
  differences: ArrayLike<number>,
  { scale = largest(differences), confidence = 0.95 } = {},
): MeanDifference {
  const count = differences.length;
  const error = beyondRounding(Math.sqrt(sampleVariance(differences) / count), scale);
  return byStudent({ effect: mean(differences), error, degrees: count - 1 }, confidence);
}

/**
 * Nadeau and Bengio's corrected resampled t (2003), for differences over folds that share training data. `testShare` is
 * the number of test rows over that of training rows: 1 / (k − 1) for k folds. `scale` as of `pairedT`.
 */
export function correctedResampledT(
  differences: ArrayLike<number>,
  {
    testShare,
    scale = largest(differences),
    confidence = 0.95,
  }: { testShare: number; scale?: number; confidence?: number },
): MeanDifference {
  const count = differences.length;
  const error = beyondRounding(Math.sqrt((1 / count + testShare) * sampleVariance(differences)), scale);
  return byStudent({ effect: mean(differences), error, degrees: count - 1 }, confidence);
}

/** One part of the noise of a number: its standard error, and the degrees of freedom it was told with. */
export interface NoiseSource {
  error: number;
  degrees: number;
}

/** An interval with the p at which it would end at nothing. */
export interface OverSources {
  interval: [number, number];
  p: number;
}

/** No p is told below that. */
const leastP = 1e-15;

/**
 * A number whose noise has several independent sources, as the choice of seeds and that of rows: how far Student's interval
 * of each reaches, squared and added (Howe 1974; Zou and Donner 2008). With few degrees of freedom it errs on the wide side, where Satterthwaite's
 * errs on the narrow one. Of one source it is Student's t. Needs an error above 0.
 */
export function overSources(effect: number, sources: readonly NoiseSource[], confidence = 0.95): OverSources {
  const reach = (alpha: number): number =>
    Math.sqrt(sources.reduce((sum, { error, degrees }) => sum + (error * studentCritical(alpha, degrees)) ** 2, 0));
  const most = reach(1 - confidence);
  return { interval: [effect - most, effect + most], p: levelAt(reach, Math.abs(effect)) };
}

/** The level at which `reach`, which falls as the level rises, is `wanted`. */
function levelAt(reach: (alpha: number) => number, wanted: number): number {
  let [low, high] = [Math.log(leastP), 0];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (reach(Math.exp(middle)) > wanted) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

/** The largest of some numbers, whatever its sign. */
export function largest(values: ArrayLike<number>): number {
  let found = 0;
  for (let index = 0; index < values.length; index += 1) found = Math.max(found, Math.abs(values[index] ?? 0));
  return found;
}

/** A spread that rounding alone may have made of numbers as large as `scale` is none. */
export function beyondRounding(spread: number, scale: number): number {
  return spread <= rounding * scale ? 0 : spread;
}

function byStudent(
  { effect, error, degrees }: Pick<MeanDifference, 'effect' | 'error' | 'degrees'>,
  confidence: number,
): MeanDifference {
  if (!(error > 0)) return { effect, interval: [Number.NaN, Number.NaN], p: Number.NaN, error, degrees };
  const reach = studentCritical(1 - confidence, degrees) * error;
  return {
    effect,
    interval: [effect - reach, effect + reach],
    p: studentTwoSided(effect / error, degrees),
    error,
    degrees,
  };
}
