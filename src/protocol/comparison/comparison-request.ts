// What is asked of a comparison.
import * as z from 'zod';

const metrics = z.array(z.string().min(1).max(250)).max(50).default([]);

/** So many runs are compared at once. */
export const mostComparedRuns = 200;

/** Runs, the baseline first. `cluster`: the column of their predictions whose rows belong together. */
export const runComparison = z.object({
  runIds: z.array(z.string().min(1).max(256)).min(2).max(mostComparedRuns),
  metrics,
  cluster: z.string().min(1).max(1000).nullable().default(null),
});
export type RunComparison = z.output<typeof runComparison>;

/** Of which run the repeats are wanted. */
export const repeatsQuery = z.object({ runId: z.string().min(1).max(256) });
export type RepeatsQuery = z.output<typeof repeatsQuery>;

/** Two files of predictions, by absolute paths and the names to call them by. */
export const fileComparison = z.object({
  baseline: z.object({ path: z.string(), name: z.string() }),
  candidate: z.object({ path: z.string(), name: z.string() }),
  metrics,
  cluster: z.string().min(1).max(1000).nullable().default(null),
});
export type FileComparison = z.output<typeof fileComparison>;
