// What a model's predictions are worth to groups of rows, and how far apart the groups are.
import * as z from 'zod';

/**
 * A file of predictions by its absolute path and the name to call it by. `groups`: columns, each by itself; `together`: also
 * every combination of them. `positive`: the label that counts as selected, null for the second of two. `amounts`: y_true
 * and y_pred are numbers whatever they look like. Groups of fewer than `leastRows` are shown and not compared.
 */
export const fairnessQuestion = z.object({
  file: z.object({ path: z.string(), name: z.string() }),
  groups: z.array(z.string().min(1).max(1000)).min(1).max(20),
  together: z.boolean(),
  positive: z.string().max(1000).nullable(),
  amounts: z.boolean(),
  leastRows: z.number().int().min(1),
});
export type FairnessQuestion = z.output<typeof fairnessQuestion>;

/** A number of a group, measured on `rows` rows; without an interval where there are too few of them. */
export interface GroupMeasure {
  value: number;
  interval: [number, number] | null;
  rows: number;
}

/** By class: base_rate, selection_rate, tpr, fpr, ppv; of amounts mean_true, mean_prediction, mean_error, mae. Null without a row for it. */
export type GroupMeasures = Record<string, GroupMeasure | null>;

/** One group: a value for each column, null where it has none. */
export interface FairnessGroup {
  values: (string | null)[];
  rows: number;
  isEnough: boolean;
  measures: GroupMeasures;
}

/** How far apart the farthest two groups are, by their places; `of`: the measure in which they are. Value null where nothing can be said. */
export interface Disparity {
  name: string;
  value: number | null;
  interval: [number, number] | null;
  of: string | null;
  lowest: number | null;
  highest: number | null;
}

/** The groups of one column, or of several together. */
export interface Grouping {
  columns: string[];
  groups: FairnessGroup[];
  disparities: Disparity[];
  notes: string[];
}

/** `positive` is null of amounts. Resampling: so many `draws` from `seed` on. */
export interface Fairness {
  file: string;
  positive: string | null;
  rows: { judged: number; leftOut: number };
  leastRows: number;
  all: GroupMeasures;
  groupings: Grouping[];
  draws: number;
  seed: number;
  notes: string[];
}
