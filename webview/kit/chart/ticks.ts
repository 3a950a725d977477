// Where the ticks of a plot are and what they say, whatever its axis and scale.
import type { AxisScale, ChartAxis } from '../../../src/protocol/series';
import { niceTicks, tickText, timeTicks, valueTickText } from './axis';
import type { Geometry } from './geometry';
import { logTicks } from './scale';

/** Vertical ticks a chart has room for. */
const mostValues = 5;

/** Places of the horizontal ticks, in axis units. */
export function placeTicks(axis: ChartAxis, plot: Geometry): number[] {
  const { from, to } = plot;
  const most = Math.max(2, Math.floor((plot.right - plot.left) / 72));
  if (plot.scaleX === 'log') return logTicks(from, to, most).filter((tick) => axis !== 'step' || tick >= 1);
  if (axis === 'metric') return niceTicks(from, to, most);
  if (axis !== 'step') return timeTicks(axis, from, to, most);
  return niceTicks(from, to, most).filter(Number.isInteger);
}

/** What stands at a horizontal tick. */
export function placeTickText(axis: ChartAxis, x: number, plot: Geometry): string {
  if (axis === 'metric') return powerText(x);
  return tickText(axis, Number(x.toPrecision(12)), plot.to - plot.from);
}

/** Values of the vertical ticks. */
export function valueTicks(plot: Geometry): number[] {
  const { low, high } = plot;
  return plot.scaleY === 'log' ? logTicks(low, high, mostValues) : niceTicks(low, high, mostValues);
}

/** What stands at the vertical ticks, each with the digits that it needs, no more. */
export function valueTickTexts(values: readonly number[], scale: AxisScale): string[] {
  const step = (values[1] ?? 1) - (values[0] ?? 0);
  return values.map((value) => (scale === 'log' ? powerText(value) : valueTickText(value, step)));
}

function powerText(value: number): string {
  const exact = Number(value.toPrecision(6));
  const size = Math.abs(exact);
  if (size >= 1e6 || (size < 1e-4 && size !== 0)) return exact.toExponential().replace('e+', 'e').replaceAll('-', '−');
  return exact.toLocaleString('en-US', { maximumSignificantDigits: 4 }).replace('-', '−');
}
