// A thing of a bundle on its way out and on its way in.
import type { PartLine } from './part-line';

/** One thing that can be put into a bundle. */
export interface PartHead {
  id: string;
  name: string;
  /** The name of its experiment, if it is in one. */
  experiment?: string;
}

/** A run, model or trace to bring in: its lines without points, and the loose series that hold its points, by their keys. */
export interface LandedPart {
  id: string;
  experimentId: string;
  lines: readonly PartLine[];
  series: readonly (readonly [key: string, series: number])[];
}
