// Which test applies to the values of repeats: paired or not, few or many, over folds or over seeds.
import type { ComparedMetric } from '../../../protocol/comparison/comparison';
import { decisive, fewestPairs } from '../../../protocol/comparison/fewest-runs';
import { bootstrapInterval } from '../../../statistics/resampling/bootstrap-interval';
import { stratifiedIqmDifference } from '../../../statistics/resampling/stratified-iqm';
import { interquartileMean } from '../../../statistics/sample/interquartile-mean';
import { mean } from '../../../statistics/sample/moments';
import { sufficientSize } from '../../../statistics/sample/sufficient-size';
import {
  beyondRounding,
  correctedResampledT,
  largest,
  type MeanDifference,
  pairedT,
  welch,
} from '../../../statistics/tests/mean-difference';
import { signFlip } from '../../../statistics/tests/sign-flip';

/**
 * The values of both sides; when `paired` in one order. `folds`: how many the data were cut into, 0 for seeds. `together`:
 * so many p values are corrected for one another.
 */
export interface RepeatValues {
  first: readonly number[];
  second: readonly number[];
  paired: boolean;
  folds: number;
  together: number;
}

/** What is said of one metric. */
export type RepeatTest = Pick<ComparedMetric, 'effect' | 'interval' | 'p' | 'test' | 'n' | 'unit' | 'needs' | 'why'>;

const fewestEach = 3;
/** From so many seeds of each on a quarter can be cut off both ends. */
const enoughForIqm = 10;
const draws = 10_000;

/** How many p values so many pairs allow to be judged together. */
export function affordable(pairs: number): number {
  return Math.floor((decisive * 2 ** pairs) / 2);
}

/** The test that applies; where none does, the difference and why. */
export function repeatTest({ first, second, paired, folds, together }: RepeatValues): RepeatTest {
  const effect = mean(second) - mean(first);
  const n = Math.min(first.length, second.length);
  const unit = folds > 0 ? 'folds' : paired ? 'pairs of seeds' : 'runs of each';
  const none = { effect, interval: null, p: null, test: 'none', n, unit, needs: null };
  if ([...first, ...second].some((value) => !Number.isFinite(value))) {
    return { ...none, why: 'A run has NaN, an infinity or no value of it.' };
  }
  if (first.length === 1 && second.length === 1) {
    return { ...none, needs: fewestPairs(1), why: 'One run of each says nothing of how another seed would come out.' };
  }
  if (folds > 0)
    return paired ? overFolds(first, second, { none, folds }) : { ...none, why: 'The two are not of the same folds.' };
  if (paired) return overPairs(first, second, { none, together });
  if (n < fewestEach) return { ...none, needs: fewestEach, why: `There are fewer than ${fewestEach} runs of each.` };
  return n < enoughForIqm ? said(none, welch(first, second), { test: 'Welch' }) : overManySeeds(first, second, none);
}

type NoTest = Omit<RepeatTest, 'why'>;

function overFolds(
  first: readonly number[],
  second: readonly number[],
  { none, folds }: { none: NoTest; folds: number },
): RepeatTest {
  const testShare = 1 / (folds - 1);
  const scale = scaleOf(first, second);
  const result = correctedResampledT(differencesOf(first, second), { testShare, scale });
  return said(none, result, { test: 'corrected resampled t (Nadeau–Bengio)', shared: testShare });
}

function overPairs(
  first: readonly number[],
  second: readonly number[],
  { none, together }: { none: NoTest; together: number },
): RepeatTest {
  const differences = differencesOf(first, second);
  const { p, exact } = signFlip(differences);
  const result = said(none, pairedT(differences, { scale: scaleOf(first, second) }), {
    test: exact ? 'exact sign-flip' : 'sign-flip',
  });
  if (result.interval === null) return result;
  const fewest = fewestPairs(together);
  const many = together > 1 ? ` where ${together} are judged together` : '';
  const why = first.length < fewest ? `Fewer than ${fewest} pairs of seeds cannot reach p .05${many}.` : null;
  return { ...result, p, needs: Math.max(fewest, result.needs ?? 0), why };
}

function overManySeeds(first: readonly number[], second: readonly number[], none: NoTest): RepeatTest {
  const observed = interquartileMean(second) - interquartileMean(first);
  const replicates = stratifiedIqmDifference([first], [second], { draws, seed: 1 });
  const { interval, p, error: spread } = bootstrapInterval({ observed, replicates, units: none.n });
  const error = beyondRounding(spread, scaleOf(first, second));
  const result = { effect: observed, interval, p, error, degrees: Number.NaN };
  return said(none, result, { test: 'IQM, stratified bootstrap' });
}

/** `shared`: the part of the error that further repeats do not take away, as of `sufficientSize`. */
function said(
  none: NoTest,
  result: MeanDifference,
  { test, shared = 0 }: { test: string; shared?: number },
): RepeatTest {
  if (!(result.error > 0))
    return { ...none, why: 'There is no spread between the repeats, so their noise is not known.' };
  const size = sufficientSize({ effect: result.effect, error: result.error, size: none.n, shared });
  const needs = Number.isFinite(size) ? Math.max(size, fewestEach) : null;
  return { ...none, effect: result.effect, interval: result.interval, p: result.p, test, needs, why: null };
}

function scaleOf(first: readonly number[], second: readonly number[]): number {
  return Math.max(largest(first), largest(second));
}

function differencesOf(first: readonly number[], second: readonly number[]): number[] {
  return first.map((value, index) => (second[index] ?? Number.NaN) - value);
}
