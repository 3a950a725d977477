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
  if (condition.of.length === 0) return { sql: condition.kind === 'or' ? 'FALSE' : 'TRUE', values: [] };
  const pieces = condition.of.map((each) => conditionSql(each, comparison));
  const joiner = condition.kind === 'or' ? ' OR ' : ' AND ';
  const whole = {
    sql: `(${pieces.map((piece) => piece.sql).join(joiner)})`,
    values: pieces.flatMap((piece) => piece.values),
  };
  // A comparison with what is not there is unknown to SQL; here it does not hold, so its NOT does.
  return condition.kind === 'not' ? { ...whole, sql: `(${whole.sql} IS NOT TRUE)` } : whole;
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

/**
 * A text compared as a number; texts that are no decimal numbers match nothing. Beside a REAL, SQLite reads a text column
 * as a number where all of it is one, and puts every other text above all numbers: hence the bound.
 */
function numericTextSql(column: string, operator: ConditionOperator, value: number): SqlPiece {
  const sql = `${column} ${operator} CAST(? AS REAL) AND ${column} <= CAST('9e999' AS REAL)`;
  return { sql, values: [value] };
}

/** A condition on a row of a key-value table, as numbers where the value is one: absent keys match only IS NULL. */
export function keyedSql(table: string, owner: string, condition: SimpleCondition): SqlPiece {
  const exists = `EXISTS (SELECT 1 FROM ${table} k WHERE ${owner} AND k.key = ?`;
  if (condition.operator === 'IS NULL') return { sql: `NOT ${exists})`, values: [condition.key] };
  if (condition.operator === 'IS NOT NULL') return { sql: `${exists})`, values: [condition.key] };
  const { operator, value } = condition;
  const compared =
    typeof value === 'number' ? numericTextSql('k.value', operator, value) : compareSql('k.value', operator, value);
  return { sql: `${exists} AND ${compared.sql})`, values: [condition.key, ...compared.values] };
}

/** The stages a view shows, as a JSON list to bind. */
export function stagesOf(view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL'): string {
  if (view === 'ALL') return '["active","deleted"]';
  return view === 'ACTIVE_ONLY' ? '["active"]' : '["deleted"]';
}
