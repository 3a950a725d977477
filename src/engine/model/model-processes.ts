// The engine's model processes.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { LineProcess } from '../../platform/process/line-process';
import { Conversation } from '../../protocol/conversation/conversation';
import { ModelPool, type ModelProcess } from '../../protocol/inference/model-pool';
import { endedModelProcess } from '../../protocol/inference/model-process-end';
import type { ModelQuestions } from '../../protocol/inference/model-questions';

const script = join(__dirname, 'model.js');

/** A pool of processes that end with the engine. */
export function modelProcesses(): ModelPool {
  return new ModelPool({
    start: async (onGone) => started(onGone),
    identity: async (path) => {
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) throw new SlipwayError('not-found', `There is no file ${path}.`);
      return `${found.mtimeMs} ${found.size} ${found.ino}`;
    },
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      timer.unref();
      return () => clearTimeout(timer);
    },
  });
}

function started(onGone: () => void): ModelProcess {
  const process = new LineProcess({
    command: globalThis.process.execPath,
    args: [script],
    env: globalThis.process.env,
    onLine: (line) => conversation.hear(line),
    onEnd: (how) => {
      conversation.end(endedModelProcess(how));
      onGone();
    },
  });
  const conversation = new Conversation<ModelQuestions>((line) => process.write(line));
  return { conversation, kill: () => process.kill() };
}
