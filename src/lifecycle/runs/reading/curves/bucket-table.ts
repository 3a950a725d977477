// The buckets of one part of an axis while points fall into them: extremes with their places, counts, what is no number.
import type { NonFinite } from '../../../../protocol/number';
import type { BucketSeries } from '../../../../protocol/series';
import type { Borders } from './bucket-borders';
import type { Part, PlacedPoints } from './placed-points';

type Extremes = Pick<BucketSeries, 'min' | 'minX' | 'max' | 'maxX' | 'count' | 'nonPositive' | 'marks'>;

/** One slot per bucket of the range, filled in any order of arrival. */
export class BucketTable {
  /** Points that were taken in, those that are no number too. */
  taken = 0;
  readonly #min: Float64Array;
  readonly #minX: Float64Array;
  readonly #max: Float64Array;
  readonly #maxX: Float64Array;
  readonly #count: Int32Array;
  readonly #borders: Borders;
  #nonPositive = 0;
  readonly #marks = new Map<number, Map<NonFinite, { x: number; count: number }>>();

  constructor(borders: Borders) {
    const { size } = borders;
    this.#borders = borders;
    this.#min = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#minX = new Float64Array(size);
    this.#max = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#maxX = new Float64Array(size);
    this.#count = new Int32Array(size);
  }

  /** Takes in the points of a part. Answers the index of the last finite one of each bucket, the latest of equals; -1: none. */
  take({ place: places, value: values }: PlacedPoints, { low, high, above }: Part): Int32Array {
    const count = this.#count;
    const lasts = new Int32Array(count.length).fill(-1);
    for (let index = 0; index < places.length; index++) {
      const place = places[index] ?? 0;
      if (place < low || place > high || place <= above) continue;
      this.taken++;
      const bucket = this.#borders.bucketOf(place);
      const value = values[index] ?? 0;
      if (!Number.isFinite(value)) {
        this.#mark(bucket, place, value);
        continue;
      }
      if (value <= 0) this.#nonPositive++;
      count[bucket] = (count[bucket] ?? 0) + 1;
      const last = lasts[bucket] ?? -1;
      if (last === -1 || place >= (places[last] ?? 0)) lasts[bucket] = index;
      this.#stretch(bucket, place, value);
    }
    return lasts;
  }

  /** The buckets that hold a finite value, in axis order. */
  filled(): number[] {
    return [...this.#count.keys()].filter((bucket) => (this.#count[bucket] ?? 0) > 0);
  }

  /** What is known of these buckets, places divided by `unit`, and the marks of all. */
  extremes(buckets: readonly number[], unit: number): Extremes {
    const pick = (column: Float64Array | Int32Array, by = 1): number[] =>
      buckets.map((bucket) => (column[bucket] ?? 0) / by);
    const marks = [...this.#marks.values()]
      .flatMap((kinds) => [...kinds].map(([kind, { x, count }]) => ({ x: x / unit, kind, count })))
      .sort((a, b) => a.x - b.x || (a.kind < b.kind ? -1 : 1));
    return {
      min: pick(this.#min),
      minX: pick(this.#minX, unit),
      max: pick(this.#max),
      maxX: pick(this.#maxX, unit),
      count: pick(this.#count),
      nonPositive: this.#nonPositive,
      marks,
    };
  }

  /** Of equal extremes the first place counts. */
  #stretch(bucket: number, place: number, value: number): void {
    const min = this.#min[bucket] ?? 0;
    if (value < min || (value === min && place < (this.#minX[bucket] ?? 0))) {
      this.#min[bucket] = value;
      this.#minX[bucket] = place;
    }
    const max = this.#max[bucket] ?? 0;
    if (value > max || (value === max && place < (this.#maxX[bucket] ?? 0))) {
      this.#max[bucket] = value;
      this.#maxX[bucket] = place;
    }
  }

  #mark(bucket: number, place: number, value: number): void {
    const kind = kindOf(value);
    const kinds = this.#marks.get(bucket) ?? new Map<NonFinite, { x: number; count: number }>();
    this.#marks.set(bucket, kinds);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { x: place, count: 1 });
    else {
      known.count++;
      known.x = Math.min(known.x, place);
    }
  }
}

/** The name of a value that is no finite number. */
export function kindOf(value: number): NonFinite {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
