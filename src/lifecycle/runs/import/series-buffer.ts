// Points come one by one and leave as columns. A series sends what it has when it is full; all of them do when too much waits.
import type { PointColumns } from './source-run';

/** Points of a series that are sent together. */
const mostInColumns = 10_000;
/** Points of all series that wait at most. */
const mostWaiting = 500_000;
const first = 128;

/** The points of one series that wait. */
class Waiting {
  steps: Float64Array | BigInt64Array = new Float64Array(first);
  times = new Float64Array(first);
  values = new Float64Array(first);
  length = 0;
}

/** Collects points of any number of series. */
export class SeriesBuffer {
  readonly #series = new Map<string, Waiting>();
  #waiting = 0;

  /** Adds a point (`time` in epoch milliseconds). Returns what is to be sent on now, if anything. */
  add(key: string, step: number | bigint, time: number, value: number): readonly PointColumns[] {
    let of = this.#series.get(key);
    if (of === undefined) {
      of = new Waiting();
      this.#series.set(key, of);
    }
    if (of.length === of.times.length) grow(of);
    put(of, step);
    of.times[of.length] = time;
    of.values[of.length] = value;
    of.length += 1;
    this.#waiting += 1;
    if (of.length === mostInColumns) return [this.#take(key, of)];
    return this.#waiting >= mostWaiting ? this.rest() : none;
  }

  /** Everything that waits. */
  rest(): PointColumns[] {
    return [...this.#series].map(([key, of]) => this.#take(key, of));
  }

  #take(key: string, of: Waiting): PointColumns {
    this.#series.delete(key);
    this.#waiting -= of.length;
    const { steps, times, values, length } = of;
    return { key, steps: steps.slice(0, length), times: times.slice(0, length), values: values.slice(0, length) };
  }
}

const none: readonly PointColumns[] = [];

function put(of: Waiting, step: number | bigint): void {
  if (typeof step === 'number' && of.steps instanceof Float64Array) of.steps[of.length] = step;
  else {
    if (of.steps instanceof Float64Array) of.steps = BigInt64Array.from(of.steps, BigInt);
    of.steps[of.length] = BigInt(step);
  }
}

function grow(of: Waiting): void {
  const size = Math.min(mostInColumns, of.times.length * 4);
  const grown = <T extends Float64Array | BigInt64Array>(larger: T, old: T): T => {
    larger.set(old as never);
    return larger;
  };
  of.steps =
    of.steps instanceof BigInt64Array
      ? grown(new BigInt64Array(size), of.steps)
      : grown(new Float64Array(size), of.steps);
  of.times = grown(new Float64Array(size), of.times);
  of.values = grown(new Float64Array(size), of.values);
}
