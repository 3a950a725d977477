// Axes side by side and where each run crosses them.
import type { RelationColumn } from '../../../../src/protocol/comparison/relations';
import { axisOf, placeOn, usualScale, type ValueAxis } from './value-axis';

/** Size of the drawing in CSS pixels; what has no place on an axis crosses at `none`. */
export const parallelSize = { height: 232, top: 8, bottom: 196, none: 220 };
/** Colours of the lines, from the worst to the best. */
const rampSteps = 7;

/** `xs` of the axes, and of each axis the height at which each run crosses. */
export interface ParallelPlot {
  axes: readonly ValueAxis[];
  flipped: ReadonlySet<string>;
  xs: readonly number[];
  ys: readonly (readonly number[])[];
  hasNone: readonly boolean[];
}

/** The plot of some columns in a width. */
export function parallelPlot(
  columns: readonly RelationColumn[],
  flips: readonly string[],
  width: number,
): ParallelPlot {
  const flipped = new Set(flips);
  const axes = columns.map((column) => axisOf(column, usualScale(column), 5));
  const space = width / Math.max(1, axes.length);
  const ys = axes.map((axis) =>
    axis.column.values.map((value) => {
      const place = placeOn(axis, value);
      return place === null ? parallelSize.none : heightAt(place, flipped.has(axis.column.id));
    }),
  );
  return {
    axes,
    flipped,
    xs: axes.map((_, at) => space * (at + 0.5)),
    ys,
    hasNone: ys.map((own) => own.includes(parallelSize.none)),
  };
}

/** The height of a place from 0 to 1: greater is higher, but on an axis that is flipped. */
export function heightAt(place: number, isFlipped: boolean): number {
  const { top, bottom } = parallelSize;
  return bottom - (isFlipped ? 1 - place : place) * (bottom - top);
}

/** The place at a height, from 0 to 1. */
export function placeAtHeight(y: number, isFlipped: boolean): number {
  const { top, bottom } = parallelSize;
  const place = Math.min(1, Math.max(0, (bottom - y) / (bottom - top)));
  return isFlipped ? 1 - place : place;
}

/** The line of one run as an SVG path. */
export function runPath({ xs, ys }: ParallelPlot, run: number): string {
  return `M${xs.map((x, at) => `${x.toFixed(1)} ${(ys[at]?.[run] ?? 0).toFixed(1)}`).join('L')}`;
}

/** All lines of one colour in one path each, since a thousand elements would be slow; `none` are runs without the target. */
export function linesByColour(
  plot: ParallelPlot,
  { target, kept }: { target: RelationColumn; kept: readonly boolean[] },
): { out: string; none: string; ramp: { step: number; path: string }[] } {
  const axis = axisOf(target, usualScale(target), 2);
  const lines = {
    out: '',
    none: '',
    ramp: Array.from({ length: rampSteps }, (_, step) => ({ step, path: '' })),
  };
  for (const [run, value] of target.values.entries()) {
    const path = runPath(plot, run);
    const place = placeOn(axis, value);
    if (kept[run] !== true) lines.out += path;
    else if (place === null) lines.none += path;
    else {
      const good = target.direction === 'down' ? 1 - place : place;
      const step = Math.min(rampSteps - 1, Math.max(0, Math.floor(good * rampSteps)));
      const line = lines.ramp[step];
      if (line !== undefined) line.path += path;
    }
  }
  return lines;
}

/** The run whose line passes nearest to a point, of those that are kept; null where none is near. */
export function nearestLine(
  { xs, ys }: ParallelPlot,
  { x, y, kept }: { x: number; y: number; kept: readonly boolean[] },
): number | null {
  const beyond = xs.findIndex((each) => each > x);
  const right = Math.max(1, beyond === -1 ? xs.length - 1 : beyond);
  const [from = 0, to = 1] = [xs[right - 1], xs[right]];
  const share = Math.min(1, Math.max(0, (x - from) / (to - from || 1)));
  let [found, least] = [null as number | null, 12];
  for (const [run, isKept] of kept.entries()) {
    if (!isKept) continue;
    const [one = 0, other = one] = [ys[right - 1]?.[run], ys[right]?.[run]];
    const far = Math.abs(one + (other - one) * share - y);
    if (far < least) [found, least] = [run, far];
  }
  return found;
}
