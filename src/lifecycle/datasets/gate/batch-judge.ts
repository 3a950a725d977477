// Whether a fetched batch keeps its dataset's contract, before it becomes a version.
import { resolve } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { CheckReport } from '../../../protocol/datasets/contract/check';
import type { CheckedSource } from '../../../protocol/datasets/contract/check-questions';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';
import { failuresOf } from './contract-failures';
import { type ContractFiles, fileSource, openContract } from './opened-contract';

/** A batch that was fetched; `place` is its file. */
export interface FetchedBatch {
  dataset: string;
  definition: DatasetDefinition;
  place: string;
}

/** What judges a batch; one sentence per check of severity error that fails. */
export type BatchJudge = (batch: FetchedBatch) => Promise<string[]>;

/**
 * Judges fetched batches; a dataset without a contract takes all. A contract that is wrong lets nothing through. `check`
 * runs a contract.
 */
export function batchJudge(files: ContractFiles, check: (input: CheckedSource) => Promise<CheckReport>): BatchJudge {
  return async ({ dataset, definition: { contract }, place }) => {
    if (contract === undefined) return [];
    try {
      const { text, path, table, others } = openContract(files, resolve(files.root, contract), dataset);
      const now = new Date(files.datasets.context.now()).toISOString();
      const source = fileSource(place);
      return failuresOf(await check({ source, contract: text, path, table: table.name, others, now }));
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
      return [error.message];
    }
  };
}
