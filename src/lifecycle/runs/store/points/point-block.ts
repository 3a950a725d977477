// Points of one series that lie side by side, as columns: what is read from the database, packed, and merged.
import type { WireInteger } from '../../../../protocol/number';
import { narrowed } from '../exact-integer';

/**
 * What a point is known by: two with the same key are one. `step` is a bigint only where a number would round it, `time`
 * is in epoch milliseconds; a NaN is `value` 0 and `nan` 1.
 */
export interface PointKey {
  step: number | bigint;
  time: number;
  value: number;
  nan: number;
}

/** Below 0 when `a` comes before `b`: by step, then time, then value, a NaN right behind 0. */
export function comparePoints(a: PointKey, b: PointKey): number {
  if (a.step !== b.step) return a.step < b.step ? -1 : 1;
  if (a.time !== b.time) return a.time - b.time;
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return a.nan - b.nan;
}

/** Points in the order of their keys, none of them twice. */
export class PointBlock {
  /** 64-bit integers only where a number would round one of them. */
  readonly steps: Float64Array | BigInt64Array;
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  /** A NaN as itself. */
  readonly values: Float64Array;

  constructor(steps: Float64Array | BigInt64Array, times: Float64Array, values: Float64Array) {
    this.steps = steps;
    this.times = times;
    this.values = values;
  }

  /** The block of these points, which are in order. */
  static of(points: readonly PointKey[]): PointBlock {
    const isExact = points.every(({ step }) => typeof step === 'number');
    const steps = isExact
      ? Float64Array.from(points, ({ step }) => Number(step))
      : BigInt64Array.from(points, ({ step }) => BigInt(step));
    const times = Float64Array.from(points, ({ time }) => time);
    // SQLite knows no negative zero either.
    const values = Float64Array.from(points, ({ value, nan }) => (nan === 1 ? Number.NaN : value + 0));
    return new PointBlock(steps, times, values);
  }

  /** The points of blocks that follow each other. */
  static joined(blocks: readonly PointBlock[]): PointBlock {
    const [first] = blocks;
    if (blocks.length === 1 && first !== undefined) return first;
    const length = blocks.reduce((sum, block) => sum + block.length, 0);
    const isExact = blocks.every(({ steps }) => steps instanceof Float64Array);
    const steps = isExact ? new Float64Array(length) : new BigInt64Array(length);
    const times = new Float64Array(length);
    const values = new Float64Array(length);
    let place = 0;
    for (const block of blocks) {
      copyInto(steps, block.steps, place);
      times.set(block.times, place);
      values.set(block.values, place);
      place += block.length;
    }
    return new PointBlock(steps, times, values);
  }

  get length(): number {
    return this.values.length;
  }

  /** The step at a place, exactly. */
  step(index: number): number | bigint {
    return narrowed(this.steps[index] ?? 0);
  }

  /** The same in its form on the wire. */
  wireStep(index: number): WireInteger {
    const step = this.step(index);
    return typeof step === 'bigint' ? String(step) : step;
  }

  /** The key of the point at a place. */
  key(index: number): PointKey {
    const value = this.values[index] ?? 0;
    const isNan = Number.isNaN(value);
    return {
      step: this.step(index),
      time: this.times[index] ?? 0,
      value: isNan ? 0 : value,
      nan: isNan ? 1 : 0,
    };
  }

  /** The place of the first point that does not come before `key`; the length when there is none. */
  placeOf(key: PointKey): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePoints(this.key(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  has(key: PointKey): boolean {
    const place = this.placeOf(key);
    return place < this.length && comparePoints(this.key(place), key) === 0;
  }

  /** Those behind `key`. */
  behind(key: PointKey): PointBlock {
    return this.part(this.placeOf(key) + (this.has(key) ? 1 : 0));
  }

  /** Those from one place up to another; shares its memory with the whole. */
  part(from: number, to = this.length): PointBlock {
    if (from === 0 && to === this.length) return this;
    return new PointBlock(this.steps.subarray(from, to), this.times.subarray(from, to), this.values.subarray(from, to));
  }

  /** Those at these places, in the order of the places. */
  taken(places: Uint32Array): PointBlock {
    const { steps, times, values } = this;
    const own =
      steps instanceof Float64Array
        ? Float64Array.from(places, (place) => steps[place] ?? 0)
        : BigInt64Array.from(places, (place) => steps[place] ?? 0n);
    const of = (column: Float64Array): Float64Array => Float64Array.from(places, (place) => column[place] ?? 0);
    return new PointBlock(own, of(times), of(values));
  }

  /** These points and those of other blocks, in order. */
  mergedWith(others: readonly PointBlock[]): PointBlock {
    const keys = [this, ...others].flatMap((block) => Array.from({ length: block.length }, (_, at) => block.key(at)));
    return PointBlock.of(keys.sort(comparePoints));
  }
}

/** Numbers into numbers, or any into 64-bit integers. */
function copyInto(target: Float64Array | BigInt64Array, source: Float64Array | BigInt64Array, place: number): void {
  if (target instanceof Float64Array) target.set(source as Float64Array, place);
  else if (source instanceof BigInt64Array) target.set(source, place);
  else target.set(BigInt64Array.from(source, BigInt), place);
}
