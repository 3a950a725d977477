// What both sides of a diff have in common: columns by name, and how their values are compared.
import { SlipwayError } from '../../../../base/errors';
import { identifier } from '../../../../platform/duckdb/duck-text';
import type { SchemaDiff } from '../../../../protocol/datasets/table/diff';
import type { TableColumn } from '../../../../protocol/datasets/table-shape';
import { rowNumberName } from '../row-number';

/** Columns of both sides, in the order of the second. */
export interface CommonColumns {
  before: readonly TableColumn[];
  after: readonly TableColumn[];
  /** Names on both sides. */
  names: string[];
  key: string[];
  /** What numbers the rows of either side, once they are taken in. */
  row: string;
}

/** Throws SlipwayError `not-found` for a key column that a side has not. */
export function commonColumns(
  before: readonly TableColumn[],
  after: readonly TableColumn[],
  key: readonly string[],
): CommonColumns {
  const there = new Set(before.map(({ name }) => name));
  const names = after.map(({ name }) => name).filter((name) => there.has(name));
  for (const name of key) {
    if (names.includes(name)) continue;
    throw new SlipwayError('not-found', `The tables have no column ${name} in common, which is named as the key.`);
  }
  return { before, after, names, key: [...new Set(key)], row: rowNumberName([...before, ...after]) };
}

/** Columns that came, went or have another type. */
export function schemaDiff({ before, after, names }: CommonColumns): SchemaDiff {
  const isCommon = new Set(names);
  const was = new Map(before.map((column) => [column.name, column]));
  const orderBefore = before.filter(({ name }) => isCommon.has(name)).map(({ name }) => name);
  return {
    added: after.filter(({ name }) => !isCommon.has(name)),
    removed: before.filter(({ name }) => !isCommon.has(name)),
    retyped: after.flatMap((column) => {
      const other = was.get(column.name);
      return other === undefined || other.type === column.type
        ? []
        : [{ name: column.name, before: other, after: column }];
    }),
    isReordered: orderBefore.join('\0') !== names.join('\0'),
  };
}

/**
 * A value as it is compared. Sides of one type compare as they are; whole numbers and others as numbers; else by their
 * text. `alias` is the side.
 */
export function comparedValue({ before, after }: CommonColumns, name: string, alias: string): string {
  const [first, second] = [before, after].map((columns) => columns.find((column) => column.name === name));
  const value = `${alias}.${identifier(name)}`;
  if (first === undefined || second === undefined || first.type === second.type) return value;
  const isNumber = ({ kind }: TableColumn): boolean => kind === 'integer' || kind === 'number';
  if (isNumber(first) && isNumber(second)) {
    const areWhole = first.kind === 'integer' && second.kind === 'integer';
    return `CAST(${value} AS ${areWhole ? 'HUGEINT' : 'DOUBLE'})`;
  }
  const areDated = [first, second].every(({ kind }) => kind === 'date' || kind === 'timestamp');
  return `CAST(${value} AS ${areDated ? 'TIMESTAMP' : 'VARCHAR'})`;
}
