// The process of a gate, for as long as a command lasts.
import { SlipwayError } from '../../base/errors';
import type { Conversation } from '../../protocol/conversation/conversation';
import type { GateQuestions } from '../../protocol/models/gate/gate-questions';
import { withAsked } from '../asked/asked-process';
import type { NodeChoiceOptions } from '../node-choice';

/** Starts it. Throws SlipwayError `unavailable` where it ends before its answer. */
export function withGateProcess<Answer>(
  options: NodeChoiceOptions,
  work: (gate: Conversation<GateQuestions>) => Promise<Answer>,
): Promise<Answer> {
  return withAsked({ script: 'gate.js', ended }, options, work);
}

function ended(how: string): SlipwayError {
  const why =
    how === 'SIGABRT' ? 'it took more memory than it may' : `${how}; another program may have ended it, or it crashed`;
  return new SlipwayError('unavailable', `The gate ended before its verdict (${why}). Nothing was decided. Try again.`);
}
