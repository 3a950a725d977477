// Model processes that a client starts by itself: the command line's, and those of windows without an engine.
import { stat } from 'node:fs/promises';
import { SlipwayError } from '../../base/errors';
import { ModelPool } from '../../protocol/inference/model-pool';
import { endedModelProcess } from '../../protocol/inference/model-process-end';
import type { ModelQuestions } from '../../protocol/inference/model-questions';
import { startAsked } from '../asked/asked-process';
import type { NodeChoiceOptions } from '../node-choice';

/** `options` are asked for whenever a process is started. The pool has to be disposed of. */
export function ownModelProcesses(options: () => NodeChoiceOptions): ModelPool {
  return new ModelPool({
    start: async (onGone) => {
      const program = { script: 'model.js', ended: endedModelProcess };
      const { child, conversation } = await startAsked<ModelQuestions>(program, options(), 'ignore');
      child.once('close', onGone).once('error', onGone);
      return { conversation, kill: () => child.kill('SIGKILL') };
    },
    identity: fileIdentity,
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      timer.unref();
      return () => clearTimeout(timer);
    },
  });
}

async function fileIdentity(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    throw new SlipwayError('not-found', `There is no file ${path}.`, { cause: error });
  }
}
