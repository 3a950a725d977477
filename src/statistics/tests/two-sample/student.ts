// Whether two samples have one mean: Student's test with one variance for both.
import { studentTwoSided } from '../../distributions/student-t';
import { mean, sampleVariance } from '../../sample/moments';

/** The two-sided p, as scipy.stats.ttest_ind; NaN where nothing varies or one sample has nothing. */
export function pooledT(first: Float64Array, second: Float64Array): number {
  const [n, m] = [first.length, second.length];
  const squares = (sample: Float64Array): number =>
    sample.length < 2 ? 0 : sampleVariance(sample) * (sample.length - 1);
  const degrees = n + m - 2;
  const variance = (squares(first) + squares(second)) / degrees;
  const error = Math.sqrt(variance * (1 / n + 1 / m));
  // Around one value, so that samples far from zero keep the digits of their difference.
  const centre = first[n >> 1] ?? 0;
  const shifted = (sample: Float64Array): Float64Array => sample.map((value) => value - centre);
  return studentTwoSided((mean(shifted(first)) - mean(shifted(second))) / error, degrees);
}
