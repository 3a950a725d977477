// How the charts of a panel are looked at, as its state keeps it.
import type { AxisScale, ChartAxis } from '../series';

/** The same for all charts of one panel. */
export interface ChartLook {
  axis: ChartAxis;
  /** The metric on the horizontal axis, where that is one; empty until it is chosen. */
  along: string;
  scaleX: AxisScale;
  scaleY: AxisScale;
  smoothingBy: 'ema' | 'gaussian';
  /** Weight of the past in the moving average; 0 for none. */
  smoothing: number;
  /** Standard deviation of the Gaussian kernel in points; 0 for none. */
  sigma: number;
  /** The part of the horizontal axis that all charts show, in its units; null for all of it. */
  zoom: { from: number; to: number } | null;
}

/** Steps, linear, everything, as it was logged. */
export const plainLook: ChartLook = {
  ...{ axis: 'step', along: '', scaleX: 'linear', scaleY: 'linear' },
  ...{ smoothingBy: 'ema', smoothing: 0, sigma: 0, zoom: null },
};
