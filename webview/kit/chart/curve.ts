// What one line of a chart is, and how it is told from the others: colour, shape and dash, always together.
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

const shapes = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  'M-3-3h6v6h-6z',
  'M0-4L4 3H-4z',
  'M0-4.500L4.500 0L0 4.500L-4.500 0z',
  'M0 4L4-3H-4z',
  'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
];
const dashes: readonly number[][] = [[], [6, 4], [1.5, 3], [7, 3, 1.5, 3], [11, 4], [3, 3]];
/** How many colours and shapes there are; beyond them colour and dash move on by one. */
const markCount = 6;

/** Which of the six colours a curve has: from the seventh on the shapes begin anew in another one. */
export function markColour(mark: number): number {
  return (mark + Math.floor(mark / markCount)) % markCount;
}

/** The outline of a curve's sign as an SVG path around 0, 0, and whether it is filled. */
export function markShape(mark: number): { path: string; isFilled: boolean } {
  const index = mark % markCount;
  return { path: shapes[index] ?? '', isFilled: index !== markCount - 1 };
}

/** Lengths of dash and gap in CSS pixels; empty for a solid line. */
export function markDash(mark: number): readonly number[] {
  return dashes[(mark + Math.floor(mark / markCount)) % dashes.length] ?? [];
}

/** The line that is drawn strongly: the moving average where there is one, else the last value of each bucket. */
export function lineOf(series: BucketSeries): readonly number[] {
  return series.smooth.length > 0 ? series.smooth : series.last;
}
