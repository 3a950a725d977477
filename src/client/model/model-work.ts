// Long work on a model (a whole table, a benchmark) in a process of its own, so that single predictions need not wait for it.
import { setTimeout } from 'node:timers/promises';
import type { Conversation, Hearing } from '../../protocol/conversation/conversation';
import { endedModelProcess } from '../../protocol/inference/model-process-end';
import type { ModelAnswer, ModelInput, ModelQuestion, ModelQuestions } from '../../protocol/inference/model-questions';
import { startAsked } from '../asked/asked-process';
import type { NodeChoiceOptions } from '../node-choice';

/** Milliseconds that work which is taken back has to leave things as they were. A run of the model hears nothing until it ends. */
const patience = 20_000;
const look = 20;

/**
 * Asks one question of a process that is started for it and ended with it. Taken back, it throws SlipwayError `unavailable`
 * once the process has stopped and taken away what was half done.
 */
export async function modelWork<Q extends ModelQuestion>(
  question: Q,
  input: ModelInput<Q>,
  { node, ...hearing }: Hearing<ModelQuestions[Q]['partial']> & { node: NodeChoiceOptions },
): Promise<ModelAnswer<Q>> {
  const program = { script: 'model.js', ended: endedModelProcess };
  const { child, conversation } = await startAsked<ModelQuestions>(program, node, 'ignore');
  try {
    return await conversation.ask(question, input, hearing);
  } finally {
    await atRest(conversation);
    child.kill('SIGKILL');
  }
}

async function atRest(conversation: Conversation<ModelQuestions>): Promise<void> {
  for (let waited = 0; conversation.isLingering && waited < patience; waited += look) await setTimeout(look);
}
