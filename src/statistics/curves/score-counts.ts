// How many rows a score finds from each threshold on: what ROC and precision-recall curves are made of.

/** `positive` holds 1 for rows of the positive class, else 0; `score` one number a row, without NaN. */
export interface ScoredLabels {
  positive: ArrayLike<number>;
  score: ArrayLike<number>;
}

/** For each distinct score, falling: rows at or above it that are positive (`hits`) and that are not (`alarms`). */
export interface ScoreCounts {
  thresholds: Float64Array;
  hits: Float64Array;
  alarms: Float64Array;
  positives: number;
  negatives: number;
}

/** Counts once over rows sorted by falling score; equal scores are one threshold. */
export function scoreCounts({ positive, score }: ScoredLabels): ScoreCounts {
  const order = Int32Array.from({ length: score.length }, (_, row) => row).sort(
    (a, b) => (score[b] ?? 0) - (score[a] ?? 0),
  );
  const thresholds: number[] = [];
  const hits: number[] = [];
  const alarms: number[] = [];
  let [hit, alarm] = [0, 0];
  for (const [place, row] of order.entries()) {
    if (positive[row] === 1) hit += 1;
    else alarm += 1;
    if (score[row] === score[order[place + 1] ?? -1]) continue;
    thresholds.push(score[row] ?? 0);
    hits.push(hit);
    alarms.push(alarm);
  }
  return {
    thresholds: Float64Array.from(thresholds),
    hits: Float64Array.from(hits),
    alarms: Float64Array.from(alarms),
    positives: hit,
    negatives: alarm,
  };
}

/** `hits` and `alarms` of rows whose score is at least each of `thresholds`. */
export function countsAt(counts: ScoreCounts, thresholds: readonly number[]): { hits: number[]; alarms: number[] } {
  const places = thresholds.map((threshold) => lastFrom(counts.thresholds, threshold));
  return {
    hits: places.map((place) => counts.hits[place] ?? 0),
    alarms: places.map((place) => counts.alarms[place] ?? 0),
  };
}

/** The last place of the falling numbers `sorted` that is not below `least`; −1 for none. */
function lastFrom(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) >= least) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
