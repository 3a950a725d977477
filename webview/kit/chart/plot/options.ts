// How uPlot is set up: axes only. The painter draws the curves, and everything that follows the pointer is our overlay.
import type uPlot from 'uplot';
import { axisHeight, axisWidth, chartHeight, type Geometry, rightMargin, topMargin } from '../geometry';
import { fromScale, toScale } from '../scale';
import { placeTicks, placeTickText, valueTicks, valueTickTexts } from '../ticks';
import type { PlotStyle } from './plot';

/** What stays the same while curves grow; `read` gives the plot's place and span at each drawing. */
export function plotOptions(style: PlotStyle, read: () => Geometry): Omit<uPlot.Options, 'hooks'> {
  const { scaleX, scaleY } = style.view;
  return {
    width: read().right + rightMargin,
    height: chartHeight,
    padding: [topMargin, rightMargin, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [toScale(scaleX, read().from), toScale(scaleX, read().to)] },
      y: { range: () => [toScale(scaleY, read().low), toScale(scaleY, read().high)] },
    },
    // One that draws nothing: without a series uPlot has no vertical axis.
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: axesOf(style, read),
  };
}

function axesOf({ view, colours }: PlotStyle, read: () => Geometry): uPlot.Axis[] {
  const { scaleX, scaleY, axis } = view;
  const font = `11px ${colours.font}`;
  const shared = { font, stroke: colours.text, ticks: { show: false }, border: { show: false }, gap: 6 };
  return [
    {
      ...shared,
      size: axisHeight,
      grid: { show: false },
      splits: () => placeTicks(axis, read()).map((x) => toScale(scaleX, x)),
      values: (_chart, places) => places.map((at) => placeTickText(axis, fromScale(scaleX, at), read())),
    },
    {
      ...shared,
      size: axisWidth,
      grid: { stroke: colours.grid, width: 1 },
      splits: () => valueTicks(read()).map((y) => toScale(scaleY, y)),
      values: (_chart, values) =>
        valueTickTexts(
          values.map((at) => fromScale(scaleY, at)),
          scaleY,
        ),
    },
  ];
}
