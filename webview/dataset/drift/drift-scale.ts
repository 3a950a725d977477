// The one scale on which every column's movement is drawn: logarithmic, because some columns move a thousand times more
// than others and the threshold must be seen for all.
import type { DriftColumn } from '../../../src/protocol/datasets/drift';
import { fromWire } from '../../../src/protocol/number';

/** The ends of the scale; whole powers of ten. */
export interface DriftScale {
  low: number;
  high: number;
}

const smallest = 0.001;

/** The scale that holds every score, noise and threshold of the columns that are no tests. */
export function driftScale(columns: readonly DriftColumn[]): DriftScale {
  const places = columns
    .filter(({ isTest }) => !isTest)
    .flatMap(({ score, noise, threshold }) => [fromWire(score), noise ?? 0, threshold])
    .filter((place) => Number.isFinite(place) && place > 0);
  const most = Math.max(1, ...places);
  return { low: smallest, high: 10 ** Math.ceil(Math.log10(most) - 1e-9) };
}

/** Where a value lies between the ends, from 0 to 1; what is smaller or greater lies at the end. */
export function shareOf({ low, high }: DriftScale, value: number): number {
  if (!(value > low)) return 0;
  return Math.min(1, Math.log10(value / low) / Math.log10(high / low));
}

/** The powers of ten of the scale. */
export function scaleTicks({ low, high }: DriftScale): number[] {
  const decades = Math.round(Math.log10(high / low));
  return Array.from({ length: decades + 1 }, (_, place) => Number((low * 10 ** place).toPrecision(6)));
}
