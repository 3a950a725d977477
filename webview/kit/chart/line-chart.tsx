// One metric over its axis: uPlot draws the line, the overlay follows pointer and keys, a table tells the same.
import { type KeyboardEvent, memo, type PointerEvent, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { useWidth } from '../width';
import { nearestBucket, valueRange } from './bucket';
import { type ChartColours, useChartColours } from './colours';
import type { Crosshair } from './crosshair';
import { plotGeometry } from './geometry';
import { Overlay } from './overlay';
import { type Picture, Plot } from './plot';

export interface LineChartProps {
  series: BucketSeries;
  direction: MetricDirection;
  axis: ChartAxis;
  range: { from: number; to: number };
  crosshair: Crosshair;
  /** Where the crosshair rests while nobody points: the best value, when there is one. */
  rest: number | null;
  /** What the chart shows, in one sentence. */
  finding: string;
}

/** The chart itself, without caption. Drawn again only when what it shows has changed. */
export const LineChart = memo(function LineChart(props: LineChartProps) {
  const { series, axis, range, crosshair, finding } = props;
  const colours = useChartColours();
  const [box, width] = useWidth<HTMLButtonElement>();
  const canvas = useRef<HTMLDivElement>(null);
  const geometry = useMemo(
    () => (width === 0 ? null : plotGeometry(width, range, valueRange(series))),
    [width, range, series],
  );
  usePlot(canvas, { axis, colours }, geometry === null ? null : { series, geometry });
  const point = (event: PointerEvent): void => {
    if (geometry === null || canvas.current === null) return;
    const pixel = event.clientX - canvas.current.getBoundingClientRect().left;
    const share = (pixel - geometry.left) / (geometry.right - geometry.left);
    crosshair.move(geometry.from + Math.min(1, Math.max(0, share)) * (geometry.to - geometry.from));
  };
  return (
    <button
      ref={box}
      type="button"
      className="chart"
      aria-roledescription="chart"
      aria-label={finding}
      onPointerMove={point}
      onPointerLeave={() => crosshair.move(null)}
      onKeyDown={(event) => moveByKey(event, props)}
      onBlur={() => crosshair.move(null)}
    >
      <div ref={canvas} />
      {geometry !== null && <Overlay {...props} geometry={geometry} />}
    </button>
  );
});

/** Keeps a plot in `box` that shows `picture`; a new one only for another axis or other colours. */
function usePlot(
  box: RefObject<HTMLDivElement | null>,
  { axis, colours }: { axis: ChartAxis; colours: ChartColours },
  picture: Picture | null,
): void {
  const plot = useRef<Plot | null>(null);
  const { series, geometry } = picture ?? { series: null, geometry: null };
  useLayoutEffect(
    () => () => {
      plot.current?.destroy();
      plot.current = null;
    },
    [axis, colours],
  );
  useLayoutEffect(() => {
    if (box.current === null || series === null || geometry === null) return;
    if (plot.current === null) plot.current = new Plot(box.current, { axis, colours }, { series, geometry });
    else plot.current.show({ series, geometry });
  }, [box, axis, colours, series, geometry]);
}

/** Arrows go bucket by bucket, Home and End to the ends, Esc lets go. */
function moveByKey(event: KeyboardEvent, { series, crosshair, rest, range }: LineChartProps): void {
  const last = series.x.length - 1;
  const here = nearestBucket(series, crosshair.x ?? rest ?? range.to);
  const moves: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last };
  if (event.key === 'Escape') crosshair.move(null);
  const target = moves[event.key];
  if (target === undefined) return;
  event.preventDefault();
  crosshair.move(series.x[Math.min(last, Math.max(0, target))] ?? null);
}
