// The process of a gate, for as long as a command lasts.
import type { Conversation } from '../../protocol/conversation/conversation';
import { endedGateProcess } from '../../protocol/models/gate/gate-process-end';
import type { GateQuestions } from '../../protocol/models/gate/gate-questions';
import { withAsked } from '../asked/asked-process';
import type { NodeChoiceOptions } from '../node-choice';

/** Starts it. Throws SlipwayError `unavailable` where it ends before its answer. */
export function withGateProcess<Answer>(
  options: NodeChoiceOptions,
  work: (gate: Conversation<GateQuestions>) => Promise<Answer>,
): Promise<Answer> {
  return withAsked({ script: 'gate.js', ended: endedGateProcess }, options, work);
}
