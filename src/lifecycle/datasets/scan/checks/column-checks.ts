// What is told from the names of the columns alone.
import type { ContractCheck, ContractTable } from '../../../../protocol/datasets/contract/contract';
import { suggestion } from '../../../../protocol/datasets/contract/reading/schema-problem';
import { kindsOf } from './bad-row-sql';
import type { CheckedTable } from './checked-table';
import type { Measure } from './measure';

/** A column that is of the type as it is, with and without values. */
const noneBad: Measure = { kind: 'rows', bad: 0, counted: null, examples: [], observed: null, note: null };

/** The measure of a check that looks at no value; undefined for one that does. */
export function columnMeasure({ test, columns }: ContractCheck, table: CheckedTable): Measure | undefined {
  if (test.kind === 'words') return { kind: 'none', verdict: 'not checked', found: '–', note: test.text };
  if (test.kind === 'column') {
    const column = table.columns.get(columns[0] ?? '');
    return column === undefined ? missing(columns[0] ?? '', table) : whole(true, column.type);
  }
  if (test.kind === 'type') {
    const column = table.columns.get(columns[0] ?? '');
    if (column === undefined) return missing(columns[0] ?? '', table);
    if (kindsOf[test.type].includes(column.kind)) return noneBad;
  }
  return test.kind === 'column set' ? columnSet(test, [...table.columns.keys()]) : undefined;
}

/**
 * What is said of a check whose column is not there. A column that the contract declares is missed by its own check;
 * one that it declares nowhere is a mistake of the contract.
 */
export function missingColumn(check: ContractCheck, table: CheckedTable, contract: ContractTable): Measure | undefined {
  const absent = check.columns.find((name) => !table.columns.has(name));
  if (absent === undefined) return undefined;
  const isDeclared = contract.columns.some(({ name }) => name === absent);
  const note = `There is no column ${absent}.${suggestion(absent, [...table.columns.keys()])}`;
  return { kind: 'none', verdict: isDeclared ? 'not checked' : 'error', found: 'column missing', note };
}

function missing(name: string, table: CheckedTable): Measure {
  const near = suggestion(name, [...table.columns.keys()]).trim();
  return { ...whole(false, 'column missing'), note: near === '' ? `There is no column ${name}.` : near };
}

function whole(isMet: boolean, found: string): Extract<Measure, { kind: 'whole' }> {
  return { kind: 'whole', isMet, found, bad: null, examples: [], observed: null, note: null };
}

function columnSet(
  { names, inOrder, others }: Extract<ContractCheck['test'], { kind: 'column set' }>,
  found: readonly string[],
): Measure {
  const absent = names.filter((name) => !found.includes(name));
  const extra = others ? [] : found.filter((name) => !names.includes(name));
  const common = found.filter((name) => names.includes(name));
  const isInOrder = !inOrder || names.filter((name) => found.includes(name)).every((name, at) => common[at] === name);
  const some = (all: readonly string[]): string => all.slice(0, 3).join(', ') + (all.length > 3 ? ' …' : '');
  const parts = [
    ...(absent.length > 0 ? [`without ${some(absent)}`] : []),
    ...(extra.length > 0 ? [`also ${some(extra)}`] : []),
    ...(isInOrder ? [] : ['in another order']),
  ];
  return whole(parts.length === 0, parts.length === 0 ? `${found.length} columns` : parts.join('; '));
}
