// How uPlot is set up: lines and axes only. No cursor, no legend: everything that follows the pointer is our overlay.
import type uPlot from 'uplot';
import { markColour, markDash } from '../curve';
import { axisHeight, axisWidth, chartHeight, type Geometry, rightMargin, topMargin } from '../geometry';
import { fromScale, toScale } from '../scale';
import { placeTicks, placeTickText, valueTicks, valueTickTexts } from '../ticks';
import type { PlotStyle } from './plot';

/** What stays the same while curves grow; `read` gives the plot's place and span at each drawing. */
export function plotOptions(style: PlotStyle, read: () => Geometry): Omit<uPlot.Options, 'hooks'> {
  const { view, colours } = style;
  const font = `11px ${colours.font}`;
  const shared = { font, stroke: colours.text, ticks: { show: false }, border: { show: false } };
  const { scaleX, scaleY, axis } = view;
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
    series: [{}, ...style.lines.map((line) => seriesOf(line, style))],
    axes: [
      {
        ...shared,
        size: axisHeight,
        gap: 6,
        grid: { show: false },
        splits: () => placeTicks(axis, read()).map((x) => toScale(scaleX, x)),
        values: (_chart, places) => places.map((at) => placeTickText(axis, fromScale(scaleX, at), read())),
      },
      {
        ...shared,
        size: axisWidth,
        gap: 6,
        grid: { stroke: colours.grid, width: 1 },
        splits: () => valueTicks(read()).map((y) => toScale(scaleY, y)),
        values: (_chart, values) =>
          valueTickTexts(
            values.map((at) => fromScale(scaleY, at)),
            scaleY,
          ),
      },
    ],
  };
}

function seriesOf({ mark, isFaint }: PlotStyle['lines'][number], { colours }: PlotStyle): uPlot.Series {
  const dash = isFaint ? [] : [...markDash(mark)];
  return {
    stroke: colours.marks[markColour(mark)] ?? colours.text,
    width: isFaint ? 1 : 1.5,
    alpha: isFaint ? 0.35 : 1,
    pxAlign: 0,
    points: { show: false },
    ...(dash.length === 0 ? {} : { dash }),
  };
}
