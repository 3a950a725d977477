// A model logged to an experiment, and the rules of its name.
import { SlipwayError } from '../../../base/errors';
import type { WireInteger } from '../../../protocol/number';
import type { KeyValue } from '../batch';

/** Where the upload of a logged model stands. */
export const loggedModelStatuses = ['UNSPECIFIED', 'PENDING', 'READY', 'FAILED'] as const;
export type LoggedModelStatus = (typeof loggedModelStatuses)[number];

/** One value measured on a logged model; `time` in epoch milliseconds. Empty texts mean "not said". */
export interface LoggedModelMetric {
  key: string;
  value: number;
  time: number;
  step: WireInteger;
  runId: string;
  datasetName: string;
  datasetDigest: string;
}

/** One logged model with everything kept about it; times are epoch milliseconds. */
export interface LoggedModelRecord {
  modelId: string;
  experimentId: string;
  name: string;
  artifactUri: string;
  status: LoggedModelStatus;
  statusMessage: string | null;
  modelType: string;
  sourceRunId: string | null;
  creationTime: number;
  lastUpdateTime: number;
  params: KeyValue[];
  tags: KeyValue[];
  metrics: LoggedModelMetric[];
}

/** Throws `invalid` for a name that could not be a folder name everywhere. */
export function checkLoggedModelName(name: string): void {
  if (!/[/:.%"']/.test(name)) return;
  throw new SlipwayError(
    'invalid',
    `Invalid model name ('${name}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
  );
}
