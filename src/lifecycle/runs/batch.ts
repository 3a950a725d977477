// What one write to a run may hold. Every surface (MLflow REST, recorded files, imports) speaks in these terms.

/** One param or tag. */
export interface KeyValue {
  key: string;
  value: string;
}

/**
 * One logged point: `time` in epoch milliseconds, `step` any 64-bit integer
 * (a bigint only where a number would round it), `value` any double including NaN and infinities.
 * The last three name the logged model and the dataset it was measured on, where the client said so.
 */
export interface MetricInput {
  key: string;
  value: number;
  time: number;
  step: number | bigint;
  modelId?: string;
  datasetName?: string;
  datasetDigest?: string;
}

/** Points, params and tags that are written together or not at all. */
export interface BatchInput {
  metrics?: readonly MetricInput[];
  params?: readonly KeyValue[];
  tags?: readonly KeyValue[];
}
