// Why a data process is gone, for whoever waited for its answer.
import { SlipwayError } from '../../base/errors';

/** `how` is the signal, the exit code or the failure to start. SIGABRT is its own watch over memory. */
export function endedProcess(how: string): SlipwayError {
  const sentence =
    how === 'SIGABRT'
      ? 'This took more memory than it may and was ended. Take fewer rows or columns at a time.'
      : `The process that reads tables ended before its answer (${how}). Try again.`;
  return new SlipwayError('unavailable', sentence);
}
