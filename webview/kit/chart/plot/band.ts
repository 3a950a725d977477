// The band of a curve, as the outline that is painted and exported: from least to greatest of each bucket, or of a group.
import type { BucketSeries } from '../../../../src/protocol/series';
import { across, down, type Geometry } from '../geometry';
import { hasPlace } from '../scale';

interface Edges {
  high: readonly (number | null)[];
  highX: readonly number[];
  low: readonly (number | null)[];
  lowX: readonly number[];
}

/**
 * An SVG path in CSS pixels; it is broken where a logarithmic axis has no place for any value of a bucket, and where a
 * group has no band. A path over another metric has none.
 */
export function bandPath(plot: Geometry, series: BucketSeries): string {
  if (series.joined !== null) return '';
  const edges = edgesOf(series);
  let path = '';
  let start = 0;
  for (let index = 0; index <= series.x.length; index++) {
    const high = edges.high[index] ?? null;
    const isThere = index < series.x.length && high !== null && hasPlace(plot.scaleY, high);
    if (isThere) continue;
    if (index - start > 1) path += pieceOf(plot, edges, { start, end: index });
    start = index + 1;
  }
  return path;
}

function edgesOf({ x, min, minX, max, maxX, group }: BucketSeries): Edges {
  // The least and greatest of all points stand at their own places, also those of a group.
  const isOf = (edges: readonly (number | null)[], extremes: readonly number[]): boolean =>
    edges.every((edge, index) => edge === extremes[index]);
  const isRange = group === null || (isOf(group.low, min) && isOf(group.high, max));
  return isRange
    ? { high: max, highX: maxX, low: min, lowX: minX }
    : { high: group.high, highX: x, low: group.low, lowX: x };
}

/** Greatest values forth, least values back. */
function pieceOf(plot: Geometry, edges: Edges, { start, end }: { start: number; end: number }): string {
  const points: string[] = [];
  for (let index = start; index < end; index++) points.push(at(plot, edges.highX[index], edges.high[index] ?? 0));
  for (let index = end - 1; index >= start; index--) points.push(at(plot, edges.lowX[index], edges.low[index] ?? 0));
  return `M${points.join('L')}Z`;
}

function at(plot: Geometry, x = 0, y = 0): string {
  return `${across(plot, x).toFixed(2)} ${down(plot, y).toFixed(2)}`;
}
