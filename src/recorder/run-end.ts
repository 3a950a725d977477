// How a run ended, in the words of exit.json and as the recorder's own exit code.
import { constants } from 'node:os';
import type { ChildEnd } from '../platform/process/recorded-child';
import type { ExitFile } from '../protocol/recording/recording-files';

/** Exit code for every failure of Slipway itself. */
export const ownFailure = 125;
const [cannotExecute, notFound] = [126, 127];

/** A program does these to itself: a segmentation fault, an abort, a limit it ran into. The others come from somebody. */
const crashes: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGSEGV',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGABRT',
  'SIGTRAP',
  'SIGSYS',
  'SIGXCPU',
  'SIGXFSZ',
]);

/** What was run, when that began (epoch milliseconds), how long it took, and whether somebody asked it to stop. */
export interface Ended {
  command: readonly string[];
  began: number;
  /** Milliseconds, by a clock that no one sets. */
  took: number;
  asked: boolean;
}

/** Those of MLflow's status words that a recorded run can end with. */
export type EndStatus = 'FINISHED' | 'FAILED' | 'KILLED';

/** As exit.json has it, but for what of the run was kept. */
type End = Omit<ExitFile, 'outputTaken' | 'problems' | 'status'> & { status: EndStatus };

/** Sentences, and characters of each: the end of a run must fit into the block that is kept free for it. */
const [mostProblems, longestProblem] = [8, 300];

/** How the run ended. A clock that was put back while it ran takes nothing from its duration. */
export function describeEnd(end: ChildEnd, { command, began, took, asked }: Ended): End {
  const isStopped = asked ? end.exitCode !== 0 : end.signal !== null && !crashes.has(end.signal);
  const isGood = end.failure === undefined && end.exitCode === 0;
  return {
    exitCode: end.failure === undefined ? end.exitCode : null,
    signal: end.signal,
    endTime: Math.max(Date.now(), Math.round(began + took)),
    status: isGood ? 'FINISHED' : end.failure === undefined && isStopped ? 'KILLED' : 'FAILED',
    problem: end.failure === undefined ? null : problemOf(end.failure, command[0] ?? ''),
  };
}

/** What could not be kept, as exit.json may hold it. */
export function boundedProblems(sentences: Iterable<string>): string[] {
  return [...sentences].slice(0, mostProblems).map((each) => each.slice(0, longestProblem));
}

/** The command's own code, 128 + n for a signal, 127 or 126 when it could not be started. */
export function exitCodeOf(end: ChildEnd): number {
  if (end.failure !== undefined) return end.failure === 'ENOENT' ? notFound : cannotExecute;
  return end.exitCode ?? 128 + (end.signal === null ? 0 : constants.signals[end.signal]);
}

function problemOf(failure: string, program: string): string {
  if (failure === 'ENOENT') return `The command ${program} was not found.`;
  if (failure === 'EACCES') return `The command ${program} may not be executed.`;
  if (failure === 'ENOCWD') return 'The working folder does not exist any more.';
  return `The command ${program} could not be started (${failure}).`;
}
