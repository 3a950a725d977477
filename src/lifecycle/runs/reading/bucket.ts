// Cuts a metric into as many buckets as a chart can show, without losing or moving an extreme (protocol/series.ts).
import type { NonFinite } from '../../../protocol/number';
import type { AxisScale, BucketSeries, ChartAxis } from '../../../protocol/series';
import { type Borders, bucketBorders } from './bucket-borders';
import { movingAverage } from './moving-average';

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
  scale?: AxisScale | undefined;
  /** Weight of the past, 0 to below 1. The average runs over all points, whatever part is cut. */
  smoothing?: number | undefined;
}

/** The buckets of one metric. Whole numbers are cut (steps, milliseconds), so that linear borders are exact. */
export function bucketPoints(key: string, points: PointColumns, cut: Cut): BucketSeries {
  const unit = cut.axis === 'relative' ? 1000 : 1;
  const offset = cut.axis === 'relative' ? cut.start : 0;
  const column = (cut.axis === 'step' ? points.step : points.time).subarray(0, points.length);
  const part = {
    low: cut.from === undefined ? Number.NEGATIVE_INFINITY : cut.from * unit + offset,
    high: cut.to === undefined ? Number.POSITIVE_INFINITY : cut.to * unit + offset,
    above: cut.scale === 'log' ? offset : Number.NEGATIVE_INFINITY,
  };
  const range = rangeOf(column, part);
  if (range.first > range.last) return { ...emptySeries(key), leftOut: range.leftOut };
  const borders = bucketBorders(range.first - offset, range.last - offset, { ...cut, unit });
  const smooth = cut.smoothing ? movingAverage(points, cut.smoothing) : undefined;
  const table = new BucketTable(borders, smooth !== undefined);
  let taken = 0;
  for (let index = 0; index < points.length; index++) {
    const place = column[index] ?? 0;
    if (place < part.low || place > part.high || place <= part.above) continue;
    taken++;
    table.add(place - offset, points.value[index] ?? 0, smooth?.[index] ?? 0);
  }
  return { key, points: taken, bucketWidth: borders.width, leftOut: range.leftOut, ...table.columns(unit) };
}

/** The places of the part to be cut; `above` is the end of what a logarithmic axis has no room for. */
interface Part {
  low: number;
  high: number;
  above: number;
}

function rangeOf(column: Float64Array, { low, high, above }: Part) {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  for (const place of column) {
    if (place < low || place > high) continue;
    if (place <= above) {
      leftOut++;
      continue;
    }
    if (place < first) first = place;
    if (place > last) last = place;
  }
  return { first, last, leftOut };
}

/** The series of a metric that has no points in the part asked for. */
export function emptySeries(key: string): BucketSeries {
  const none = { x: [], last: [], min: [], minX: [], max: [], maxX: [], count: [], smooth: [], marks: [] };
  return { key, points: 0, bucketWidth: 1, nonPositive: 0, leftOut: 0, ...none };
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
  readonly #smooth: Float64Array;
  readonly #isSmooth: boolean;
  readonly #borders: Borders;
  #nonPositive = 0;
  readonly #marks = new Map<number, Map<NonFinite, { x: number; count: number }>>();

  constructor(borders: Borders, isSmooth: boolean) {
    const { size } = borders;
    this.#borders = borders;
    this.#isSmooth = isSmooth;
    this.#smooth = new Float64Array(isSmooth ? size : 0);
    this.#x = new Float64Array(size);
    this.#last = new Float64Array(size);
    this.#min = new Float64Array(size);
    this.#minX = new Float64Array(size);
    this.#max = new Float64Array(size);
    this.#maxX = new Float64Array(size);
    this.#count = new Int32Array(size);
  }

  /** Takes in one point `at` a place; `smooth` is the moving average there. */
  add(at: number, value: number, smooth: number): void {
    const bucket = this.#borders.bucketOf(at);
    if (!Number.isFinite(value)) {
      this.#mark(bucket, at, value);
      return;
    }
    if (value <= 0) this.#nonPositive++;
    const empty = this.#count[bucket] === 0;
    this.#count[bucket] = (this.#count[bucket] ?? 0) + 1;
    if (empty || at >= (this.#x[bucket] ?? 0)) {
      this.#x[bucket] = at;
      this.#last[bucket] = value;
      if (this.#isSmooth) this.#smooth[bucket] = smooth;
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
  columns(scale: number): Omit<BucketSeries, 'key' | 'points' | 'bucketWidth' | 'leftOut'> {
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
      smooth: this.#isSmooth ? pick(this.#smooth) : [],
      nonPositive: this.#nonPositive,
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
