// What a person is told about a run: its status, unless it is known only over REST and has gone silent.
import type { RunState, RunStatus } from '../../../protocol/run';

/** Milliseconds of silence after which a run known only over REST is no longer called running. */
export const usualSilence = 10 * 60_000;

/** What the state depends on. `lastActivity` is the time of the last write to the run itself. */
export interface StateFacts {
  status: RunStatus;
  recorded: boolean;
  lastActivity: number;
  /** It lies in the trash, where what a client logs is refused. */
  isDeleted?: boolean;
}

/**
 * The state at time `now`, in milliseconds like `silence`. A recorded run never falls silent: its recorder answers for
 * it. One in the trash has nobody who could be heard. That a silent run is kept alive by runs below it is for the caller to find out.
 */
export function runStateOf(facts: StateFacts, now: number, silence: number): RunState {
  switch (facts.status) {
    case 'FINISHED':
      return 'finished';
    case 'FAILED':
      return 'failed';
    case 'KILLED':
      return 'killed';
    case 'SCHEDULED':
      return 'queued';
    case 'RUNNING':
      if (facts.recorded) return 'running';
      return facts.isDeleted !== true && now - facts.lastActivity <= silence ? 'running' : 'unknown';
  }
}
