// What uPlot does not draw by itself: the band from least to greatest, the end of the line, values that are no numbers.
import type uPlot from 'uplot';
import type { BucketSeries } from '../../../src/protocol/series';
import { marksText } from './bucket';
import type { ChartColours } from './colours';

/** What the painter needs beside the chart itself. */
export interface Painting {
  series: BucketSeries;
  colours: ChartColours;
}

/** Hooks of uPlot around the line; `read` gives what is to be painted now. All lengths are canvas pixels. */
export function painter(read: () => Painting): uPlot.Hooks.Arrays {
  return {
    drawAxes: [(chart) => paintBand(chart, read())],
    draw: [
      (chart) => {
        paintEnd(chart, read());
        paintMarks(chart, read());
      },
    ],
  };
}

/** Least and greatest of each bucket, at their true places, so that no spike is lost or moved. */
function paintBand(chart: uPlot, { series, colours }: Painting): void {
  const { ctx, bbox } = chart;
  if (series.x.length < 2) return;
  const across = (x: number | undefined): number => chart.valToPos(x ?? 0, 'x', true);
  const down = (y: number | undefined): number => chart.valToPos(y ?? 0, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (const [index, value] of series.max.entries()) ctx.lineTo(across(series.maxX[index]), down(value));
  for (let index = series.min.length - 1; index >= 0; index--) {
    ctx.lineTo(across(series.minX[index]), down(series.min[index]));
  }
  ctx.closePath();
  ctx.fillStyle = colours.band;
  ctx.fill();
  // A thin line keeps a spike of one pixel's width visible.
  ctx.strokeStyle = colours.band;
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

function paintEnd(chart: uPlot, { series, colours }: Painting): void {
  const { ctx } = chart;
  const [x, y] = [series.x.at(-1), series.last.at(-1)];
  if (x === undefined || y === undefined) return;
  ctx.save();
  ctx.beginPath();
  ctx.arc(chart.valToPos(x, 'x', true), chart.valToPos(y, 'y', true), 3 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.fillStyle = colours.run;
  ctx.fill();
  ctx.restore();
}

/** Hollow triangles on the axis, not closer than they are wide, and how many values they stand for. */
function paintMarks(chart: uPlot, { series, colours }: Painting): void {
  const { ctx, bbox } = chart;
  if (series.marks.length === 0) return;
  const unit = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.strokeStyle = colours.caution;
  ctx.lineWidth = 1.2 * unit;
  let lastPixel = Number.NEGATIVE_INFINITY;
  for (const mark of series.marks) {
    const pixel = chart.valToPos(mark.x, 'x', true);
    if (pixel - lastPixel < 4 * unit) continue;
    lastPixel = pixel;
    ctx.beginPath();
    ctx.moveTo(pixel - 4 * unit, bottom);
    ctx.lineTo(pixel + 4 * unit, bottom);
    ctx.lineTo(pixel, bottom - 6 * unit);
    ctx.closePath();
    ctx.stroke();
  }
  paintCount(chart, { text: marksText(series), beside: lastPixel, colours });
  ctx.restore();
}

function paintCount(chart: uPlot, label: { text: string; beside: number; colours: ChartColours }): void {
  const { ctx, bbox } = chart;
  const unit = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  ctx.font = `${11 * unit}px ${label.colours.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const width = ctx.measureText(label.text).width;
  const fits = label.beside + 8 * unit + width < bbox.left + bbox.width;
  const left = fits ? label.beside + 8 * unit : Math.max(bbox.left, label.beside - 8 * unit - width);
  ctx.fillStyle = label.colours.paper;
  ctx.globalAlpha = 0.8;
  ctx.fillRect(left - 2 * unit, bottom - 13 * unit, width + 4 * unit, 12 * unit);
  ctx.globalAlpha = 1;
  ctx.fillStyle = label.colours.text;
  ctx.fillText(label.text, left, bottom - 3 * unit);
}
