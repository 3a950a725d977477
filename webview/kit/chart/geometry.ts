// Where a chart's plot lies and what it spans: known before anything is drawn, so that nothing has to be read back.
import type { AxisScale } from '../../../src/protocol/series';
import type { Curve, Range } from './curve';
import { fromScale, hasPlace, toScale, withinLog } from './scale';

/** Height of a chart in CSS pixels; charts.css gives its box the same. */
export const chartHeight = 156;
/** Width of every chart's vertical axis, so that small multiples share their plot width. */
export const axisWidth = 48;
/** Height of the horizontal axis. */
export const axisHeight = 22;
export const topMargin = 6;
export const rightMargin = 16;

/** Values that differ by a smaller share of themselves are drawn as one. */
const leastShare = 1e-12;
/** Values nearer to zero are drawn as zero. */
const leastSize = 1e-300;

/** The plot's edges in CSS pixels from the chart's top left corner, and what it spans in axis units. */
export interface Geometry {
  left: number;
  right: number;
  top: number;
  bottom: number;
  from: number;
  to: number;
  low: number;
  high: number;
  scaleX: AxisScale;
  scaleY: AxisScale;
}

/** What a plot is laid out for: the chart's size in CSS pixels, the common range of all charts, the scales. */
export interface PlotFrame {
  width: number;
  height?: number;
  range: Range;
  scaleX: AxisScale;
  scaleY: AxisScale;
}

/** The plot of a chart that shows `curves`; its vertical span holds every value in sight, so that no spike is cut off. */
export function plotGeometry(frame: PlotFrame, curves: readonly Curve[]): Geometry {
  const { width, height = chartHeight, range, scaleX, scaleY } = frame;
  const values = valueSpan(curves, scaleY);
  return {
    left: axisWidth,
    right: Math.max(axisWidth + 1, width - rightMargin),
    top: topMargin,
    bottom: height - axisHeight,
    ...padded(range, scaleX),
    ...(scaleY === 'log' ? logRange(values) : verticalRange(values)),
    scaleX,
    scaleY,
  };
}

/** A place on the horizontal axis in CSS pixels from the chart's left edge. */
export function across(plot: Geometry, x: number): number {
  const [from, to] = [toScale(plot.scaleX, plot.from), toScale(plot.scaleX, plot.to)];
  return plot.left + ((toScale(plot.scaleX, x) - from) / (to - from)) * (plot.right - plot.left);
}

/** A value in CSS pixels from the chart's top; at the plot's lower edge what a logarithmic axis has no place for. */
export function down(plot: Geometry, y: number): number {
  if (!hasPlace(plot.scaleY, y)) return plot.bottom;
  const [low, high] = [toScale(plot.scaleY, plot.low), toScale(plot.scaleY, plot.high)];
  return plot.bottom - ((toScale(plot.scaleY, y) - low) / (high - low)) * (plot.bottom - plot.top);
}

/** The place on the horizontal axis under a pixel; the nearest end beside the plot. */
export function placeAt(plot: Geometry, pixel: number): number {
  const share = Math.min(1, Math.max(0, (pixel - plot.left) / (plot.right - plot.left)));
  const [from, to] = [toScale(plot.scaleX, plot.from), toScale(plot.scaleX, plot.to)];
  return fromScale(plot.scaleX, from + share * (to - from));
}

/** Least and greatest value in sight that the axis has a place for. */
function valueSpan(curves: readonly Curve[], scale: AxisScale): { low: number; high: number } | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { shown } of curves) {
    const { group } = shown;
    // Of a group only what is drawn: its band may be much narrower than its extremes.
    const edges = group === null ? [shown.min, shown.max] : [group.low, group.high];
    for (const values of [...edges, shown.last, shown.smooth]) {
      for (const value of values) {
        if (value === null || !hasPlace(scale, value) || !Number.isFinite(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low <= high ? { low, high } : undefined;
}

/**
 * A little air around the values; never below zero for values that are not, and no whole step of nothing. Values that
 * differ in their last digits only, as a smoothed constant does, are one value.
 */
function verticalRange(values = { low: 0, high: 1 }): { low: number; high: number } {
  const { low, high } = values;
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < leastSize) return { low: 0, high: 1 };
  const air = high - low > size * leastShare ? (high - low) * 0.04 : size * 0.04;
  return finite({
    low: low >= 0 && low - air < 0 ? 0 : low - air,
    high: high <= 0 && high + air > 0 ? 0 : high + air,
  });
}

/** Numbers whose difference is a number too: what lies farther out is drawn at the edge. */
function finite(bounds: { low: number; high: number }): { low: number; high: number } {
  const low = Math.max(-Number.MAX_VALUE, bounds.low);
  const high = Math.min(Number.MAX_VALUE, bounds.high);
  return Number.isFinite(high - low) ? { low, high } : { low: low / 2, high: high / 2 };
}

function logRange(values = { low: 1, high: 10 }): { low: number; high: number } {
  const decades = Math.log10(values.high) - Math.log10(values.low);
  const factor = decades > leastShare ? 10 ** (decades * 0.04) : 1.5;
  return { low: withinLog(values.low / factor), high: withinLog(values.high * factor) };
}

/** A single place still needs a width to be drawn in, and a width that its own digits can tell apart. */
function padded({ from, to }: Range, scale: AxisScale): Range {
  if (to - from >= leastPart(from, to)) return { from, to };
  if (scale === 'log') return { from: withinLog(from / 2), to: withinLog(to * 2) };
  const half = Math.max(from === to ? 0.5 : 0, leastPart(from, to) / 2);
  return { from: from - half, to: to + half };
}

/** Least width of a part of an axis around two places whose ends, and some ticks between, are different numbers. */
export function leastPart(from: number, to: number): number {
  return Math.max(Math.abs(from), Math.abs(to)) * 1e-14 || Number.MIN_VALUE;
}
