// Route families that MLflow has and this engine does not: a clear 501, which its clients know how to step back from.

const laterOfApi2 = [
  'artifacts/presigned-upload-url',
  'artifacts/presigned-download-url',
  'unified-traces',
  'get-online-trace-details',
  'webhooks',
  'runs/create-promptlab-run',
  'gateway-proxy',
  'get-trace-artifact',
];
const laterOfApi3 = [
  'traces/metrics',
  'traces/calculate-filter-correlation',
  'datasets',
  'issues',
  'gateway',
  'jobs',
  'label-schemas',
  'prompt-optimization',
  'review-queues',
  'scorers',
  'workspaces',
  'registered-models',
  'model-versions',
  'get-trace-artifact',
  'ui-telemetry',
];
const laterElsewhere = ['/graphql'];

/** The families of paths that are answered 501. */
export const laterPaths: readonly string[] = [
  ...laterOfApi2.map((family) => `/api/2.0/mlflow/${family}`),
  ...laterOfApi3.map((family) => `/api/3.0/mlflow/${family}`),
  ...laterElsewhere,
];

/** Whether a path is one of those families or lies below one. */
export function isLaterPath(path: string): boolean {
  return laterPaths.some((family) => path === family || path.startsWith(`${family}/`));
}

/** The sentence for a path of a later part. */
export function laterMessage(method: string, path: string): string {
  return `${method} ${path} is part of MLflow that this version of Slipway does not serve yet.`;
}
