// What the recorder writes into a run's folder, and the engine takes in from there.
import * as z from 'zod';
import { hostState, runStatus } from '../run';

/** Epoch milliseconds up to the year 9999. */
const epochTime = z.number().int().min(0).max(253_402_300_799_999);
/** 1 is the system's own first process and never a recorded one. */
const processId = z.number().int().min(2);

/** `run.json` */
export const recordingSpec = z.object({
  v: z.literal(1),
  runId: z.string(),
  experiment: z.string().nullable(),
  /** Used when no experiment is named. */
  experimentId: z.string().nullable().default(null),
  name: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  command: z.array(z.string()).min(1),
  cwd: z.string(),
  user: z.string(),
  /** Whether metric lines on stdout count. */
  stdoutMetrics: z.boolean().default(true),
  /** True when a debugger started the recorder: to stop, it kills recorder and command in one. */
  debugged: z.boolean().default(false),
  startTime: epochTime,
  recorderPid: processId,
  /** The kernel's start mark of the recorder, where there is one: a reused pid is not taken for it. */
  recorderMark: z.string().nullable(),
  host: hostState,
  /** One sentence each: what of the command line could not be taken as it was given. */
  problems: z.array(z.string()).default([]),
});
export type RecordingSpec = z.infer<typeof recordingSpec>;

/** `child.json` */
export const childFile = z.object({ pid: processId, mark: z.string().nullable() });

/** `exit.json`. `exitCode` is what the command returned; null when a signal ended it or it never started. */
export const exitFile = z.object({
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  endTime: epochTime,
  status: runStatus,
  /** One sentence when the command could not be started. */
  problem: z.string().nullable(),
  /** False when somebody would not wait until the recorder had read all that was printed: the engine reads on. */
  outputTaken: z.boolean().default(true),
  /** One sentence each: what could not be kept of the run. */
  problems: z.array(z.string()).default([]),
});
export type ExitFile = z.infer<typeof exitFile>;
