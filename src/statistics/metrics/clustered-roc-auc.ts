// The area under the ROC curve of rows in few units: how the rows of each two units are ordered is counted once, so that a
// resample costs as much as there are pairs of units, and not as there are rows.
import type { ScoredRows } from './ranked-metric';
import type { WeightedMetric } from './weighted-metric';

/** Equal to `RocAuc`, for any weights. */
export class ClusteredRocAuc implements WeightedMetric {
  readonly #count: number;
  /** NaN has no place among scores. */
  readonly #isOrdered: boolean;
  /** For positive rows of one unit and negative rows of another: how many pairs are in the right order; ties count half. */
  readonly #ordered: Float64Array;
  readonly #positives: Float64Array;
  readonly #negatives: Float64Array;

  constructor({ positive, score, units }: ScoredRows) {
    const { of, count } = units;
    this.#count = count;
    this.#isOrdered = !score.some(Number.isNaN);
    this.#ordered = new Float64Array(count * count);
    this.#positives = new Float64Array(count);
    this.#negatives = new Float64Array(count);
    const order = Int32Array.from(score, (_, row) => row).sort((a, b) => (score[a] ?? 0) - (score[b] ?? 0));
    for (let from = 0; from < order.length; ) {
      let to = from;
      while (to < order.length && score[order[to] ?? 0] === score[order[from] ?? 0]) to += 1;
      const tied = order.subarray(from, to);
      // Most scores stand alone: a copy for each of them would cost more than the rest.
      const hasPositive = tied.some((row) => positive[row] === 1);
      const before = hasPositive && tied.length > 1 ? this.#negatives.slice() : this.#negatives;
      for (const row of tied) if (positive[row] !== 1) add(this.#negatives, of[row] ?? 0, 1);
      for (const row of tied) if (positive[row] === 1) this.#above(of[row] ?? 0, before);
      from = to;
    }
  }

  value(weights: ArrayLike<number>): number {
    if (!this.#isOrdered) return Number.NaN;
    let area = 0;
    let hits = 0;
    let misses = 0;
    for (let unit = 0; unit < this.#count; unit += 1) {
      const weight = weights[unit] ?? 0;
      if (weight === 0) continue;
      hits += weight * (this.#positives[unit] ?? 0);
      misses += weight * (this.#negatives[unit] ?? 0);
      let sum = 0;
      const start = unit * this.#count;
      for (let other = 0; other < this.#count; other += 1)
        sum += (weights[other] ?? 0) * (this.#ordered[start + other] ?? 0);
      area += weight * sum;
    }
    return hits > 0 && misses > 0 ? area / (hits * misses) : Number.NaN;
  }

  /** A positive row stands above the negative ones `before` it, and beside those of its own score. */
  #above(unit: number, before: Float64Array): void {
    add(this.#positives, unit, 1);
    for (let other = 0; other < this.#count; other += 1) {
      add(this.#ordered, unit * this.#count + other, ((before[other] ?? 0) + (this.#negatives[other] ?? 0)) / 2);
    }
  }
}

function add(into: Float64Array, place: number, value: number): void {
  into[place] = (into[place] ?? 0) + value;
}
