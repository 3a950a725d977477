// What one line of a chart is; it is told from the others by colour, sign and dash, always together.
import type { MetricDirection } from '../../../src/protocol/run';
import type { AxisScale, BucketSeries, ChartAxis, GroupCentre, GroupSpread } from '../../../src/protocol/series';

/** One metric in a chart. `series` is what is drawn, `shown` what of it lies in sight. */
export interface Curve {
  series: BucketSeries;
  shown: BucketSeries;
  direction: MetricDirection;
  /** Its place among the chart's curves, from 0: decides colour, shape and dash. */
  mark: number;
}

/** How a chart is looked at. */
export interface ChartView {
  axis: ChartAxis;
  /** The metric on the horizontal axis, where that is one; else empty. */
  along: string;
  /** What curves of several runs are; null where each is of one run. */
  group: GroupView | null;
  scaleX: AxisScale;
  scaleY: AxisScale;
}

/** What stands for the runs of a group, and what the band around it is. */
export interface GroupView {
  centre: GroupCentre;
  spread: GroupSpread;
}

/** A part of the horizontal axis, in axis units. */
export interface Range {
  from: number;
  to: number;
}

const dashes: readonly number[][] = [[], [6, 4], [1.5, 3], [7, 3, 1.5, 3], [11, 4], [3, 3]];
/** Lengths of dash and gap in CSS pixels; empty for a solid line. Each round of 36 marks has them moved on by one more. */
export function markDash(mark: number): readonly number[] {
  const { length } = dashes;
  return dashes[(mark + Math.floor(mark / length) + Math.floor(mark / length ** 2)) % length] ?? [];
}

/** The line that is drawn strongly: the moving average where there is one, else the last value of each bucket. */
export function lineOf(series: BucketSeries): readonly number[] {
  return series.smooth.length > 0 ? series.smooth : series.last;
}
