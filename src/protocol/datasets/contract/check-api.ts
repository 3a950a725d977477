// The part of the engine's API about contracts.
import * as z from 'zod';
import type { TakeBackSignal } from '../../conversation/take-back';
import { datasetName } from '../dataset';
import type { TableColumn } from '../table-shape';
import type { BadRows, BatchAnomaly, CheckReport } from './check';

const version = z.string().min(1).max(100).default('latest');
const path = z.string().min(1).max(4096);

/** A version of a dataset, and its contract. */
const target = {
  dataset: datasetName,
  version,
  /** An absolute path; null: the contract that slipway.yaml names for the dataset. */
  contract: path.nullable().default(null),
  /** Which of the contract's tables; null: that of the dataset's name, or the only one. */
  table: z.string().min(1).max(250).nullable().default(null),
  /** Against which time freshness is told, in ISO 8601; null: now. */
  now: z.iso.datetime().nullable().default(null),
};
export const checkQuery = z.object(target);
export type CheckQuery = z.output<typeof checkQuery>;

const page = {
  check: z.string().min(1).max(1000),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(100),
};
export const badRowsQuery = z.object({ ...target, ...page });
export type BadRowsQuery = z.output<typeof badRowsQuery>;

/** A contract on the file that it names itself, or on another one. */
const fileTarget = {
  contract: path,
  /** An absolute path; null: the `physicalName` of the table. */
  file: path.nullable().default(null),
  table: z.string().min(1).max(250).nullable().default(null),
  now: z.iso.datetime().nullable().default(null),
};
export const fileCheckQuery = z.object(fileTarget);
export type FileCheckQuery = z.output<typeof fileCheckQuery>;
export const fileRowsQuery = z.object({ ...fileTarget, ...page });
export type FileRowsQuery = z.output<typeof fileRowsQuery>;

export const inferQuery = z.object({ dataset: datasetName, version });
export type InferQuery = z.output<typeof inferQuery>;

export const anomalyQuery = z.object({ dataset: datasetName, version });
export type AnomalyQuery = z.output<typeof anomalyQuery>;

/** What of a version lies far from earlier ones. `compared`: how many there are of the `least` that it takes. */
export interface VersionAnomalies {
  /** The version's id. */
  version: string;
  anomalies: BatchAnomaly[];
  compared: number;
  least: number;
}

export const batchHistoryQuery = z.object({ dataset: datasetName });
export type BatchHistoryQuery = z.output<typeof batchHistoryQuery>;

/** A version beside those before it; `news`: numbers that are far from theirs and that nobody expected. At most 20 are told. */
export interface BatchMoment {
  version: string;
  news: number;
  compared: number;
  anomalies: BatchAnomaly[];
}

/** That a version's number was expected to be far from the earlier ones, or no longer. */
export const expectedChange = z.object({
  dataset: datasetName,
  version: z.string().min(1).max(100),
  measure: z.enum(['rows', 'nulls', 'distinct', 'mean']),
  column: z.string().min(1).nullable(),
  expected: z.boolean(),
});
export type ExpectedChange = z.output<typeof expectedChange>;

export const contractQuery = z.object({ contract: path, table: z.string().max(250).nullable().default(null) });
export type ContractQuery = z.output<typeof contractQuery>;

/** What a contract's table is: datasets that name the contract, and the columns of the newest data of one of them. */
export interface ContractSubject {
  datasets: string[];
  columns: TableColumn[];
}

/** A report, and the id of the version that it is of. */
export interface VersionReport extends CheckReport {
  version: string;
}

/** Every method may throw SlipwayError; `bad-request` for a contract that is wrong, with its first problem's place. */
export interface CheckApi {
  /** Runs the checks, and keeps the result with the version when contract and table are the dataset's own and the time is now. */
  checkVersion(query: CheckQuery, signal?: TakeBackSignal): Promise<VersionReport>;
  versionBadRows(query: BadRowsQuery, signal?: TakeBackSignal): Promise<BadRows>;
  checkFile(query: FileCheckQuery, signal?: TakeBackSignal): Promise<CheckReport>;
  fileBadRows(query: FileRowsQuery, signal?: TakeBackSignal): Promise<BadRows>;
  /** `columns` are none where the data cannot be read. The contract is an absolute path and need not be right. */
  contractSubject(query: ContractQuery, signal?: TakeBackSignal): Promise<ContractSubject>;
  /** Of any dataset, with a contract or without; none for fewer than five earlier versions. */
  versionAnomalies(query: AnomalyQuery, signal?: TakeBackSignal): Promise<VersionAnomalies>;
  /** The newest versions that were measured, from the oldest to the newest; measures none. */
  batchMoments(query: BatchHistoryQuery): Promise<BatchMoment[]>;
  /** Returns what undoes it. Throws `not-found` for a column that the version has not. */
  expectNumber(change: ExpectedChange): Promise<ExpectedChange>;
  /** The text of a contract that the version keeps. */
  inferContract(query: InferQuery, signal?: TakeBackSignal): Promise<{ text: string }>;
}
