// The colour of a run's state, the last of three signals after the icon's shape and the word.
import type { RunState } from '../../../src/protocol/run';

/** Class names of the theme's meanings. */
export const stateTone: Record<RunState, string> = {
  running: 'live',
  queued: 'quiet',
  finished: 'better',
  failed: 'worse',
  killed: 'quiet',
  unknown: 'quiet',
};
