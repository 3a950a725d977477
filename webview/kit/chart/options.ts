// How Chart.js is set up: no animation, no events, no legend; everything that follows the pointer is our overlay.
import type { ChartOptions, Scale } from 'chart.js';
import type { ChartAxis } from '../../../src/protocol/series';
import { niceTicks, tickText, timeTicks, valueTickText } from './axis';
import type { ChartColours } from './colours';

/** Width of every chart's vertical axis, so that small multiples share their plot width. */
export const axisWidth = 48;
const rightMargin = 16;

/** Options for one chart; `range` is the common extent of all charts of the panel. */
export function chartOptions(settings: {
  axis: ChartAxis;
  range: { from: number; to: number };
  /** Least and greatest value, so that no spike is cut off; undefined without a finite value. */
  values: { low: number; high: number } | undefined;
  colours: ChartColours;
}): ChartOptions<'line'> {
  const { axis, colours } = settings;
  const { from, to } = padded(settings.range);
  const font = { size: 11, family: colours.font };
  const border = { display: false };
  return {
    animation: false,
    events: [],
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    parsing: false,
    layout: { padding: { top: 6, right: rightMargin, left: 0, bottom: 0 } },
    elements: { point: { radius: 0 }, line: { borderWidth: 1.5, tension: 0, borderJoinStyle: 'round' } },
    scales: {
      x: {
        type: 'linear',
        min: from,
        max: to,
        grid: { display: false },
        border,
        afterBuildTicks: (scale) => setTicks(scale, axis),
        ticks: {
          font,
          color: colours.text,
          maxRotation: 0,
          autoSkip: false,
          padding: 4,
          callback: (value) => tickText(axis, Number(value), to - from),
        },
      },
      y: {
        type: 'linear',
        ...(settings.values === undefined ? {} : verticalRange(settings.values)),
        afterBuildTicks: (scale) => {
          scale.ticks = niceTicks(scale.min, scale.max, 4).map((value) => ({ value }));
        },
        grid: { color: colours.grid, drawTicks: false },
        border,
        afterFit: (scale) => {
          scale.width = axisWidth;
        },
        ticks: {
          font,
          color: colours.text,
          padding: 6,
          maxTicksLimit: 5,
          callback: (value, _index, ticks) =>
            valueTickText(Number(value), (ticks[1]?.value ?? 1) - (ticks[0]?.value ?? 0)),
        },
      },
    },
  };
}

/** A little air around the values; never below zero for values that are not, and no whole step of nothing. */
function verticalRange({ low, high }: { low: number; high: number }): { min: number; max: number } {
  const air = (high - low) * 0.04 || Math.abs(high) * 0.04 || 1;
  const min = low >= 0 && low - air < 0 ? 0 : low - air;
  const max = high <= 0 && high + air > 0 ? 0 : high + air;
  return { min, max };
}

function setTicks(scale: Scale, axis: ChartAxis): void {
  const most = Math.max(2, Math.floor(scale.width / 72));
  const values = axis === 'step' ? niceTicks(scale.min, scale.max, most) : timeTicks(axis, scale.min, scale.max, most);
  scale.ticks = values.filter((value) => axis !== 'step' || Number.isInteger(value)).map((value) => ({ value }));
}

/** A single place still needs a width to be drawn in. */
function padded({ from, to }: { from: number; to: number }): { from: number; to: number } {
  return from === to ? { from: from - 0.5, to: to + 0.5 } : { from, to };
}
