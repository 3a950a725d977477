// The part of the engine's API about datasets as records: what there is, which content, who used it.
import * as z from 'zod';
import type { TakeBackSignal } from '../conversation/take-back';
import type { Page } from '../run';
import type { ReportVerdict } from './contract/check';
import {
  type DatasetDefinition,
  type DatasetDiskUse,
  type DatasetFile,
  type DatasetSummary,
  type DatasetVersion,
  datasetDefinition,
  datasetName,
  type ResultKind,
  type ResultVerdict,
  resultKind,
  versionLabel,
} from './dataset';
import type { DatasetDrift } from './drift';
import type { CheckOverride, LaunchJudgement, LaunchQuery, OverrideQuery } from './launch';
import type { Lineage, LineageKind } from './lineage';
import { lastAdvice, lastPattern } from './panel/drift-reference';
import type { TableSource } from './table-source';

const page = z
  .string()
  .nullish()
  .transform((token) => token ?? null);
const limit = (most: number, usual: number) => z.number().int().min(1).max(most).default(usual);
/** `NAME@VERSION` in two: latest, a label, or the beginning of an id. */
const version = z.string().min(1).max(100).default('latest');

/** `text` narrows to names, owners, descriptions and tags that hold it. */
export const datasetListQuery = z.object({
  text: z.string().max(200).default(''),
  deleted: z.boolean().default(false),
  limit: limit(500, 100),
  page,
});
export type DatasetListQuery = z.output<typeof datasetListQuery>;

export const datasetQuery = z.object({ dataset: datasetName });
/** Null: of all datasets. */
export const diskUseQuery = z.object({ dataset: datasetName.nullable().default(null) });
export const versionQuery = z.object({ dataset: datasetName, version });
export type VersionQuery = z.output<typeof versionQuery>;

export const versionListQuery = z.object({
  dataset: datasetName,
  deleted: z.boolean().default(false),
  limit: limit(500, 50),
  page,
});
export type VersionListQuery = z.output<typeof versionListQuery>;

export const fileListQuery = z.object({ dataset: datasetName, version, limit: limit(10_000, 500), page });
export type FileListQuery = z.output<typeof fileListQuery>;

/** `version` null takes the label away. */
export const labelChange = z.object({
  dataset: datasetName,
  label: versionLabel,
  version: z.string().min(1).max(100).nullable(),
});
export type LabelChange = z.output<typeof labelChange>;

/** What of a definition may be changed by hand; null takes a key away. */
export const descriptionChange = z.object({
  dataset: datasetName,
  owner: z.string().min(1).max(250).nullable().optional(),
  description: z.string().max(10_000).nullable().optional(),
  tags: z.array(z.string().min(1).max(100)).max(100).nullable().optional(),
  contract: z.string().min(1).max(4096).nullable().optional(),
  key: z.array(z.string().min(1).max(250)).max(100).nullable().optional(),
  time: z.string().min(1).max(250).nullable().optional(),
  label: z.string().min(1).max(250).nullable().optional(),
  reference: z.string().regex(lastPattern, lastAdvice).nullable().optional(),
});
export type DescriptionChange = z.output<typeof descriptionChange>;

/** `fingerprint` names what was seen; what slipway.yaml says by now may be something else. */
export const commandConsent = z.object({ dataset: datasetName, fingerprint: z.string().length(64) });
export type CommandConsent = z.output<typeof commandConsent>;

/** `fingerprint` null switches the schedule off. */
export const scheduleChange = z.object({ dataset: datasetName, fingerprint: z.string().length(64).nullable() });
export type ScheduleChange = z.output<typeof scheduleChange>;

/** One version, or with `version` null the whole dataset. */
export const trashMove = z.object({ dataset: datasetName, version: z.string().min(1).max(100).nullable() });
export type TrashMove = z.output<typeof trashMove>;

/**
 * A result to keep for a version. `digest` names what it was computed with (contract and options); a result of the same
 * version, kind and digest takes the place of the earlier one.
 */
export interface KeptResult {
  dataset: string;
  version: string;
  kind: ResultKind;
  digest: string;
  verdict: ResultVerdict | null;
  summary: string;
  value: unknown;
}

/** `digest` null: the newest of that kind. */
export const resultQuery = z.object({
  dataset: datasetName,
  version,
  kind: resultKind,
  digest: z.string().max(200).nullable().default(null),
});
export type ResultQuery = z.output<typeof resultQuery>;

/** A kept result as it is given back. */
export interface FoundResult extends Omit<KeptResult, 'version'> {
  version: string;
  time: number;
}

export const lineageQuery = z.object({
  kind: z.enum(['source', 'stage', 'version', 'run', 'model']),
  id: z.string().min(1).max(5000),
  /** How many arrows away at most. */
  depth: z.number().int().min(1).max(20).default(6),
});
export type LineageQuery = z.output<typeof lineageQuery>;

export const workspaceSearch = z.object({ text: z.string().min(1).max(200), limit: limit(100, 30) });
export type WorkspaceSearch = z.output<typeof workspaceSearch>;

/** What a version is read from, and which version that is. */
export interface DatasetTable {
  source: TableSource;
  version: DatasetVersion;
  definition: DatasetDefinition;
}

