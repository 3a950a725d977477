// What Chart.js does not draw by itself: the band from least to greatest, the end of the line, values that are no numbers.
import type { Chart, Plugin } from 'chart.js';
import type { BucketSeries } from '../../../src/protocol/series';
import { marksText } from './bucket';
import type { ChartColours } from './colours';

/** What the painter needs beside the chart itself. */
export interface Painting {
  series: BucketSeries;
  colours: ChartColours;
}

/** A Chart.js plugin around the line; `read` gives what is to be painted now. */
export function painter(read: () => Painting, onGeometry: (chart: Chart) => void): Plugin<'line'> {
  return {
    id: 'slipway',
    beforeDatasetsDraw: (chart) => paintBand(chart, read()),
    afterDraw: (chart) => {
      paintEnd(chart, read());
      paintMarks(chart, read());
      onGeometry(chart);
    },
  };
}

/** Least and greatest of each bucket, at their true places, so that no spike is lost or moved. */
function paintBand(chart: Chart, { series, colours }: Painting): void {
  const { ctx, chartArea, scales } = chart;
  const { x, y } = scales;
  if (x === undefined || y === undefined || series.x.length < 2) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(chartArea.left, chartArea.top, chartArea.right - chartArea.left, chartArea.bottom - chartArea.top);
  ctx.clip();
  ctx.beginPath();
  for (const [index, value] of series.max.entries()) {
    ctx.lineTo(x.getPixelForValue(series.maxX[index] ?? 0), y.getPixelForValue(value));
  }
  for (let index = series.min.length - 1; index >= 0; index--) {
    ctx.lineTo(x.getPixelForValue(series.minX[index] ?? 0), y.getPixelForValue(series.min[index] ?? 0));
  }
  ctx.closePath();
  ctx.fillStyle = colours.band;
  ctx.fill();
  // A thin line keeps a spike of one pixel's width visible.
  ctx.strokeStyle = colours.band;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();
}

function paintEnd(chart: Chart, { series, colours }: Painting): void {
  const { ctx, scales } = chart;
  const [x, y] = [series.x.at(-1), series.last.at(-1)];
  if (x === undefined || y === undefined || scales.x === undefined || scales.y === undefined) return;
  ctx.save();
  ctx.beginPath();
  ctx.arc(scales.x.getPixelForValue(x), scales.y.getPixelForValue(y), 3, 0, 2 * Math.PI);
  ctx.fillStyle = colours.run;
  ctx.fill();
  ctx.restore();
}

/** Hollow triangles on the axis, not closer than they are wide, and how many values they stand for. */
function paintMarks(chart: Chart, { series, colours }: Painting): void {
  const { ctx, chartArea, scales } = chart;
  if (series.marks.length === 0 || scales.x === undefined) return;
  ctx.save();
  ctx.strokeStyle = colours.caution;
  ctx.lineWidth = 1.2;
  let lastPixel = Number.NEGATIVE_INFINITY;
  for (const mark of series.marks) {
    const pixel = scales.x.getPixelForValue(mark.x);
    if (pixel - lastPixel < 4) continue;
    lastPixel = pixel;
    ctx.beginPath();
    ctx.moveTo(pixel - 4, chartArea.bottom);
    ctx.lineTo(pixel + 4, chartArea.bottom);
    ctx.lineTo(pixel, chartArea.bottom - 6);
    ctx.closePath();
    ctx.stroke();
  }
  paintCount(chart, { text: marksText(series), beside: lastPixel, colours });
  ctx.restore();
}

function paintCount(chart: Chart, label: { text: string; beside: number; colours: ChartColours }): void {
  const { ctx, chartArea } = chart;
  ctx.font = `11px ${label.colours.font}`;
  const width = ctx.measureText(label.text).width;
  const fits = label.beside + 8 + width < chartArea.right;
  const left = fits ? label.beside + 8 : Math.max(chartArea.left, label.beside - 8 - width);
  ctx.fillStyle = label.colours.paper;
  ctx.globalAlpha = 0.8;
  ctx.fillRect(left - 2, chartArea.bottom - 13, width + 4, 12);
  ctx.globalAlpha = 1;
  ctx.fillStyle = label.colours.text;
  ctx.fillText(label.text, left, chartArea.bottom - 3);
}
