// Turns a checked condition into SQL text and bound values. Only operators and columns from fixed lists reach the text.
import { SlipwayError } from '../../../base/errors';
import type { TraceComparison, TraceCondition, TraceSort, TraceSubject } from '../search/trace-condition';

/** A piece of SQL and the values of its question marks, in order. */
export interface SqlPiece {
  sql: string;
  values: (string | number)[];
}

/** Each row looked up is a cursor, and SQLite visits all of them whenever it opens one. */
const mostLookups = 60;

const columns: Readonly<Record<string, string>> = {
  trace_id: 't.trace_id',
  experiment_id: 't.experiment_id',
  request_time: 't.request_time',
  duration: 't.duration',
  end_time: 't.request_time + coalesce(t.duration, 0)',
  state: 't.state',
  client_request_id: 't.client_request_id',
};
// The protocol's own words around a value are no part of what a span says. Within a text their quotes are escaped: it stays.
const wrappings =
  'key value string_value bool_value int_value double_value bytes_value array_value kvlist_value values';
const spanText = wrappings.split(' ').reduce((text, word) => `replace(${text}, '"${word}":', '')`, 'x.content');
const spanColumns: Readonly<Record<string, string>> = {
  name: 'x.name',
  type: 'x.type',
  status: 'x.status',
  content: spanText,
};
/** Where what is kept beside a trace lies: its table, and which row of it a key means. */
const tables: Readonly<Partial<Record<TraceSubject, string>>> = {
  tag: 'trace_tags x WHERE x.trace = t.trace AND x.key = ?',
  metadata: 'trace_metadata x WHERE x.trace = t.trace AND x.key = ?',
  feedback: `trace_assessments x WHERE x.trace = t.trace AND x.kind = 'feedback' AND x.valid AND x.name = ?`,
  expectation: `trace_assessments x WHERE x.trace = t.trace AND x.kind = 'expectation' AND x.valid AND x.name = ?`,
};

/** The SQL of a whole filter over traces `t`. Throws `invalid` when it looks up more than each row can be asked. */
export function filterSql(condition: TraceCondition): SqlPiece {
  const lookups = lookupsIn(condition);
  if (lookups <= mostLookups) return conditionSql(condition);
  throw new SlipwayError(
    'invalid',
    `The filter looks up ${lookups} tags, metadata, spans and assessments; at most ${mostLookups} are taken. Split the search.`,
  );
}

/** The terms of ORDER BY; what is not there comes last. */
export function orderSql(order: readonly TraceSort[]): SqlPiece {
  const values: string[] = [];
  const terms = order.map(({ subject, key, ascending }) => {
    const direction = ascending ? 'ASC' : 'DESC';
    if (subject === 'attribute') return `${columns[key] ?? 'NULL'} ${direction} NULLS LAST`;
    values.push(key);
    return `(SELECT x.value FROM ${tables[subject]}) ${direction} NULLS LAST`;
  });
  return { sql: terms.join(', '), values };
}

function lookupsIn(condition: TraceCondition): number {
  if (condition.kind === 'condition') return condition.subject === 'attribute' ? 0 : 1;
  return condition.of.reduce((sum, each) => sum + lookupsIn(each), 0);
}

function conditionSql(condition: TraceCondition): SqlPiece {
  if (condition.kind === 'condition') return comparisonSql(condition);
  if (condition.of.length === 0) return { sql: condition.kind === 'or' ? 'FALSE' : 'TRUE', values: [] };
  const pieces = condition.of.map(conditionSql);
  const sql = `(${pieces.map((piece) => piece.sql).join(condition.kind === 'or' ? ' OR ' : ' AND ')})`;
  return {
    sql: condition.kind === 'not' ? `(${sql} IS NOT TRUE)` : sql,
    values: pieces.flatMap((piece) => piece.values),
  };
}

function comparisonSql(comparison: TraceComparison): SqlPiece {
  const { subject, key } = comparison;
  if (subject === 'attribute') return compared(columns[key] ?? 'NULL', comparison);
  if (subject === 'run') return exists('trace_runs x WHERE x.trace = t.trace', [], compared('x.run_id', comparison));
  if (subject === 'prompt')
    return exists('trace_prompts x WHERE x.trace = t.trace', [], compared('x.prompt', comparison));
  if (subject === 'span') {
    return exists('spans x WHERE x.trace = t.trace', [], compared(spanColumns[key] ?? 'NULL', comparison));
  }
  if (subject === 'span attribute') return spanAttributeSql(comparison);
  return keyedSql(comparison);
}

function keyedSql(comparison: TraceComparison): SqlPiece {
  const { subject, key, operator, value } = comparison;
  const from = tables[subject] ?? '';
  if (operator === 'IS NULL') return { sql: `NOT EXISTS (SELECT 1 FROM ${from})`, values: [key] };
  if (operator === 'IS NOT NULL') return { sql: `EXISTS (SELECT 1 FROM ${from})`, values: [key] };
  if (subject === 'tag' || subject === 'metadata') return exists(from, [key], compared('x.value', comparison));
  // Assessments keep their value as JSON: a text stands there with its quotes, a number or true without.
  const isNumber = typeof value === 'number';
  const kind = isNumber ? `json_type(x.value) IN ('integer', 'real') AND ` : '';
  const piece = compared(`json_extract(x.value, '$')`, comparison);
  const asWritten = compared(isNumber ? 'NULL' : 'x.value', comparison);
  if (isNumber || operator === '!=') return exists(from, [key], { ...piece, sql: `${kind}${piece.sql}` });
  return exists(from, [key], {
    sql: `(${piece.sql} OR ${asWritten.sql})`,
    values: [...piece.values, ...asWritten.values],
  });
}

function spanAttributeSql(comparison: TraceComparison): SqlPiece {
  const value = `coalesce(json_extract(a.value, '$.value.string_value'), json_extract(a.value, '$.value.int_value'),
    json_extract(a.value, '$.value.double_value'), iif(json_extract(a.value, '$.value.bool_value'), 'true', NULL),
    json_extract(a.value, '$.value'))`;
  return exists(
    `spans x, json_each(x.content, '$.attributes') a WHERE x.trace = t.trace AND json_extract(a.value, '$.key') = ?`,
    [comparison.key],
    compared(`CAST(${value} AS TEXT)`, comparison),
  );
}

function exists(from: string, values: readonly string[], test: SqlPiece): SqlPiece {
  return { sql: `EXISTS (SELECT 1 FROM ${from} AND ${test.sql})`, values: [...values, ...test.values] };
}

function compared(expression: string, { operator, value }: TraceComparison): SqlPiece {
  if (value === null) return { sql: `(${expression}) ${operator}`, values: [] };
  if (typeof value === 'object') {
    return { sql: `(${expression}) ${operator} (SELECT value FROM json_each(?))`, values: [JSON.stringify(value)] };
  }
  if (operator === 'ILIKE') return { sql: `lower(${expression}) LIKE lower(?)`, values: [value] };
  return { sql: `(${expression}) ${operator} ?`, values: [value] };
}
