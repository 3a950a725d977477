// A table whose rows are given to a model.
import type { ArrowKind } from '../../../platform/arrow/arrow-kinds';
import type { DuckDatabase } from '../../../platform/duckdb/duck-database';
import { identifier } from '../../../platform/duckdb/duck-text';
import type { TableColumn } from '../../../protocol/datasets/table-shape';
import type { ToldType } from '../batch/told-columns';

/** SQL of a column of a text file: what is written, the same without words for what is missing, and whether it is no value of the column. */
export interface WrittenColumn {
  /** Whether its numbers are JSON's, of which the text has another spelling than the file where they are no whole ones. */
  isNumber: boolean;
  text: string;
  known: string;
  isOther: string;
}

/** `from` is the view that is read. `written`: of the columns whose values are written as texts, by name; `kinds`: of those of Arrow's. */
export interface ReadTable {
  duck: DuckDatabase;
  from: string;
  columns: readonly TableColumn[];
  written: ReadonlyMap<string, WrittenColumn>;
  kinds: ReadonlyMap<string, ArrowKind>;
}

/** A column that goes along, by the name it has in the output, as SQL. */
export interface KeptColumn {
  name: string;
  type: ToldType;
  sql: string;
}

/** Digits that a BIGINT and a DOUBLE hold whatever they are. */
const sureDigits = { integer: 18, number: 15 };

/** What columns that go along are kept as. One of a text file that holds something else further down is text. */
export async function keptColumns(
  { duck, from, written }: ReadTable,
  columns: readonly { name: string; column: TableColumn }[],
): Promise<KeptColumn[]> {
  const kept = columns.map(({ name, column }) => ({ name, type: keptType(column), own: column.name }));
  const doubtful = kept.filter(({ own, type }) => type !== 'VARCHAR' && written.has(own));
  const tests = doubtful.map(({ own }, at) => `count_if(${written.get(own)?.isOther}) > 0 AS t${at}`);
  const [found] = tests.length === 0 ? [] : await duck.rows(`SELECT ${tests.join(', ')} FROM ${from}`);
  return kept.map((each): KeptColumn => {
    const { name, own, type } = each;
    const isText = found?.[`t${doubtful.indexOf(each)}`] === true;
    const sql = isText ? (written.get(own)?.known ?? '') : `CAST(${identifier(own)} AS ${type})`;
    return { name, type: isText ? 'VARCHAR' : type, sql };
  });
}

/** What is wider than a type here keeps its digits as text. */
function keptType({ kind, type }: TableColumn): ToldType {
  if (kind === 'integer' || kind === 'number') {
    const digits = Number(/^DECIMAL\((\d+)/.exec(type)?.[1] ?? 0);
    if (/^(UBIGINT|U?HUGEINT)$/.test(type) || digits > sureDigits[kind]) return 'VARCHAR';
    return kind === 'integer' ? 'BIGINT' : 'DOUBLE';
  }
  return kind === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}
