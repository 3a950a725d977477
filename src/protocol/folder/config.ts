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
  /** `repeats`: params in which repeats of a run differ; seed, random_state and random_seed unless said. */
  comparison: z.strictObject({ repeats: z.array(z.string().min(1)).max(50).optional() }).optional(),
});
export type Config = z.infer<typeof configFile>;
