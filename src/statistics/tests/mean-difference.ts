// Tests of a difference of means by Student's t, each with its interval.
import { studentCritical, studentTwoSided } from '../distributions/student-t';
import { mean, sampleVariance } from '../sample/moments';

/** `error` is the standard error of `effect`; `p` is two-sided. NaN where there is no spread or too little data. */
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
  return byStudent({ effect: mean(second) - mean(first), error: Math.sqrt(a + b), degrees }, confidence);
}

/** Student's test that paired differences are centred on zero. */
export function pairedT(differences: ArrayLike<number>, confidence = 0.95): MeanDifference {
  const count = differences.length;
  const error = Math.sqrt(sampleVariance(differences) / count);
  return byStudent({ effect: mean(differences), error, degrees: count - 1 }, confidence);
}

/**
 * Nadeau and Bengio's corrected resampled t (2003), for differences over folds that share training data. `testShare` is
 * the number of test rows over that of training rows: 1 / (k − 1) for k folds.
 */
export function correctedResampledT(
  differences: ArrayLike<number>,
  { testShare, confidence = 0.95 }: { testShare: number; confidence?: number },
): MeanDifference {
  const count = differences.length;
  const error = Math.sqrt((1 / count + testShare) * sampleVariance(differences));
  return byStudent({ effect: mean(differences), error, degrees: count - 1 }, confidence);
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
