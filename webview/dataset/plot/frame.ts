// Where things lie in a small plot: pixels from its top left corner.
import { niceTicks } from '../../kit/chart/axis';

/** The plot's edges in pixels and what it spans. */
export interface PlotFrame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: { from: number; to: number };
  y: { from: number; to: number };
}

/** Pixels from the left of a place on the horizontal axis. */
export function acrossOf({ left, right, x }: PlotFrame, value: number): number {
  return left + ((value - x.from) / (x.to - x.from || 1)) * (right - left);
}

/** Pixels from the top of a value; what lies outside is drawn at the edge. */
export function downOf({ top, bottom, y }: PlotFrame, value: number): number {
  const share = (Math.min(y.to, Math.max(y.from, value)) - y.from) / (y.to - y.from || 1);
  return bottom - share * (bottom - top);
}

/** Fewer ticks say nothing of a scale. */
const leastTicks = 3;

/** Ticks of the horizontal axis for which there is room; a step finer where round numbers leave less than three. */
export function acrossTicks({ left, right, x }: PlotFrame): number[] {
  const most = Math.max(2, Math.floor((right - left) / 72));
  const ticks = niceTicks(x.from, x.to, most);
  if (ticks.length >= leastTicks || ticks.length === 0) return ticks;
  return (
    [2, 3].map((times) => niceTicks(x.from, x.to, most * times)).find(({ length }) => length >= leastTicks) ?? ticks
  );
}

/** A path through points in pixels, one decimal each. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.length === 0 ? '' : `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;
}
