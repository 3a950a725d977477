// How a curve is smoothed: over all its points, before anything of it is cut, joined or averaged with others.

import { gaussianSmoothing } from './gaussian-smoothing';
import { movingAverage } from './moving-average';
import type { PointColumns } from './placed-points';

/** `smoothing`: weight of the past in a moving average, 0 to below 1. `sigma`: of a Gaussian kernel, in points; goes first. */
export interface SmoothingRule {
  smoothing?: number | undefined;
  sigma?: number | undefined;
}

/** The smoothed value at a point, by its index; undefined where nothing is to be smoothed. */
export function smoothingOf(points: PointColumns, rule: SmoothingRule): ((index: number) => number) | undefined {
  if (rule.sigma) return gaussianSmoothing(points, rule.sigma);
  if (!rule.smoothing) return undefined;
  const smooth = movingAverage(points, rule.smoothing);
  return (index) => smooth[index] ?? Number.NaN;
}
