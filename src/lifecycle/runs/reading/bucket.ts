// Cuts a metric into as many buckets as a chart can show, without losing or moving an extreme (protocol/series.ts).
import type { NonFinite } from '../../../protocol/number';
import type { BucketSeries, ChartAxis } from '../../../protocol/series';

/** A metric's points as parallel columns, ordered by step, then time, then value. Times are epoch milliseconds. */
export interface PointColumns {
  length: number;
  step: Float64Array;
  time: Float64Array;
  value: Float64Array;
}

/** The part to cut. `start` is the run's start in epoch milliseconds, the zero of the relative axis. */
export interface Cut {
  axis: ChartAxis;
  start: number;
  /** In axis units: steps, seconds since the start, or epoch milliseconds. Both ends belong to the part. */
  from?: number | undefined;
  to?: number | undefined;
  buckets: number;
}

/**
 * The buckets of one metric. Whole numbers are cut (steps, milliseconds), so borders are exact: bucket n covers
 * [n·w, (n+1)·w) for a width w that depends only on the range shown. On a relative axis widths are 1, 10 or 100
 * milliseconds, then seconds times powers of two.
 */
export function bucketPoints(key: string, points: PointColumns, cut: Cut): BucketSeries {
  const scale = cut.axis === 'relative' ? 1000 : 1;
  const offset = cut.axis === 'relative' ? cut.start : 0;
  const column = cut.axis === 'step' ? points.step : points.time;
  const low = cut.from === undefined ? Number.NEGATIVE_INFINITY : cut.from * scale + offset;
  const high = cut.to === undefined ? Number.POSITIVE_INFINITY : cut.to * scale + offset;
  const range = rangeOf(column.subarray(0, points.length), low, high);
  if (range === undefined) return emptySeries(key);
  const first = range.first - offset;
  const width = widthFor(first, range.last - offset, { scale, buckets: cut.buckets });
  const base = Math.floor(first / width);
  const table = new BucketTable(Math.floor((range.last - offset) / width) - base + 1);
  let taken = 0;
  for (let index = 0; index < points.length; index++) {
    const place = column[index] ?? 0;
    if (place < low || place > high) continue;
    taken++;
    const at = place - offset;
    table.add(Math.floor(at / width) - base, at, points.value[index] ?? 0);
  }
  return { key, points: taken, bucketWidth: width / scale, ...table.columns(scale) };
}

/** The bucket width for whole numbers from `first` to `last`: the smallest that needs no more than `buckets`. */
export function widthFor(first: number, last: number, rule: { scale: number; buckets: number }): number {
  const fits = (width: number): boolean => Math.floor(last / width) - Math.floor(first / width) < rule.buckets;
  for (let width = 1; width < rule.scale; width *= 10) if (fits(width)) return width;
  let width = rule.scale;
  while (!fits(width)) width *= 2;
  return width;
}

function rangeOf(column: Float64Array, low: number, high: number): { first: number; last: number } | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const place of column) {
    if (place < low || place > high) continue;
    if (place < first) first = place;
    if (place > last) last = place;
  }
  return first <= last ? { first, last } : undefined;
}

/** The series of a metric that has no points in the part asked for. */
export function emptySeries(key: string): BucketSeries {
  const none = { x: [], last: [], min: [], minX: [], max: [], maxX: [], count: [], marks: [] };
  return { key, points: 0, bucketWidth: 1, ...none };
}

/** One slot per bucket of the range, filled in any order of arrival. */
class BucketTable {
  readonly #x: Float64Array;
  readonly #last: Float64Array;
  readonly #min: Float64Array;
  readonly #minX: Float64Array;
  readonly #max: Float64Array;
  readonly #maxX: Float64Array;
  readonly #count: Int32Array;
  readonly #marks = new Map<number, Map<NonFinite, { x: number; count: number }>>();

  constructor(size: number) {
    this.#x = new Float64Array(size);
    this.#last = new Float64Array(size);
    this.#min = new Float64Array(size);
    this.#minX = new Float64Array(size);
    this.#max = new Float64Array(size);
    this.#maxX = new Float64Array(size);
    this.#count = new Int32Array(size);
  }

  add(bucket: number, at: number, value: number): void {
    if (!Number.isFinite(value)) {
      this.#mark(bucket, at, value);
      return;
    }
    const empty = this.#count[bucket] === 0;
    this.#count[bucket] = (this.#count[bucket] ?? 0) + 1;
    if (empty || at >= (this.#x[bucket] ?? 0)) {
      this.#x[bucket] = at;
      this.#last[bucket] = value;
    }
    const min = this.#min[bucket] ?? 0;
    if (empty || value < min || (value === min && at < (this.#minX[bucket] ?? 0))) {
      this.#min[bucket] = value;
      this.#minX[bucket] = at;
    }
    const max = this.#max[bucket] ?? 0;
    if (empty || value > max || (value === max && at < (this.#maxX[bucket] ?? 0))) {
      this.#max[bucket] = value;
      this.#maxX[bucket] = at;
    }
  }

  /** The non-empty buckets in axis order, with places divided by `scale`. */
  columns(scale: number): Omit<BucketSeries, 'key' | 'points' | 'bucketWidth'> {
    const filled = [...this.#count.keys()].filter((bucket) => (this.#count[bucket] ?? 0) > 0);
    const pick = (column: Float64Array | Int32Array, by = 1): number[] =>
      filled.map((bucket) => (column[bucket] ?? 0) / by);
    const marks = [...this.#marks.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([, kinds]) => [...kinds].map(([kind, { x, count }]) => ({ x: x / scale, kind, count })));
    return {
      x: pick(this.#x, scale),
      last: pick(this.#last),
      min: pick(this.#min),
      minX: pick(this.#minX, scale),
      max: pick(this.#max),
      maxX: pick(this.#maxX, scale),
      count: pick(this.#count),
      marks,
    };
  }

  #mark(bucket: number, at: number, value: number): void {
    const kind: NonFinite = Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
    const kinds = this.#marks.get(bucket) ?? new Map<NonFinite, { x: number; count: number }>();
    this.#marks.set(bucket, kinds);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { x: at, count: 1 });
    else {
      known.count++;
      known.x = Math.min(known.x, at);
    }
  }
}
