// The data process as whoever starts it sees it: what is run, and why it is gone.
import { SlipwayError } from '../../base/errors';

/**
 * V8 keeps memory small rather than fast in it: what is fast there is DuckDB, and a process that reads CSV holds a fifth less. Told
 * before V8 begins it holds another eight megabytes less than told by the process itself.
 */
export const dataProgram = {
  script: 'data.js',
  flags: ['--optimize-for-size', '--max-semi-space-size=1', '--min-semi-space-size=1'],
} as const;

/** Why it is gone, for whoever waited for its answer: `how` is the signal, the exit code or the failure to start. SIGABRT is its own watch over memory. */
export function endedProcess(how: string): SlipwayError {
  const sentence =
    how === 'SIGABRT'
      ? 'This took more memory than it may and was ended. Take fewer rows or columns at a time.'
      : `The process that reads tables ended before its answer (${how}). Try again.`;
  return new SlipwayError('unavailable', sentence);
}
