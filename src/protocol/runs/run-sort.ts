// In which order runs are listed.
import * as z from 'zod';

/**
 * `start` and `duration` by time, `metric` by the last value of the metric `key`. Runs without a value come last in
 * either direction.
 */
export const runSort = z.discriminatedUnion('by', [
  z.object({ by: z.enum(['start', 'name', 'duration', 'state']), descending: z.boolean() }),
  z.object({ by: z.literal('metric'), key: z.string().min(1), descending: z.boolean() }),
]);
export type RunSort = z.infer<typeof runSort>;

/** Newest first. */
export const usualRunSort: RunSort = { by: 'start', descending: true };
