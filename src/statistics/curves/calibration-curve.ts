// Whether scores are chances: how often rows of about one score are positive (scikit-learn's calibration_curve).

import { firstAtLeast } from '../sample/sorted-place';
import { wilsonInterval } from '../sample/wilson-interval';
import type { ScoredLabels } from './score-counts';

/** How scores are put together: bins of one width, or of about one number of rows. */
export type CalibrationBins = 'uniform' | 'quantile';

/** The rows of one bin: their mean score, the share of positive ones with Wilson's 95 % interval, how many they are. */
export interface CalibrationBin {
  score: number;
  share: number;
  interval: [number, number];
  rows: number;
}

/** The bins that hold a row, by rising score. Scores lie between 0 and 1, both included. */
export function calibrationCurve(
  { positive, score }: ScoredLabels,
  { bins, strategy }: { bins: number; strategy: CalibrationBins },
): CalibrationBin[] {
  const places = calibrationPlaces(score, { bins, strategy });
  const sums = Array.from({ length: bins }, () => ({ score: 0, hits: 0, rows: 0 }));
  for (let row = 0; row < score.length; row += 1) {
    const sum = sums[places[row] ?? 0];
    if (sum === undefined) continue;
    sum.score += score[row] ?? 0;
    sum.hits += positive[row] === 1 ? 1 : 0;
    sum.rows += 1;
  }
  return sums
    .filter(({ rows }) => rows > 0)
    .map(({ score: total, hits, rows }) => ({
      score: total / rows,
      share: hits / rows,
      interval: wilsonInterval(hits, rows),
      rows,
    }));
}

/** The bin of each row, from 0 on. Of equal scores quantile bins may stay empty. */
export function calibrationPlaces(
  score: ArrayLike<number>,
  { bins, strategy }: { bins: number; strategy: CalibrationBins },
): Int32Array {
  const edges = strategy === 'uniform' ? evenEdges(bins) : quantileEdges(score, bins);
  const inner = edges.slice(1, -1);
  return Int32Array.from({ length: score.length }, (_, row) => firstAtLeast(inner, score[row] ?? 0));
}

/** Expected calibration error: the distance of share and mean score over the bins, weighted by rows; NaN of no rows. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce((sum, bin) => sum + Math.abs(bin.share - bin.score) * bin.rows, 0) / rows;
}

function evenEdges(bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, place) => (place === bins ? 1 : place * (1 / bins)));
}

/** As numpy's percentile computes them, to the last digit: a score that lies on an edge falls on the same side of it. */
function quantileEdges(score: ArrayLike<number>, bins: number): number[] {
  const sorted = Float64Array.from(score).sort();
  return evenEdges(bins).map((share) => {
    const place = ((share * 100) / 100) * (sorted.length - 1);
    const below = Math.min(sorted.length - 1, Math.floor(place));
    const [low, high] = [sorted[below] ?? 0, sorted[Math.min(sorted.length - 1, below + 1)] ?? 0];
    const rest = place - below;
    return rest < 0.5 ? low + (high - low) * rest : high - (high - low) * (1 - rest);
  });
}
