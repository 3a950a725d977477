// A data process of the command line's own, for tables that belong to no workspace. It ends with the command.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf } from '../../base/errors';
import { DataConversation } from '../../protocol/datasets/data-conversation';
import { endedProcess } from '../../protocol/datasets/data-process-end';
import { chooseNode } from '../node-choice';

/** Starts a data process for as long as `work` lasts. `bundle` is the folder that holds `data.js`. */
export async function withDataProcess<Answer>(
  { bundle }: { bundle: string },
  work: (data: DataConversation) => Promise<Answer>,
): Promise<Answer> {
  const node = await chooseNode({ bundle });
  const child = spawn(node.command, [`${bundle}/data.js`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...node.env },
    windowsHide: true,
  });
  // A process that is gone cannot be written to; its end is told below.
  child.stdin.on('error', () => undefined);
  const data = new DataConversation((line) => child.stdin.write(`${line}\n`));
  createInterface({ input: child.stdout }).on('line', (line) => data.hear(line));
  child.once('error', (error) => data.end(endedProcess(messageOf(error))));
  child.once('close', (code, signal) => data.end(endedProcess(signal ?? `exit code ${code}`)));
  try {
    return await work(data);
  } finally {
    child.kill('SIGKILL');
  }
}
