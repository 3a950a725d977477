// Long work that an engine does for a client: asked by one request, whose answer is lines of JSON until it is done. A
// client that goes away takes its job with it.
import * as z from 'zod';
import type { ErrorCode } from '../../base/errors';
import { datasetJobs } from '../datasets/dataset-api';
import { modelName } from '../models/model-definition';

/** Where jobs are asked for. */
export const jobRoute = '/api/jobs';

const file = z.string().min(1).max(4096);

export const jobRequest = z.discriminatedUnion('job', [
  z.object({
    job: z.literal('export'),
    /** An absolute path. */
    file,
    /** Null: everything that is not in the trash. */
    runIds: z.array(z.string().max(256)).max(1_000_000).nullable(),
    force: z.boolean().default(false),
    /** A bundle for another workspace, or a tracking database of MLflow. */
    to: z.enum(['bundle', 'mlflow']).default('bundle'),
    /** False: without the files of runs and models; of `mlflow` only. */
    withArtifacts: z.boolean().default(true),
  }),
  z.object({ job: z.literal('import'), file, dryRun: z.boolean().default(false) }),
  z.object({
    job: z.literal('backup'),
    file,
    withArtifacts: z.boolean().default(false),
    force: z.boolean().default(false),
  }),
  z.object({
    job: z.literal('gc'),
    /** Milliseconds that things have been in the trash. */
    olderThan: z.number().min(0),
    dryRun: z.boolean().default(false),
  }),
  z.object({ job: z.literal('check-contents') }),
  z.object({ job: z.literal('repair'), salvaged: file.nullable() }),
  ...datasetJobs,
  /** A version of a registered model, by its number, an alias or `latest`, held against its rules; the result is its `KeptGate`. */
  z.object({
    job: z.literal('model-gate'),
    name: modelName,
    version: z.string().min(1).max(255),
    /** Milliseconds that each model may take for each table, and for each rule that runs it. */
    deadline: z.number().int().min(10).max(86_400_000).optional(),
  }),
]);
export type JobRequest = z.output<typeof jobRequest>;
/** Jobs that move contents about: one at a time, each in a thread. The others are processes of their own. */
export type ContentJob = Exclude<JobRequest, { job: 'model-gate' }>;

/** How far a job is: `done` of `total` things, and what it is at in a word. */
export interface JobProgress {
  what: string;
  done: number;
  total: number;
}

/** One line of the answer; the last one is `result` or `error`. */
export type JobLine = { progress: JobProgress } | { result: unknown } | { error: { code: ErrorCode; message: string } };

/** Something a job left alone, and why. */
export interface NamedReason {
  name: string;
  why: string;
}

/** What an export wrote. */
export interface ExportResult {
  file: string;
  /** The folder beside it that holds the files of runs; null when everything is in the file. */
  folder: string | null;
  /** Which MLflow opens the file; null for a bundle. */
  opensIn: string | null;
  bytes: number;
  counts: Record<string, number>;
  leftOut: NamedReason[];
}

/**
 * What an import did, or with `dryRun` would do: things by kind, each brought in, brought up to date, already here, or
 * refused by name.
 */
export interface ImportResult {
  /** Whose store it was; null for a bundle of Slipway's own. */
  source: { tool: string; what: string; path: string } | null;
  imported: Record<string, number>;
  updated: Record<string, number>;
  skipped: Record<string, number>;
  /** The runs among `imported`; empty for a dry run. */
  runIds: string[];
  /** Metric points that came from another tool's store. */
  points: number;
  refused: NamedReason[];
  /** What of another tool's store is broken: by file and place. */
  problems: NamedReason[];
  /** What of another tool's store is never taken. */
  leftOut: NamedReason[];
  missing: string[];
  dryRun: boolean;
}

/** A finished backup; `bytes` is its size. */
export interface BackupResult {
  file: string;
  bytes: number;
  withArtifacts: boolean;
}

/** What was freed, or with `dryRun` would be; `kept` names what stays and why. */
export interface GcResult {
  runs: number;
  experiments: number;
  loggedModels: number;
  traces: number;
  /** Versions of datasets. */
  versions: number;
  artifacts: number;
  objects: { count: number; bytes: number };
  leftovers: { count: number; bytes: number };
  /** By how much the database file is smaller, and how much of it is free to be used again. */
  database: { freed: number; reusable: number };
  kept: NamedReason[];
  dryRun: boolean;
}

/** What came back when a database was repaired. */
export interface RepairResult {
  imported: Record<string, number>;
  skipped: Record<string, number>;
  refused: NamedReason[];
  /** Runs taken in again from their folders. */
  recorded: string[];
  /** Artifacts whose content is gone, by their paths. */
  missing: string[];
  /** Contents that no name was left of, now artifacts of a run of that name. */
  unnamed: { count: number; run: string | null };
}

/** What reading all contents found; `examples` are some that are not what they should be, by what they are called and where. */
export interface ContentsResult {
  contents: number;
  bytes: number;
  missing: number;
  damaged: number;
  examples: { name: string; place: string }[];
}
