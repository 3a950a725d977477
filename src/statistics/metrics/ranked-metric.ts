// Metrics of the order in which scores put the rows. Rows are sorted once; resampling changes only how often they count.
import type { RowUnits, WeightedMetric } from './weighted-metric';

/** `positive` holds 1 for rows of the positive class, else 0. */
export interface ScoredRows {
  positive: Int32Array;
  score: Float64Array;
  units: RowUnits;
}

/** Rows by falling score. `lasts` holds 1 where a run of equal scores ends. NaN has no place among scores: `isOrdered` is false then. */
class Ranking {
  readonly units: Int32Array;
  readonly positive: Uint8Array;
  readonly lasts: Uint8Array;
  readonly isOrdered: boolean;

  constructor({ positive, score, units }: ScoredRows) {
    this.isOrdered = !score.some(Number.isNaN);
    const order = Int32Array.from(score, (_, row) => row).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
    this.units = order.map((row) => units.of[row] ?? 0);
    this.positive = Uint8Array.from(order, (row) => positive[row] ?? 0);
    this.lasts = Uint8Array.from(order, (row, place) => (score[row] === score[order[place + 1] ?? -1] ? 0 : 1));
  }
}

/** The area under the ROC curve; NaN of one class only, and where a score is NaN. */
export class RocAuc implements WeightedMetric {
  readonly #ranking: Ranking;

  constructor(rows: ScoredRows) {
    this.#ranking = new Ranking(rows);
  }

  value(weights: ArrayLike<number>): number {
    const { units, positive, lasts, isOrdered } = this.#ranking;
    if (!isOrdered) return Number.NaN;
    let hits = 0;
    let hitsBefore = 0;
    let misses = 0;
    let missesBefore = 0;
    let area = 0;
    for (let place = 0; place < units.length; place += 1) {
      const weight = weights[units[place] as number] as number;
      if (positive[place] === 1) hits += weight;
      else misses += weight;
      if (lasts[place] === 0) continue;
      area += ((misses - missesBefore) * (hits + hitsBefore)) / 2;
      hitsBefore = hits;
      missesBefore = misses;
    }
    return hits > 0 && misses > 0 ? area / (hits * misses) : Number.NaN;
  }
}

/** Average precision: the precision at each score, weighted by the recall gained there. NaN without a positive row, and where a score is NaN. */
export class AveragePrecision implements WeightedMetric {
  readonly #ranking: Ranking;

  constructor(rows: ScoredRows) {
    this.#ranking = new Ranking(rows);
  }

  value(weights: ArrayLike<number>): number {
    const { units, positive, lasts, isOrdered } = this.#ranking;
    if (!isOrdered) return Number.NaN;
    let hits = 0;
    let hitsBefore = 0;
    let told = 0;
    let sum = 0;
    for (let place = 0; place < units.length; place += 1) {
      const weight = weights[units[place] as number] as number;
      told += weight;
      if (positive[place] === 1) hits += weight;
      if (lasts[place] === 0) continue;
      if (told > 0) sum += ((hits - hitsBefore) * hits) / told;
      hitsBefore = hits;
    }
    return hits > 0 ? sum / hits : Number.NaN;
  }
}

/** The unweighted mean of several metrics, as of one class against the rest. */
export class MeanOfMetrics implements WeightedMetric {
  readonly #parts: readonly WeightedMetric[];

  constructor(parts: readonly WeightedMetric[]) {
    this.#parts = parts;
  }

  value(weights: ArrayLike<number>): number {
    return this.#parts.reduce((sum, part) => sum + part.value(weights), 0) / this.#parts.length;
  }
}
