// How uPlot is set up: lines and axes only. No cursor, no legend: everything that follows the pointer is our overlay.
import type uPlot from 'uplot';
import type { ChartAxis } from '../../../src/protocol/series';
import { niceTicks, tickText, timeTicks, valueTickText } from './axis';
import type { ChartColours } from './colours';
import { axisHeight, axisWidth, chartHeight, type Geometry, rightMargin, topMargin } from './geometry';

/** What stays the same while a curve grows; `read` gives the plot's place and span at each drawing. */
export function plotOptions(settings: {
  axis: ChartAxis;
  colours: ChartColours;
  read: () => Geometry;
}): Omit<uPlot.Options, 'hooks'> {
  const { axis, colours, read } = settings;
  const font = `11px ${colours.font}`;
  const shared = { font, stroke: colours.text, ticks: { show: false }, border: { show: false } };
  return {
    width: read().right + rightMargin,
    height: chartHeight,
    padding: [topMargin, rightMargin, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [read().from, read().to] },
      y: { range: () => [read().low, read().high] },
    },
    series: [{}, { stroke: colours.run, width: 1.5, pxAlign: 0, points: { show: false } }],
    axes: [
      {
        ...shared,
        size: axisHeight,
        gap: 6,
        grid: { show: false },
        splits: (_chart, _index, from, to) => placeTicks(axis, read(), { from, to }),
        values: (_chart, places) => places.map((x) => tickText(axis, x, read().to - read().from)),
      },
      {
        ...shared,
        size: axisWidth,
        gap: 6,
        grid: { stroke: colours.grid, width: 1 },
        splits: (_chart, _index, low, high) => niceTicks(low, high, 4),
        values: (_chart, values) => values.map((value) => valueTickText(value, (values[1] ?? 1) - (values[0] ?? 0))),
      },
    ],
  };
}

function placeTicks(axis: ChartAxis, plot: Geometry, { from, to }: { from: number; to: number }): number[] {
  const most = Math.max(2, Math.floor((plot.right - plot.left) / 72));
  if (axis !== 'step') return timeTicks(axis, from, to, most);
  return niceTicks(from, to, most).filter(Number.isInteger);
}
