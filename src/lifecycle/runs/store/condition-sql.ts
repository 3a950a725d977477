// Turns a checked condition into SQL text and bound values. Only operators and columns from fixed lists reach the text.
import { SlipwayError } from '../../../base/errors';
import type { Condition, ConditionOperator, SimpleCondition } from '../search/condition';

/** A piece of SQL and the values of its question marks, in order. */
export interface SqlPiece {
  sql: string;
  values: (string | number)[];
}

/**
 * A question about the one row that `from` selects, or none: it holds when there is such a row and `test` is true of it.
 * Questions about the same row are asked together, for each row looked up is a cursor, and SQLite visits all of them
 * whenever it opens one.
 */
export interface RowTest {
  from: SqlPiece;
  test: SqlPiece;
}

/** What a condition asks of one kind of row: the SQL of a single comparison. */
export type ComparisonSql = (condition: SimpleCondition) => SqlPiece | RowTest;

const mostLookups = 60;
const widest = 8;

/** The SQL of a whole condition. Throws `invalid` when it would look up too many rows for each one it judges. */
export function conditionSql(condition: Condition, comparison: ComparisonSql): SqlPiece {
  const piece = wholeSql(partSql(condition, comparison));
  // Whatever people write is bound, so that the words stand only where a row is looked up.
  const lookups = piece.sql.match(/\(SELECT (?:1|CASE) /g)?.length ?? 0;
  if (lookups <= mostLookups) return piece;
  throw new SlipwayError(
    'invalid',
    `The filter looks up ${lookups} metrics, params, tags and datasets; at most ${mostLookups} are taken. Put comparisons of one key beside each other, or split the search.`,
  );
}

function partSql(condition: Condition, comparison: ComparisonSql): SqlPiece | RowTest {
  if (condition.kind === 'condition') return comparison(condition);
  const joiner = condition.kind === 'or' ? 'OR' : 'AND';
  const parts = condition.of.map((each) => partSql(each, comparison));
  const whole = joinedSql(parts.length > 1 ? oneTestPerRow(parts, joiner) : parts.map(wholeSql), joiner);
  // A comparison with what is not there is unknown to SQL; here it does not hold, so its NOT does.
  return condition.kind === 'not' ? { ...whole, sql: `(${whole.sql} IS NOT TRUE)` } : whole;
}

function wholeSql(part: SqlPiece | RowTest): SqlPiece {
  if (!('from' in part)) return part;
  const { from, test } = part;
  return { sql: `EXISTS (${from.sql} AND ${test.sql})`, values: [...from.values, ...test.values] };
}

function joinedSql(pieces: readonly SqlPiece[], joiner: 'AND' | 'OR'): SqlPiece {
  if (pieces.length === 0) return { sql: joiner === 'OR' ? 'FALSE' : 'TRUE', values: [] };
  if (pieces.length > widest) {
    // In halves, because SQLite reads a long row of ANDs or ORs as a tree as deep as it is long, and bounds its depth.
    const middle = pieces.length >> 1;
    return joinedSql([joinedSql(pieces.slice(0, middle), joiner), joinedSql(pieces.slice(middle), joiner)], joiner);
  }
  const sql = `(${pieces.map((piece) => piece.sql).join(` ${joiner} `)})`;
  return { sql, values: pieces.flatMap((piece) => piece.values) };
}

function oneTestPerRow(parts: readonly (SqlPiece | RowTest)[], joiner: 'AND' | 'OR'): SqlPiece[] {
  const alone: SqlPiece[] = [];
  const rows = new Map<string, { from: SqlPiece; tests: SqlPiece[] }>();
  for (const part of parts) {
    if (!('from' in part)) {
      alone.push(part);
      continue;
    }
    const row = JSON.stringify(part.from);
    const known = rows.get(row);
    if (known === undefined) rows.set(row, { from: part.from, tests: [part.test] });
    else known.tests.push(part.test);
  }
  return [...[...rows.values()].map(({ from, tests }) => wholeSql({ from, test: joinedSql(tests, joiner) })), ...alone];
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
  const sql = `(${column} ${operator} CAST(? AS REAL) AND ${column} <= CAST('9e999' AS REAL))`;
  return { sql, values: [value] };
}

/** A condition on a row of a key-value table, as numbers where the value is one: absent keys match only IS NULL. */
export function keyedSql(table: string, owner: string, condition: SimpleCondition): SqlPiece | RowTest {
  const { key, operator, value } = condition;
  const from = { sql: `SELECT 1 FROM ${table} k WHERE ${owner} AND k.key = ?`, values: [key] };
  if (operator === 'IS NULL') return { sql: `NOT EXISTS (${from.sql})`, values: [key] };
  if (operator === 'IS NOT NULL') return { from, test: { sql: 'TRUE', values: [] } };
  const isNumber = typeof value === 'number';
  return { from, test: isNumber ? numericTextSql('k.value', operator, value) : compareSql('k.value', operator, value) };
}

/** The stages a view shows, as a JSON list to bind. */
export function stagesOf(view: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL'): string {
  if (view === 'ALL') return '["active","deleted"]';
  return view === 'ACTIVE_ONLY' ? '["active"]' : '["deleted"]';
}
