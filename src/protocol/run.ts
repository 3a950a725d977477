// What a run looks like to everything outside the engine.
import * as z from 'zod';
import { wireNumber } from './wire-number';

/** MLflow's status words, as stored and as the CLI prints them. */
export const runStatus = z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']);
export type RunStatus = z.infer<typeof runStatus>;

/** What a person is shown. `unknown`: a run known only over REST that has gone silent. */
export const runState = z.enum(['running', 'queued', 'finished', 'failed', 'killed', 'unknown']);
export type RunState = z.infer<typeof runState>;

/** Which way is better; `none` when neither slipway.yaml nor the name says. */
export const metricDirection = z.enum(['up', 'down', 'none']);
export type MetricDirection = z.infer<typeof metricDirection>;

/** One experiment with the number of its active runs that are not archived. Times are epoch milliseconds everywhere. */
export const experiment = z.object({
  experimentId: z.string(),
  name: z.string(),
  runCount: z.number().int(),
  runningCount: z.number().int(),
  lastUpdateTime: z.number(),
});
export type Experiment = z.infer<typeof experiment>;

/** The one metric shown beside a run's name, and where its direction comes from. */
export const headlineMetric = z.object({
  key: z.string(),
  value: wireNumber,
  direction: metricDirection,
});
export type HeadlineMetric = z.infer<typeof headlineMetric>;

/** The beginning of a run's own tags, which rows have no room for in full: values are cut, `count` is of all. */
export const tagPreview = z.object({
  count: z.number().int(),
  first: z.array(z.object({ key: z.string(), value: z.string() })),
});

/** The run below which another was begun. */
export const parentRun = z.object({ runId: z.string(), name: z.string() });

/** A run as a row. */
export const runSummary = z.object({
  runId: z.string(),
  experimentId: z.string(),
  experimentName: z.string(),
  name: z.string(),
  status: runStatus,
  state: runState,
  startTime: z.number(),
  endTime: z.number().nullable(),
  recorded: z.boolean(),
  /** It was asked to stop and has not ended yet. */
  isStopping: z.boolean(),
  starred: z.boolean(),
  archived: z.boolean(),
  /** When it was moved to the trash; null for a run in use. */
  deletedTime: z.number().nullable(),
  /** The beginning of its note, in Markdown. */
  note: z.string().nullable(),
  tagPreview,
  /** Why it began although its data fail their contract, cut like a tag; null for every other run. */
  override: z.string().nullable(),
  /** Why it began although no engine could tell whether they do; null for every other run. */
  unchecked: z.string().nullable(),
  headline: headlineMetric.nullable(),
  /** The run in use that it names as its parent; null for every other run. */
  parent: parentRun.nullable(),
  /** How many child runs are listed below it. */
  childCount: z.number().int(),
});
export type RunSummary = z.infer<typeof runSummary>;

/**
 * One metric of one run over all its points. Extremes ignore NaN; `nonFinite` counts NaN and infinities. Steps beyond
 * 2^53 are rounded here; the points have them exactly.
 */
export const metricSummary = z.object({
  key: z.string(),
  count: z.number().int(),
  last: wireNumber,
  lastStep: z.number(),
  lastTime: z.number(),
  min: wireNumber.nullable(),
  minStep: z.number().nullable(),
  max: wireNumber.nullable(),
  maxStep: z.number().nullable(),
  nonFinite: z.number().int(),
  direction: metricDirection,
});
export type MetricSummary = z.infer<typeof metricSummary>;

/** A file named by the user (`--input`, `--output`), by content. A folder's hash covers names and bytes below it. */
export const fileDigest = z.object({
  path: z.string(),
  sha256: z.string().nullable(),
  bytes: z.number().nullable(),
  files: z.number().int().nullable(),
  problem: z.string().nullable(),
  /** Of an output: false when it is as it was before the command. Null where that is not known, and of inputs. */
  written: z.boolean().nullable().default(null),
  /** The input was named as a version of a dataset, `NAME@ID`, and lies nowhere by that path. */
  isVersion: z.boolean().optional(),
});
export type FileDigest = z.infer<typeof fileDigest>;

/** Whether such a file still lies there as it was; `unknown` too when it is too large to be read for that. */
export interface FileNow {
  path: string;
  state: 'same' | 'changed' | 'gone' | 'unknown';
}

/** A file before and after what had not been committed; null where there was none. */
export interface ChangedFile {
  before: string | null;
  after: string | null;
}

