// Why the process of a gate is gone, for whoever waited for its verdict.
import { SlipwayError } from '../../../base/errors';

/** `how` is the signal, the exit code or the failure to start. SIGABRT is its own watch over memory. */
export function endedGateProcess(how: string): SlipwayError {
  const why =
    how === 'SIGABRT' ? 'it took more memory than it may' : `${how}; another program may have ended it, or it crashed`;
  return new SlipwayError('unavailable', `The gate ended before its verdict (${why}). Nothing was decided. Try again.`);
}
