// A process of ours that is asked one thing, tells its answer in lines, and is ended.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf, type SlipwayError } from '../../base/errors';
import { chooseNode, type NodeChoiceOptions } from '../node-choice';

interface Asking<Answer> {
  /** Its script in the bundle's folder. */
  script: string;
  request: unknown;
  /** The answer among the lines that it tells; undefined where they end before it. */
  read(lines: AsyncIterable<string>): Promise<Answer | undefined>;
  /** The error that tells how it ended before its answer. */
  ended(how: string): SlipwayError;
  /** Ends it at once. */
  signal?: AbortSignal | undefined;
}

/** Asks such a process. Throws what `read` and `ended` say, and SlipwayError when no Node is found. */
export async function askOnce<Answer>(
  { script, request, read, ended, signal }: Asking<Answer>,
  options: NodeChoiceOptions,
): Promise<Answer> {
  const node = await chooseNode(options);
  const child = spawn(node.command, [`${options.bundle}/${script}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...node.env },
    windowsHide: true,
  });
  const stop = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const end = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(messageOf(error)));
    child.once('close', (code, how) => resolve(how ?? `exit code ${code}`));
  });
  try {
    // It stays open: its end tells the process that nobody waits any more. A process that is gone cannot be written to.
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await read(createInterface({ input: child.stdout }));
    if (answer !== undefined) return answer;
    throw ended(await end);
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
