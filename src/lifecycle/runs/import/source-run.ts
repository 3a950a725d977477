// What every importer makes of its tool's store: runs with points as columns, and what could not be taken.
import type { RunStatus } from '../../../protocol/run';
import type { KeyValue } from '../batch';
import type { DatasetInput } from '../store/run-data';
import type { SourceReport } from './source-report';

/** Whose stores can be read. */
export type SourceTool = 'mlflow' | 'tensorboard' | 'wandb' | 'trackio' | 'dvclive';

/** Points of one series in the order they lie in the source, 10,000 at most. */
export interface PointColumns {
  key: string;
  /** 64-bit integers only where a number would round one of them. */
  steps: Float64Array | BigInt64Array;
  /** Epoch milliseconds. */
  times: Float64Array;
  values: Float64Array;
}

/** An experiment of the source; times in epoch milliseconds. */
export interface SourceExperiment {
  name: string;
  /** Its id there, which it keeps where that is free. */
  id?: string;
  creationTime?: number;
  lastUpdateTime?: number;
  tags?: readonly KeyValue[];
}

/** A file that belongs to a run: its path below the run's artifacts, with forward slashes, and where it lies now. */
export interface SourceFile {
  path: string;
  place: string;
  size: number;
}

/** All of a run but its points; times in epoch milliseconds. */
export interface RunDetails {
  name: string;
  userId: string;
  status: RunStatus;
  startTime: number;
  endTime: number | null;
  params: readonly KeyValue[];
  tags: readonly KeyValue[];
  datasets: readonly DatasetInput[];
  models: readonly { modelId: string; direction: 'input' | 'output'; step: number }[];
  files: readonly SourceFile[];
  /** Files that are not in the source as such: made of its records. */
  texts?: readonly { path: string; text: string }[];
}

/** One run of a store. */
export interface SourceRun {
  /** What names it inside the store, wherever the store lies. */
  identity: string;
  /** Its own id where that may be a run's id here: 32 hex digits. */
  runId: string | null;
  name: string;
  experiment: SourceExperiment;
  /** A text that is another one when there may be something new in the run. */
  state(): string;
  /**
   * Its points, and in the end all else. `startTime`, in epoch milliseconds, is when the run began as far as that was said
   * before: the time of points that the source gives none.
   */
  read(startTime?: number): Generator<PointColumns, RunDetails>;
}

/** A logged model of MLflow 3, with its rows as they are kept here; no `experiment_id`, no address. */
export interface SourceModel {
  modelId: string;
  name: string;
  experiment: SourceExperiment;
  read(): {
    row: Record<string, string | number | null>;
    params: readonly KeyValue[];
    tags: readonly KeyValue[];
    metrics: readonly Record<string, string | number>[];
    files: readonly SourceFile[];
  };
}

/** A store that was recognised and can be read. */
export interface SourceStore {
  tool: SourceTool;
  /** What it is, as the object of "is": `a tracking database of MLflow`. */
  what: string;
  path: string;
  runs: readonly SourceRun[];
  models: readonly SourceModel[];
  report: SourceReport;
  close(): void;
}
