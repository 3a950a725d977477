// slipway.yaml, as far as it has a meaning so far; a key nobody reads is an error, not a silent no-op.
import * as z from 'zod';
import { datasetDefinition, datasetName } from '../datasets/dataset';
import { modelDefinition, modelName } from '../models/model-definition';

/** Direction and headline of one metric. */
export const metricConfig = z.strictObject({
  direction: z.enum(['up', 'down']).optional(),
  headline: z.boolean().optional(),
});

/** `500 MB`, `2GB`, `none`: how much may be copied to keep a version of a dataset. */
const copyLimit = z.union([
  z.literal('none'),
  z.string().regex(/^\d+(\.\d+)?\s?(kB|KB|MB|GB|TB)$/, 'say it like 500 MB'),
]);

/** The whole file. */
export const configFile = z.strictObject({
  version: z.literal(1),
  metrics: z.record(z.string(), metricConfig).default({}),
  datasets: z.record(datasetName, datasetDefinition).default({}),
  models: z.record(modelName, modelDefinition).default({}),
  /** `copy_limit`: a version that is larger, on a disk that cannot share bytes between files, is kept as hashes only. */
  snapshots: z.strictObject({ copy_limit: copyLimit.optional() }).optional(),
  /** `repeats`: params in which repeats of a run differ; seed, random_state and random_seed unless said. */
  comparison: z.strictObject({ repeats: z.array(z.string().min(1)).max(50).optional() }).optional(),
});
export type Config = z.infer<typeof configFile>;
