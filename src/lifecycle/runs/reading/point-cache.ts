// A live chart asks for the same series again and again: what was read stays, and only what came behind it is fetched.
import type { PointBlock } from '../store/points/point-block';
import type { PointColumns } from './curves/placed-points';

/** The points of one series as far as they have been read; grows at the end. Belongs to one run and key for good. */
export class CachedSeries implements PointColumns {
  step = new Float64Array(256);
  time = new Float64Array(256);
  value = new Float64Array(256);
  length = 0;

  /** `identity` names run and key, so that a reused row id is never taken for the old series. */
  constructor(readonly identity: string) {}

  /** Adds points behind all others. Steps beyond 2^53 are rounded. */
  append(block: PointBlock): void {
    const length = this.length + block.length;
    while (length > this.step.length) this.#grow();
    const { steps } = block;
    this.step.set(steps instanceof Float64Array ? steps : Float64Array.from(steps, Number), this.length);
    this.time.set(block.times, this.length);
    this.value.set(block.values, this.length);
    this.length = length;
  }

  #grow(): void {
    const grown = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(column.length * 2);
      larger.set(column);
      return larger;
    };
    this.step = grown(this.step);
    this.time = grown(this.time);
    this.value = grown(this.value);
  }
}

/**
 * The most lately asked series of one connection, at most `limit` points in all (24 bytes each); one alone, the latest,
 * may hold up to `largest`.
 */
export class PointCache {
  readonly #series = new Map<number, CachedSeries>();
  readonly #limit: number;
  readonly #largest: number;

  constructor(limit: number, largest = limit) {
    this.#limit = limit;
    this.#largest = largest;
  }

  /** What is known of a series, if it is still the same one. */
  get(series: number, identity: string): CachedSeries | undefined {
    const found = this.#series.get(series);
    return found?.identity === identity ? found : undefined;
  }

  /** Keeps a series as the latest asked and drops the ones longest unasked beyond the limit. */
  keep(series: number, points: CachedSeries): void {
    this.#series.delete(series);
    this.#series.set(series, points);
    let total = 0;
    for (const each of this.#series.values()) total += each.length;
    for (const [oldest, each] of this.#series) {
      const isAlone = this.#series.size === 1;
      if (total <= (isAlone ? this.#largest : this.#limit)) return;
      this.#series.delete(oldest);
      total -= each.length;
    }
  }
}
