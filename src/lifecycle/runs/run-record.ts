// A run's own row, as every reader of it sees it.
import type { RunStatus } from '../../protocol/run';

/** Whether something is in use or in the trash. */
export type LifecycleStage = 'active' | 'deleted';

/** One run without its params, tags and metrics. `run` is the row id, times are epoch milliseconds. */
export interface RunRecord {
  run: number;
  runId: string;
  experimentId: string;
  name: string;
  userId: string;
  status: RunStatus;
  startTime: number;
  endTime: number | null;
  lifecycleStage: LifecycleStage;
  artifactUri: string;
  recorded: boolean;
  starred: boolean;
  archived: boolean;
  lastActivity: number;
}
