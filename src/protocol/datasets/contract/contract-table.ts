// Which of a contract's tables is meant, and which other tables it names.
import { SlipwayError } from '../../../base/errors';
import type { ContractTable, OtherTable, ReadContract } from './contract';

/**
 * The table of that name, whichever way it is written: its name, its file, or its file's name without the ending. The
 * only one where no name fits. Throws SlipwayError `bad-request` where more than one could be meant.
 */
export function contractTable({ tables }: ReadContract, name: string | null, path: string): ContractTable {
  const [first, second] = tables;
  if (first === undefined) throw new SlipwayError('bad-request', `${path} has no table.`);
  const found = name === null ? undefined : tables.find((table) => namesOf(table).includes(name));
  if (found !== undefined) return found;
  if (second === undefined) return first;
  const names = tables.map((table) => table.name).join(', ');
  throw new SlipwayError('bad-request', `${path} has several tables: ${names}. Say which with --table.`);
}

function namesOf({ name, physicalName }: ContractTable): string[] {
  if (physicalName === null) return [name];
  const file = physicalName.split(/[\\/]/).at(-1) ?? physicalName;
  return [name, physicalName, file, file.replace(/\.[a-z]+(\.(gz|zst))?$/i, '')];
}

/** The other tables that its checks look at, each once. */
export function otherTables({ checks }: ContractTable): OtherTable[] {
  const named = checks.flatMap(({ test }) =>
    'table' in test ? test.table : 'reference' in test ? test.reference : [],
  );
  return [...new Map(named.map((table) => [JSON.stringify(table), table])).values()];
}

/** By what another table is looked up: `dataset:NAME` or `file:PATH`. */
export function otherKey(table: OtherTable): string {
  return 'dataset' in table ? `dataset:${table.dataset}` : `file:${table.file}`;
}
