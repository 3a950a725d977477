// Pictures in folders named by classes, or arrays of numpy, as rows for a model: read by the user's Python.
import * as z from 'zod';

/** How a picture is put into the model's size. */
export const pictureFits = ['stretch', 'letterbox', 'crop'] as const;
/** Which numbers stand for it: 0 to 1, those of ImageNet's mean and deviation, −1 to 1, or 0 to 255. */
export const pictureScales = ['unit', 'imagenet', 'signed', 'bytes'] as const;
export const pictureOrders = ['RGB', 'BGR'] as const;

/** Null where nobody chose. */
export interface PictureTerms {
  fit: (typeof pictureFits)[number];
  order: (typeof pictureOrders)[number];
  scale: (typeof pictureScales)[number] | null;
}

/** A folder of pictures, or an .npz file of arrays. `name` is for people, `path` absolute. */
export interface PictureSet {
  kind: 'pictures';
  name: string;
  path: string;
  terms: PictureTerms;
}

/** Rows as test data sets in `folder`, of how many there are; beside them truth.json, as `setTruth` has it. */
export interface SetRows {
  kind: 'sets';
  name: string;
  folder: string;
  rows: number;
  of: number;
}

/** What is true of each row in the order of the sets, and its place among all; null where nothing is known to be true. */
export const setTruth = z.object({ truth: z.array(z.string()).nullable(), places: z.array(z.number()) });

/** What the Python script says. */
export const pictureReport = z.union([
  z.object({ rows: z.number(), of: z.number(), isLabelled: z.boolean(), notes: z.array(z.string()) }),
  z.object({ refused: z.string() }),
]);

/** Whether a path names such a set by its ending; folders are known by looking. */
export function isArrayFile(path: string): boolean {
  return /\.npz$/i.test(path);
}
