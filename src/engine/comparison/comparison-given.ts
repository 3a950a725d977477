// What a comparing thread is given when it starts, and what it asks of the engine.
import type { RunComparison } from '../../protocol/comparison/comparison-request';
import type { Config } from '../../protocol/folder/config';

/** `root` is the workspace's folder, `database` the file its engine keeps; `silence` in milliseconds. */
export interface ComparisonGiven {
  request: RunComparison;
  root: string;
  database: string;
  silence: number;
  config: Config;
}

/** A file of predictions among the artifacts of a run. */
export interface PredictionFile {
  runId: string;
  name: string;
  size: number;
}
