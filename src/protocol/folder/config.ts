// slipway.yaml, as far as it has a meaning so far; a key nobody reads is an error, not a silent no-op.
import * as z from 'zod';

/** Direction and headline of one metric. */
export const metricConfig = z.strictObject({
  direction: z.enum(['up', 'down']).optional(),
  headline: z.boolean().optional(),
});

/** The whole file. */
export const configFile = z.strictObject({
  version: z.literal(1),
  metrics: z.record(z.string(), metricConfig).default({}),
});
export type Config = z.infer<typeof configFile>;
