// A run as comparisons see it.
import type { WireNumber } from '../../../protocol/number';
import type { RunDetail } from '../../../protocol/run';

/** What is known of it, with the last value of each metric; memory and model in bytes, null where nothing is known. */
export interface ComparedRun
  extends Pick<
    RunDetail,
    'runId' | 'name' | 'status' | 'startTime' | 'endTime' | 'deletedTime' | 'params' | 'tags' | 'datasets' | 'recording'
  > {
  metrics: Readonly<Record<string, WireNumber>>;
  peakMemory: number | null;
  modelSize: number | null;
}
