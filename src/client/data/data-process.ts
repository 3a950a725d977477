// The data process as clients ask it by themselves: the command line for as long as a command lasts, the editor for tables
// of folders that have no engine.
import type { Conversation } from '../../protocol/conversation/conversation';
import { dataProgram, endedProcess } from '../../protocol/datasets/data-process';
import type { DataQuestions } from '../../protocol/datasets/data-questions';
import { type AskedProgram, withAsked } from '../asked/asked-process';
import { KeptProcess } from '../asked/kept-process';
import type { NodeChoiceOptions } from '../node-choice';

const program: AskedProgram = { ...dataProgram, ended: endedProcess };

/** Starts a data process for as long as `work` lasts. `bundle` is the folder that holds `data.js`. */
export function withDataProcess<Answer>(
  { bundle }: { bundle: string },
  work: (data: Conversation<DataQuestions>) => Promise<Answer>,
): Promise<Answer> {
  return withAsked(program, { bundle }, work);
}

/** A data process of the editor's own. */
export class KeptDataProcess extends KeptProcess<DataQuestions> {
  /** `options` are asked for whenever a process is started. */
  constructor(options: () => NodeChoiceOptions) {
    super(program, options);
  }
}
