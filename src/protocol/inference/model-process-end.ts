// Why a model process is gone, for whoever waited for its answer.
import { SlipwayError } from '../../base/errors';

/** `how` is the signal, the exit code or the failure to start. SIGABRT is its own watch over memory. */
export function endedModelProcess(how: string): SlipwayError {
  const sentence =
    how === 'SIGABRT'
      ? 'The model took more memory than it may, and its process was ended. Give it fewer rows at a time.'
      : `The process that runs the model ended before its answer (${how}): the model may have crashed it. Try again.`;
  return new SlipwayError('unavailable', sentence);
}

/** A model that did not answer in time. `milliseconds`: how long it was waited for. */
export function overdueModel(milliseconds: number): SlipwayError {
  return new SlipwayError(
    'unavailable',
    `The model did not answer within ${milliseconds / 1000} s, and its process was ended. Give it fewer rows, or more time.`,
    { details: { reason: 'timeout' } },
  );
}
