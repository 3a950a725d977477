// The crosshair over one chart: drawn apart from the curve, so that moving it costs no redraw of the chart.

import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { readAt } from './bucket';
import { type Crosshair, useCrosshair } from './crosshair';
import type { Geometry } from './geometry';

/** A dotted line at the crosshair, a ring on the curve. */
export function Overlay(props: {
  geometry: Geometry;
  series: BucketSeries;
  direction: MetricDirection;
  crosshair: Crosshair;
  rest: number | null;
}) {
  const { geometry, series } = props;
  const pointed = useCrosshair(props.crosshair);
  const place = pointed ?? props.rest;
  const read = place === null ? undefined : readAt(series, { x: place, isRest: pointed === null }, props.direction);
  if (read === undefined) return null;
  const { x, y } = read;
  const across =
    geometry.left + ((x - geometry.from) / (geometry.to - geometry.from)) * (geometry.right - geometry.left);
  const down =
    geometry.bottom - ((y - geometry.low) / (geometry.high - geometry.low)) * (geometry.bottom - geometry.top);
  return (
    <svg className="overlay" aria-hidden="true">
      <line x1={across} x2={across} y1={geometry.top} y2={geometry.bottom} strokeDasharray="2 2" />
      <circle cx={across} cy={down} r="3.5" />
    </svg>
  );
}