/** How many lines of one file differ from the commit. */
export const fileChange = z.object({ path: z.string(), added: z.number().int(), removed: z.number().int() });
export type FileChange = z.infer<typeof fileChange>;

/** The code a run used. `problem` says why the rest is unknown (no git, no commit yet, git failed). */
export const gitState = z.object({
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  subject: z.string().nullable(),
  dirty: z.boolean().nullable(),
  diff: z.string().nullable(),
  diffTruncated: z.boolean(),
  /** Counted over the whole diff, also where that was cut; null in recordings from before it was counted by git. */
  changes: z.array(fileChange).nullable().default(null),
  untracked: z.array(z.string()),
  problem: z.string().nullable(),
});
export type GitState = z.infer<typeof gitState>;

/** The code a run used, with the size of its diff in place of the diff, which `runs.diff` gives. */
export const gitSummary = gitState.omit({ diff: true }).extend({
  changes: z.array(fileChange),
  /** Null of no diff. Runs of one commit with the same digest had the same files, but for those git does not know. */
  diffDigest: z.string().nullable(),
});
export type GitSummary = z.infer<typeof gitSummary>;

/** The interpreter and the packages it would import. `problem` says why they are unknown. */
export const environmentState = z.object({
  interpreter: z.string().nullable(),
  version: z.string().nullable(),
  packages: z.array(z.object({ name: z.string(), version: z.string() })),
  problem: z.string().nullable(),
});
export type EnvironmentState = z.infer<typeof environmentState>;

/** The machine a run ran on; memory in bytes. */
export const hostState = z.object({
  hostname: z.string(),
  platform: z.string(),
  arch: z.string(),
  cpu: z.string(),
  cores: z.number().int(),
  memory: z.number(),
});
export type HostState = z.infer<typeof hostState>;

/** What the recorder knows of the command behind a run. */
export const recording = z.object({
  command: z.array(z.string()),
  cwd: z.string(),
  user: z.string(),
  /** What the command line gave the run, beside what the command itself logged. */
  given: z.object({ params: z.record(z.string(), z.string()), tags: z.record(z.string(), z.string()) }),
  childPid: z.number().int().nullable(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  /** Why the run ended without an exit code, in one sentence; null when it has one or still runs. */
  lost: z.string().nullable(),
  /** When it was first asked to stop, whoever asked; null when nobody did. */
  stopAsked: z.number().nullable(),
  git: gitSummary.nullable(),
  environment: environmentState.nullable(),
  host: hostState,
  inputs: z.array(fileDigest),
  outputs: z.array(fileDigest),
  outputBytes: z.number(),
  /** One sentence each: metric lines or files that could not be read, with their place. */
  problems: z.array(z.string()),
});
export type Recording = z.infer<typeof recording>;

/** Everything about one run but its metric points, artifacts and output. */
export const runDetail = runSummary.extend({
  userId: z.string(),
  artifactUri: z.string(),
  params: z.array(z.object({ key: z.string(), value: z.string() })),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  metricCount: z.number().int(),
  datasets: z.array(z.object({ name: z.string(), digest: z.string(), context: z.string().nullable() })),
  models: z.array(z.object({ modelId: z.string(), name: z.string(), status: z.string() })),
  recording: recording.nullable(),
});
export type RunDetail = z.infer<typeof runDetail>;

/** A run as the command line prints it: last values of its metrics, MLflow's status words. */
export const runRecordJson = z.object({
  run_id: z.string(),
  experiment_id: z.string(),
  name: z.string(),
  status: runStatus,
  start_time: z.number(),
  end_time: z.number().nullable(),
  params: z.record(z.string(), z.string()),
  metrics: z.record(z.string(), wireNumber),
  tags: z.record(z.string(), z.string()),
});
export type RunRecordJson = z.infer<typeof runRecordJson>;

/** A file in the trash of a run; `deletedTime` in epoch milliseconds. */
export interface DeletedArtifact {
  path: string;
  size: number;
  deletedTime: number;
}

/** A file or folder below a run's artifact root. `path` is relative to that root. */
export const artifactEntry = z.object({
  path: z.string(),
  isDirectory: z.boolean(),
  size: z.number().nullable(),
});
export type ArtifactEntry = z.infer<typeof artifactEntry>;

/** The files of a run, all folders together. */
export interface ArtifactCount {
  files: number;
  bytes: number;
}

/** One page of a list; `next` is the token for the following page, null on the last. */
export interface Page<T> {
  items: T[];
  next: string | null;
}
