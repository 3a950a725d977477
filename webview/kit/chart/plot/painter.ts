// What is drawn within uPlot's axes: bands and lines, the end of a line, values that are no numbers.
import type uPlot from 'uplot';
import { markColour, markSign } from '../../../../src/protocol/runs/mark-signs';
import type { ChartColours } from '../colours';
import { type Curve, lineOf, markDash } from '../curve';
import { across, down, type Geometry } from '../geometry';
import { hasPlace } from '../scale';
import { bandPath } from './band';
import { linePath } from './line-path';

/** What the painter needs beside the canvas itself. */
export interface Painting {
  curves: readonly Curve[];
  geometry: Geometry;
  colours: ChartColours;
}

/** Hooks of uPlot around the lines; `read` gives what is to be painted now. Lengths are CSS pixels. */
export function painter(read: () => Painting): uPlot.Hooks.Arrays {
  const paint = (chart: uPlot, work: (context: CanvasRenderingContext2D, painting: Painting) => void): void => {
    chart.ctx.save();
    chart.ctx.scale(devicePixelRatio, devicePixelRatio);
    work(chart.ctx, read());
    chart.ctx.restore();
  };
  return { draw: [(chart) => paint(chart, paintCurves), (chart) => paint(chart, paintSigns)] };
}

function paintCurves(context: CanvasRenderingContext2D, painting: Painting): void {
  clip(context, painting.geometry);
  paintBands(context, painting);
  for (const curve of painting.curves) paintLines(context, curve, painting);
}

/** The raw line, faint behind the smooth one where there is one, then the strong line in the curve's dash. */
function paintLines(context: CanvasRenderingContext2D, { series, mark }: Curve, { geometry, colours }: Painting): void {
  context.strokeStyle = colours.marks[markColour(mark)] ?? colours.text;
  const stroke = (values: readonly number[], line: { alpha: number; width: number; dash: readonly number[] }): void => {
    context.globalAlpha = line.alpha;
    context.lineWidth = line.width;
    context.setLineDash([...line.dash]);
    context.stroke(new Path2D(linePath(geometry, series.x, values)));
  };
  context.lineJoin = 'round';
  if (series.smooth.length > 0) stroke(series.last, { alpha: 0.35, width: 1, dash: [] });
  stroke(lineOf(series), { alpha: 1, width: 1.5, dash: markDash(mark) });
}

/** Bands at their true places, so that no spike is lost or moved. */
function paintBands(context: CanvasRenderingContext2D, { curves, geometry, colours }: Painting): void {
  context.globalAlpha = curves.length > 1 ? 0.14 : 0.22;
  for (const { series, mark } of curves) {
    const band = new Path2D(bandPath(geometry, series));
    context.fillStyle = colours.marks[markColour(mark)] ?? colours.text;
    context.fill(band);
    // A thin line keeps a spike of one pixel's width visible.
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 1;
    context.stroke(band);
  }
}

function paintSigns(context: CanvasRenderingContext2D, painting: Painting): void {
  for (const curve of painting.curves) paintEnd(context, curve, painting);
  paintMarks(context, painting);
}

/** The curve's sign where it ends, unless it goes on beyond the part in sight. */
function paintEnd(context: CanvasRenderingContext2D, { series, mark }: Curve, painting: Painting): void {
  const { geometry, colours } = painting;
  const [x, y] = [series.x.at(-1), lineOf(series).at(-1)];
  if (x === undefined || y === undefined || x > geometry.to || x < geometry.from) return;
  if (!hasPlace(geometry.scaleY, y)) return;
  const { path, isFilled } = markSign(mark);
  context.save();
  context.translate(across(geometry, x), down(geometry, y));
  context.fillStyle = (isFilled ? colours.marks[markColour(mark)] : colours.paper) ?? colours.text;
  context.strokeStyle = colours.marks[markColour(mark)] ?? colours.text;
  const sign = new Path2D(path);
  context.fill(sign);
  if (!isFilled) context.stroke(sign);
  context.restore();
}

/** Hollow triangles on the axis, not closer than they are wide; the figure says how many values they stand for. */
function paintMarks(context: CanvasRenderingContext2D, { curves, geometry, colours }: Painting): void {
  const places = curves.flatMap(({ shown }) => shown.marks.map(({ x }) => x)).sort((a, b) => a - b);
  const { bottom } = geometry;
  context.strokeStyle = colours.caution;
  context.lineWidth = 1.2;
  let last = Number.NEGATIVE_INFINITY;
  for (const place of places) {
    const pixel = across(geometry, place);
    if (pixel - last < 4) continue;
    last = pixel;
    context.stroke(new Path2D(`M${pixel - 4} ${bottom}h8l-4-6z`));
  }
}

function clip(context: CanvasRenderingContext2D, { left, right, top, bottom }: Geometry): void {
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}
