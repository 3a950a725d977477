// A process of ours that a client asks by itself, without an engine.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf, type SlipwayError } from '../../base/errors';
import { Conversation, type QuestionTable } from '../../protocol/conversation/conversation';
import { chooseNode, type NodeChoiceOptions } from '../node-choice';

/** Which process: its script in the bundle's folder, Node's flags for it, and the error that tells those who wait how it ended. */
export interface AskedProgram {
  script: string;
  flags?: readonly string[];
  ended(how: string): SlipwayError;
}

/** A started process. */
export interface AskedProcess<T extends QuestionTable<T>> {
  child: ChildProcess;
  conversation: Conversation<T>;
}

/** Starts it. `stderr`: whether what it complains of is shown or dropped. Throws SlipwayError when no Node is found. */
export async function startAsked<T extends QuestionTable<T>>(
  { script, flags = [], ended }: AskedProgram,
  options: NodeChoiceOptions,
  stderr: 'inherit' | 'ignore',
): Promise<AskedProcess<T>> {
  const node = await chooseNode(options);
  const child = spawn(node.command, [...flags, `${options.bundle}/${script}`], {
    stdio: ['pipe', 'pipe', stderr],
    env: { ...process.env, ...node.env },
    windowsHide: true,
  });
  // A process that is gone cannot be written to; its end is told below.
  child.stdin?.on('error', () => undefined);
  const conversation = new Conversation<T>((line) => child.stdin?.write(`${line}\n`));
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => conversation.hear(line));
  child.once('error', (error) => conversation.end(ended(messageOf(error))));
  child.once('close', (code, signal) => conversation.end(ended(signal ?? `exit code ${code}`)));
  return { child, conversation };
}

/** Starts one for as long as `work` lasts, for the command line. */
export async function withAsked<T extends QuestionTable<T>, Answer>(
  program: AskedProgram,
  options: NodeChoiceOptions,
  work: (conversation: Conversation<T>) => Promise<Answer>,
): Promise<Answer> {
  const { child, conversation } = await startAsked<T>(program, options, 'inherit');
  try {
    return await work(conversation);
  } finally {
    child.kill('SIGKILL');
  }
}
