// Linear and logarithmic axes; everything that turns a value into a place asks here.
import type { AxisScale } from '../../../src/protocol/series';
import { niceTicks } from './axis';

/** A value as the axis measures it: itself, or its decimal logarithm. */
export function toScale(scale: AxisScale, value: number): number {
  return scale === 'log' ? Math.log10(value) : value;
}

/** The value that stands at a measure of the axis. */
export function fromScale(scale: AxisScale, measure: number): number {
  return scale === 'log' ? 10 ** measure : measure;
}

/** True for what the axis has a place for. */
export function hasPlace(scale: AxisScale, value: number): boolean {
  return scale === 'linear' || value > 0;
}

/** The nearest finite number that a logarithmic axis has a place for. */
export function withinLog(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(Number.MIN_VALUE, value));
}

/**
 * Decades between two bounds above zero; 1, 2 and 5 of each, or round numbers, where decades are too few. At most about
 * `most` of them; none when a bound is NaN.
 */
export function logTicks(from: number, to: number, most: number): number[] {
  const [low, high] = [withinLog(from), withinLog(to)];
  const decades: number[] = [];
  const parts: number[] = [];
  // No number has a power beyond ±324, so this ends.
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    const decade = Number(`1e${power}`);
    if (decade >= low && decade <= high) decades.push(decade);
    parts.push(...[decade, decade * 2, decade * 5].filter((tick) => tick >= low && tick <= high));
  }
  const stride = Math.ceil(decades.length / Math.min(48, Math.max(1, most)));
  if (decades.length >= 3) return decades.filter((_, index) => (decades.length - 1 - index) % stride === 0);
  return parts.length >= 2 ? parts : niceTicks(low, high, most).filter((tick) => tick > 0);
}
