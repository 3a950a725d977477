// One metric over its axis: Chart.js draws the line, the overlay follows pointer and keys, a table tells the same.
import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { nearestBucket, valueRange } from './bucket';
import { useChartColours } from './colours';
import type { Crosshair } from './crosshair';
import { chartOptions } from './options';
import { type Geometry, Overlay } from './overlay';
import { type Painting, painter } from './painter';

Chart.register(LineController, LineElement, PointElement, LinearScale);

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

/** The chart itself, without caption. */
export function LineChart(props: LineChartProps) {
  const { series, axis, range, crosshair, finding } = props;
  const colours = useChartColours();
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'line'> | null>(null);
  const painting = useRef<Painting>({ series, colours });
  const [geometry, setGeometry] = useState<Geometry | null>(null);
  painting.current = { series, colours };

  useEffect(() => {
    if (canvas.current === null) return;
    const plugin = painter(
      () => painting.current,
      (drawn) => setGeometry((old) => sameOrNew(old, drawn)),
    );
    const made = new Chart(canvas.current, { type: 'line', data: { datasets: [] }, options: {}, plugins: [plugin] });
    chart.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const drawn = chart.current;
    if (drawn === null) return;
    const points = series.x.map((x, index) => ({ x, y: series.last[index] ?? null }));
    drawn.data = { datasets: [{ data: points, borderColor: colours.run, clip: 3 }] } as typeof drawn.data;
    drawn.options = chartOptions({ axis, range, colours, values: valueRange(series) });
    drawn.update('none');
  }, [series, axis, range, colours]);

  const point = (event: PointerEvent): void => {
    if (geometry === null || canvas.current === null) return;
    const pixel = event.clientX - canvas.current.getBoundingClientRect().left;
    const share = (pixel - geometry.left) / (geometry.right - geometry.left);
    crosshair.move(geometry.from + Math.min(1, Math.max(0, share)) * (geometry.to - geometry.from));
  };
  return (
    <button
      type="button"
      className="chart"
      aria-roledescription="chart"
      aria-label={finding}
      onPointerMove={point}
      onPointerLeave={() => crosshair.move(null)}
      onKeyDown={(event) => moveByKey(event, props)}
      onBlur={() => crosshair.move(null)}
    >
      <canvas ref={canvas} />
      {geometry !== null && <Overlay {...props} geometry={geometry} />}
    </button>
  );
}

function sameOrNew(old: Geometry | null, chart: Chart): Geometry | null {
  const { chartArea: area, scales } = chart;
  if (scales.x === undefined || scales.y === undefined) return old;
  const found: Geometry = {
    left: area.left,
    right: area.right,
    top: area.top,
    bottom: area.bottom,
    from: scales.x.min,
    to: scales.x.max,
    low: scales.y.min,
    high: scales.y.max,
  };
  return old !== null && JSON.stringify(old) === JSON.stringify(found) ? old : found;
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
