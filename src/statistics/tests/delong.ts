// DeLong's test: how sure the area under one ROC curve is, and the difference of two on the same rows (DeLong, DeLong and
// Clarke-Pearson 1988), from one sort of the scores (as Sun and Xu 2014).
import { normalCdf, normalQuantile } from '../distributions/normal';
import { mean, sampleVariance } from '../sample/moments';

/**
 * `error` is the standard error of `auc`. The interval is that of the logit of `auc`, so it stays between 0 and 1; null
 * where the rows show no spread, as with an area of 0 or 1 or where all scores are equal: that is no certainty.
 */
export interface DelongArea {
  auc: number;
  error: number;
  interval: [number, number] | null;
}

/**
 * `effect` is the area of `candidate` less that of `baseline`, with its standard error. `p` is two-sided, of the effect
 * being what was asked for. Where both rank the rows alike the interval is [0, 0]; it is null and `p` NaN where there is no
 * spread for another reason, as where both areas are 1.
 */
export interface DelongDifference {
  baseline: number;
  candidate: number;
  effect: number;
  error: number;
  interval: [number, number] | null;
  p: number;
}

/** Scores of two models for the same rows; `positive` holds 1 for rows of the positive class, else 0. */
export interface PairedScores {
  positive: ArrayLike<number>;
  baseline: ArrayLike<number>;
  candidate: ArrayLike<number>;
}

/**
 * The area under the ROC curve of `score`, one number a row, in time n log n; equal scores count half. Rows are taken for
 * independent: of rows in clusters the error is too small, and the cluster bootstrap is the one to ask. `auc` is NaN of one
 * class only or where a score is NaN, `error` also with fewer than two rows of a class; the interval is null then.
 */
export function delongArea(
  { positive, score }: { positive: ArrayLike<number>; score: ArrayLike<number> },
  confidence = 0.95,
): DelongArea {
  const { hits, alarms } = placements(positive, score);
  const auc = mean(hits) / alarms.length;
  const error = placementError(hits, alarms);
  if (!(error > 0 && auc > 0 && auc < 1)) return { auc, error, interval: null };
  const centre = Math.log(auc / (1 - auc));
  const reach = (normalQuantile(0.5 + confidence / 2) * error) / (auc * (1 - auc));
  return { auc, error, interval: [logistic(centre - reach), logistic(centre + reach)] };
}

/**
 * The difference of two areas on the same rows, its normal interval within −1 and 1, and `p` of it being `delta0`. Rows,
 * NaN and null as in `delongArea`.
 */
export function delongDifference(
  { positive, baseline, candidate }: PairedScores,
  { confidence = 0.95, delta0 = 0 } = {},
): DelongDifference {
  const [first, second] = [placements(positive, baseline), placements(positive, candidate)];
  const areas = { baseline: areaOf(first), candidate: areaOf(second) };
  const less = (from: Float64Array, taken: Float64Array): Float64Array =>
    from.map((value, row) => value - (taken[row] ?? 0));
  const [hits, alarms] = [less(second.hits, first.hits), less(second.alarms, first.alarms)];
  const effect = mean(hits) / alarms.length;
  const error = placementError(hits, alarms);
  if (error > 0) {
    const reach = normalQuantile(0.5 + confidence / 2) * error;
    const interval: [number, number] = [Math.max(-1, effect - reach), Math.min(1, effect + reach)];
    return { ...areas, effect, error, interval, p: 2 * normalCdf(-Math.abs(effect - delta0) / error) };
  }
  const areAlike = error === 0 && effect === 0 && placementError(first.hits, first.alarms) > 0;
  if (!areAlike) return { ...areas, effect, error, interval: null, p: Number.NaN };
  return { ...areas, effect, error, interval: [0, 0], p: delta0 === 0 ? 1 : 0 };
}

/**
 * Of each positive row the negative ones below it (`hits`), of each negative row the positive ones above it (`alarms`),
 * equal scores as half a row: the placement values V₁₀ · n and V₀₁ · m, exact in steps of a half.
 */
interface Placements {
  hits: Float64Array;
  alarms: Float64Array;
}

function placements(positive: ArrayLike<number>, score: ArrayLike<number>): Placements {
  const [order, isComplete] = [byScore(score), !hasNaN(score)];
  const counts: [number, number] = [0, 0];
  const placed = new Float64Array(order.length);
  for (let start = 0; start < order.length; ) {
    const value = score[order[start] ?? 0];
    const before: [number, number] = [...counts];
    let end = start;
    for (; end < order.length && score[order[end] ?? 0] === value; end += 1) counts[classOf(positive, order[end])] += 1;
    if (end === start) break;
    // Of the other class: those before, and half of those as high.
    for (let place = start; place < end; place += 1) {
      const row = order[place] ?? 0;
      const other = classOf(positive, row) === 1 ? 0 : 1;
      placed[row] = (before[other] + counts[other]) / 2;
    }
    start = end;
  }
  const of = (label: number): Float64Array => placed.filter((_, row) => classOf(positive, row) === label);
  const [misses, hits] = [of(0), of(1)];
  const alarms = misses.map((below) => hits.length - below);
  return isComplete ? { hits, alarms } : { hits: hits.fill(Number.NaN), alarms: alarms.fill(Number.NaN) };
}

function classOf(positive: ArrayLike<number>, row: number | undefined): 0 | 1 {
  return positive[row ?? 0] === 1 ? 1 : 0;
}

/** Rows by rising score. No difference is taken: that of two infinite scores is none. */
function byScore(score: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: score.length }, (_, row) => row);
  return order.sort((a, b) => {
    const [one, other] = [score[a] ?? 0, score[b] ?? 0];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

function hasNaN(values: ArrayLike<number>): boolean {
  for (let row = 0; row < values.length; row += 1) if (Number.isNaN(values[row])) return true;
  return false;
}

function areaOf({ hits, alarms }: Placements): number {
  return mean(hits) / alarms.length;
}

/** √(S₁₀ / m + S₀₁ / n) of placement values, or of differences of them. */
function placementError(hits: Float64Array, alarms: Float64Array): number {
  const [m, n] = [hits.length, alarms.length];
  return Math.sqrt(sampleVariance(hits) / n ** 2 / m + sampleVariance(alarms) / m ** 2 / n);
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
