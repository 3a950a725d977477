// Turns a checked condition into SQL text and bound values. Only operators and columns from fixed lists reach the text.
import type { Condition, ConditionOperator, SimpleCondition } from '../search/condition';

/** A piece of SQL and the values of its question marks, in order. */
export interface SqlPiece {
  sql: string;
  values: (string | number)[];
}

/** What a condition asks of one kind of row: the SQL of a single comparison. */
export type ComparisonSql = (condition: SimpleCondition) => SqlPiece;

/** The SQL of a whole condition. */
export function conditionSql(condition: Condition, comparison: ComparisonSql): SqlPiece {
  if (condition.kind === 'condition') return comparison(condition);
  if (condition.of.length === 0) return { sql: condition.kind === 'and' ? 'TRUE' : 'FALSE', values: [] };
  const pieces = condition.of.map((each) => conditionSql(each, comparison));
  const joiner = condition.kind === 'and' ? ' AND ' : ' OR ';
  return { sql: `(${pieces.map((piece) => piece.sql).join(joiner)})`, values: pieces.flatMap((piece) => piece.values) };
}

/** `expression OPERATOR value`. LIKE minds case; ILIKE does not. */
export function compareSql(expression: string, operator: ConditionOperator, value: SimpleCondition['value']): SqlPiece {
  if (value === null) return { sql: `${expression} ${operator}`, values: [] };
  if (typeof value === 'object') {
    const set = operator === 'NOT IN' ? 'NOT IN' : 'IN';
    return { sql: `${expression} ${set} (SELECT value FROM json_each(?))`, values: [JSON.stringify(value)] };
  }
  if (operator === 'ILIKE') return { sql: `lower(${expression}) LIKE lower(?)`, values: [value] };
  return { sql: `${expression} ${operator} ?`, values: [value] };
}

/** A condition on a row of a key-value table: absent keys match only IS NULL. */
export function keyedSql(table: string, owner: string, condition: SimpleCondition): SqlPiece {
  const exists = `EXISTS (SELECT 1 FROM ${table} k WHERE ${owner} AND k.key = ?`;
  if (condition.operator === 'IS NULL') return { sql: `NOT ${exists})`, values: [condition.key] };
  if (condition.operator === 'IS NOT NULL') return { sql: `${exists})`, values: [condition.key] };
  const compared = compareSql('k.value', condition.operator, condition.value);
  return { sql: `${exists} AND ${compared.sql})`, values: [condition.key, ...compared.values] };
}

/** The stages a view shows, as a JSON list to bind. */
export function stagesOf(view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL'): string {
  if (view === 'ALL') return '["active","deleted"]';
  return view === 'ACTIVE_ONLY' ? '["active"]' : '["deleted"]';
}
