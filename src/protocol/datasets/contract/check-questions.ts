// What the data process answers about contracts.
import type { TableSource } from '../table-source';
import type { BadRows, BatchMeasures, CheckReport } from './check';

/** Another table that a contract names: where it is, or why it is not there. By `dataset:NAME` or `file:PATH`. */
export type OtherTables = Record<string, { source: TableSource } | { why: string }>;

/** A contract on a table. */
export interface CheckedSource {
  source: TableSource;
  /** The text of the contract, and its path as it was named. */
  contract: string;
  path: string;
  /** Which of its tables this is; null for the only one. */
  table: string | null;
  others: OtherTables;
  /** Against which time freshness is told, in ISO 8601. */
  now: string;
}

/** Which page of which check's bad rows. */
export interface BadRowsInput extends CheckedSource {
  check: string;
  offset: number;
  limit: number;
}

/** A table to draft a contract from. */
export interface InferInput {
  source: TableSource;
  /** The table's name in the draft, and its file as the draft names it. */
  name: string;
  physicalName: string | null;
  /** What the comments say it is from: `flights@9c41f07a`. */
  origin: string;
}

/** Tools that a contract can be written for. */
export const exportTools = ['great-expectations', 'pandera', 'frictionless'] as const;
export type ExportTool = (typeof exportTools)[number];

export interface ContractQuestions {
  batchMeasures: { input: { source: TableSource }; answer: BatchMeasures; partial: never };
  /** Throws SlipwayError `bad-request` with every problem of a contract that is wrong. */
  check: { input: CheckedSource; answer: CheckReport; partial: never };
  badRows: { input: BadRowsInput; answer: BadRows; partial: never };
  /** Throws SlipwayError `invalid` for a file of no known tool. `lost`: what could not be carried over. */
  importContract: {
    input: { text: string; name: string };
    answer: { tool: string; text: string; checks: number; lost: string[] };
    partial: never;
  };
  exportContract: {
    input: Pick<CheckedSource, 'contract' | 'path' | 'table'> & { tool: ExportTool };
    answer: { text: string; lost: string[] };
    partial: never;
  };
  /** The text of a contract that the table keeps. */
  inferContract: { input: InferInput; answer: { text: string }; partial: never };
}