/** One find of the search over datasets, runs and models. */
export interface SearchFind {
  kind: 'dataset' | LineageKind;
  id: string;
  name: string;
  /** The words in which the text was found. */
  detail: string;
  time: number | null;
}

/** Every method may throw SlipwayError. Long work (register, refresh, restore, track) is a job: see `jobs/job.ts`. */
export interface DatasetsApi {
  listDatasets(query: DatasetListQuery): Promise<Page<DatasetSummary>>;
  /** Throws `not-found`. */
  getDataset(dataset: string): Promise<DatasetSummary>;
  /** The newest first. */
  listDatasetVersions(query: VersionListQuery): Promise<Page<DatasetVersion>>;
  getDatasetVersion(query: VersionQuery): Promise<DatasetVersion>;
  /** By path. */
  listDatasetFiles(query: FileListQuery): Promise<Page<DatasetFile>>;
  /**
   * What the data process reads for a version. Throws `not-found`, and `unavailable` where its bytes are not kept and the
   * files have changed since.
   */
  datasetTable(query: VersionQuery): Promise<DatasetTable>;
  /** Moves a label, makes one or takes it away; returns what undoes it. */
  labelDataset(change: LabelChange): Promise<LabelChange>;
  /** Writes into slipway.yaml and returns what undoes it. */
  describeDataset(change: DescriptionChange): Promise<DescriptionChange>;
  /** Somebody saw the command of a dataset and lets it run here. Throws `conflict` where it is another one by now. */
  allowDatasetCommand(consent: CommandConsent): Promise<void>;
  /**
   * Switches a dataset's schedule on, for exactly what was seen, or off. Throws `invalid` for a dataset without one, or one
   * that never comes, and `conflict` where slipway.yaml says something else by now.
   */
  scheduleDataset(change: ScheduleChange): Promise<DatasetSummary>;
  /** To the trash; a dataset's entry in slipway.yaml goes with it. */
  deleteDataset(move: TrashMove): Promise<void>;
  /** Back from the trash, the entry in slipway.yaml too. */
  undeleteDataset(move: TrashMove): Promise<void>;
  /** Of one dataset, or of all with null. */
  datasetDiskUse(dataset: string | null): Promise<DatasetDiskUse[]>;
  findDatasetResult(query: ResultQuery): Promise<FoundResult | null>;
  /** Reads the datasets of a launch's inputs again and checks their contracts; with a reason what fails is overridden. */
  judgeLaunch(query: LaunchQuery, signal?: TakeBackSignal): Promise<LaunchJudgement>;
  /** The newest first. */
  listOverrides(query: OverrideQuery): Promise<CheckOverride[]>;
  lineage(query: LineageQuery): Promise<Lineage>;
  searchWorkspace(query: WorkspaceSearch): Promise<SearchFind[]>;
}

/** The long works on datasets, as requests of a job. */
export const datasetJobs = [
  /** Writes the entry into slipway.yaml and reads its first version. Throws `already-exists` for a name that is taken. */
  z.object({ job: z.literal('dataset-register'), dataset: datasetName, definition: datasetDefinition }),
  /** Reads, or fetches, what is there now; a content that is known already makes no version. */
  z.object({
    job: z.literal('dataset-refresh'),
    dataset: datasetName,
    /** The schedule it is fetched by, as it was enabled. */
    scheduled: z.string().optional(),
  }),
  /** Writes a version's files to an absolute path, whole or not at all. */
  z.object({
    job: z.literal('dataset-restore'),
    dataset: datasetName,
    version,
    to: z.string().min(1).max(4096),
    force: z.boolean().default(false),
  }),
  /** Writes the `.dvc` file, the cache object and the line of .gitignore that DVC would. */
  z.object({ job: z.literal('dataset-track'), dataset: datasetName }),
] as const;

/**
 * How what was read stands to its dataset's contract. `failures`: one sentence for each check that stops a training.
 * `error`: the contract is wrong, or a check could not be run.
 */
export interface BatchCheck {
  verdict: ReportVerdict;
  summary: string;
  failures: string[];
}

/** How far what was read has moved from its dataset's `reference`: versions by id with commas between, or `last:N`. */
export interface BatchDrift extends DatasetDrift {
  reference: string;
}

/** What registering and refreshing answer. `isNew`: the content was not known before. */
export interface RefreshResult extends ReadDataset {
  /** Null for a dataset without a contract. */
  check: BatchCheck | null;
  /** Against the reference of its dataset; null where there is none, or where it was not measured. */
  drift: BatchDrift | null;
}

/** What was read of a dataset, and not checked yet. */
export interface ReadDataset {
  dataset: string;
  definition: DatasetDefinition;
  version: DatasetVersion;
  isNew: boolean;
  /** How many files were read; the others were known by their times. */
  hashed: number;
  /** One sentence each: what should be known about it, such as files that changed meanwhile. */
  notes: string[];
}

/** What was written by a restore. */
export interface RestoreResult {
  dataset: string;
  version: string;
  to: string;
  files: number;
  bytes: number;
  /** Files of no such name that the folder held before, and holds still. */
  others: number;
}

/** What tracking wrote, relative to the workspace. */
export interface TrackResult {
  dataset: string;
  dvcFile: string;
  id: string;
}
