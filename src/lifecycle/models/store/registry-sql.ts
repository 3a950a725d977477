// Turns a checked condition into SQL text and bound values. Only operators and columns from fixed lists reach the text.
import { SlipwayError } from '../../../base/errors';
import type { RegistryComparison, RegistryCondition, RegistrySort } from '../search/registry-condition';

/** A piece of SQL and the values of its question marks, in order. */
export interface SqlPiece {
  sql: string;
  values: (string | number)[];
}

/** Where one kind of record keeps what is asked: SQL of each attribute, and the table and owner of its tags. */
export interface RecordColumns {
  attributes: Readonly<Record<string, string>>;
  tags: string;
  tagOwner: string;
}

/** Each tag looked up is a cursor, and SQLite visits all of them whenever it opens one. */
const mostTags = 60;

/** The SQL of a whole filter. Throws `invalid` when it asks for more tags than can be looked up for each row. */
export function filterSql(condition: RegistryCondition, columns: RecordColumns): SqlPiece {
  const tags = tagsIn(condition);
  if (tags <= mostTags) return conditionSql(condition, columns);
  throw new SlipwayError(
    'invalid',
    `The filter looks up ${tags} tags; at most ${mostTags} are taken. Split the search.`,
  );
}

function tagsIn(condition: RegistryCondition): number {
  if (condition.kind === 'condition') return condition.subject === 'tag' ? 1 : 0;
  return condition.of.reduce((sum, each) => sum + tagsIn(each), 0);
}

function conditionSql(condition: RegistryCondition, columns: RecordColumns): SqlPiece {
  if (condition.kind === 'condition') return comparisonSql(condition, columns);
  if (condition.of.length === 0) return { sql: condition.kind === 'or' ? 'FALSE' : 'TRUE', values: [] };
  const pieces = condition.of.map((each) => conditionSql(each, columns));
  const sql = `(${pieces.map((piece) => piece.sql).join(condition.kind === 'or' ? ' OR ' : ' AND ')})`;
  return {
    sql: condition.kind === 'not' ? `(${sql} IS NOT TRUE)` : sql,
    values: pieces.flatMap((piece) => piece.values),
  };
}

/** The terms of ORDER BY. */
export function orderSql(order: readonly RegistrySort[], columns: Readonly<Record<string, string>>): string {
  return order.map(({ key, ascending }) => `${columns[key] ?? 'NULL'} ${ascending ? 'ASC' : 'DESC'}`).join(', ');
}

function comparisonSql({ subject, key, operator, value }: RegistryComparison, columns: RecordColumns): SqlPiece {
  if (subject === 'attribute') return compared(columns.attributes[key] ?? 'NULL', operator, value);
  const piece = compared('t.value', operator, value);
  return {
    sql: `EXISTS (SELECT 1 FROM ${columns.tags} t WHERE ${columns.tagOwner} AND t.key = ? AND ${piece.sql})`,
    values: [key, ...piece.values],
  };
}

function compared(expression: string, operator: string, value: RegistryComparison['value']): SqlPiece {
  if (typeof value === 'object') {
    return { sql: `${expression} ${operator} (SELECT value FROM json_each(?))`, values: [JSON.stringify(value)] };
  }
  if (operator === 'ILIKE') return { sql: `lower(${expression}) LIKE lower(?)`, values: [value] };
  return { sql: `${expression} ${operator} ?`, values: [value] };
}
