// The band from least to greatest of each bucket, as the outline that is painted and exported.
import type { BucketSeries } from '../../../../src/protocol/series';
import { across, down, type Geometry } from '../geometry';
import { hasPlace } from '../scale';

/** An SVG path in CSS pixels; it is broken where a logarithmic axis has no place for any value of a bucket. */
export function bandPath(plot: Geometry, series: BucketSeries): string {
  let path = '';
  let start = 0;
  for (let index = 0; index <= series.x.length; index++) {
    const isThere = index < series.x.length && hasPlace(plot.scaleY, series.max[index] ?? 0);
    if (isThere) continue;
    if (index - start > 1) path += pieceOf(plot, series, { start, end: index });
    start = index + 1;
  }
  return path;
}

/** Greatest values forth, least values back. */
function pieceOf(plot: Geometry, series: BucketSeries, { start, end }: { start: number; end: number }): string {
  const points: string[] = [];
  for (let index = start; index < end; index++) points.push(at(plot, series.maxX[index], series.max[index]));
  for (let index = end - 1; index >= start; index--) points.push(at(plot, series.minX[index], series.min[index]));
  return `M${points.join('L')}Z`;
}

function at(plot: Geometry, x = 0, y = 0): string {
  return `${across(plot, x).toFixed(2)} ${down(plot, y).toFixed(2)}`;
}
