// A contract as it is opened for a check: its text, and the tables that it names beside the one it is run on.
import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import type { OtherTables } from '../../../protocol/datasets/contract/check-questions';
import type { ContractTable, OtherTable } from '../../../protocol/datasets/contract/contract';
import { contractTable, otherKey, otherTables } from '../../../protocol/datasets/contract/contract-table';
import { readContract } from '../../../protocol/datasets/contract/reading/contract-reading';
import { formatOfName, type TableSource } from '../../../protocol/datasets/table-source';
import type { DatasetsService } from '../service';

/** Bytes of a contract; reading one takes its time of the engine's loop. */
const mostBytes = 4_000_000;

/** An opened contract. `path` is shown from the workspace. */
export interface OpenedContract {
  text: string;
  path: string;
  table: ContractTable;
  others: OtherTables;
}

/** What it opens contracts with. */
export interface ContractFiles {
  root: string;
  datasets: DatasetsService;
}

/**
 * Opens the contract at an absolute path for one of its tables; `wanted` null is the only one. Throws SlipwayError
 * `not-found` for no file, `bad-request` for one that is wrong.
 */
export function openContract({ root, datasets }: ContractFiles, file: string, wanted: string | null): OpenedContract {
  const path = shownFrom(root, file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new SlipwayError('not-found', `There is no contract ${path}.`);
  if (!found.isFile() || found.size > mostBytes) throw new SlipwayError('invalid', `${path} is no contract.`);
  const text = readFileSync(file, 'utf8');
  const contract = readContract(text);
  const [first] = contract.problems;
  if (first !== undefined) {
    const more = contract.problems.length > 1 ? ` (and ${contract.problems.length - 1} more)` : '';
    throw new SlipwayError('bad-request', `${path}:${first.place.line}:${first.place.column}: ${first.message}${more}`);
  }
  const table = contractTable(contract, wanted, path);
  const others: OtherTables = {};
  for (const other of otherTables(table)) others[otherKey(other)] = otherTable(datasets, dirname(file), other);
  return { text, path, table, others };
}

function otherTable(datasets: DatasetsService, folder: string, other: OtherTable): OtherTables[string] {
  try {
    if ('file' in other) return { source: fileSource(resolve(folder, other.file)) };
    return { source: datasets.table({ dataset: other.dataset, version: 'latest' }).source };
  } catch (error) {
    if (!SlipwayError.is(error)) throw error;
    return { why: error.message };
  }
}

/** A file as a table. Throws SlipwayError `not-found`, `invalid` for one that is no table. */
export function fileSource(path: string): TableSource {
  const format = formatOfName(path);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new SlipwayError('not-found', `There is no file ${path}.`);
  if (format === undefined) throw new SlipwayError('invalid', `${path} is no table that can be read.`);
  return { files: [path], format };
}

function shownFrom(root: string, file: string): string {
  const short = relative(root, file);
  return short.startsWith('..') ? file : short.replaceAll('\\', '/');
}
