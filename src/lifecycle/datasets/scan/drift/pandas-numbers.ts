// Columns of a CSV that pandas reads as numbers where DuckDB reads texts: with a plus sign, or blanks around a fraction.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';

/** Rows by which texts that may be numbers are told from the rest. */
const fewRows = 1000;
const whole = '\\s*[+-]?[0-9]+\\s*';
const number = '\\s*[+-]?(([0-9]+[.]?[0-9]*|[.][0-9]+)(e[+-]?[0-9]+)?|inf(inity)?)\\s*';
/** They are kept as texts: an id must not lose them. */
const leadingZeros = '\\s*[+-]?0[0-9].*';

/** The type of each of these columns of `table` that pandas takes for numbers; the others are left out. */
export async function pandasNumbers(
  duck: DuckDatabase,
  table: string,
  texts: readonly string[],
): Promise<Map<string, 'BIGINT' | 'DOUBLE'>> {
  const likely = await matching(duck, `(FROM ${table} LIMIT ${fewRows})`, texts, isNumber);
  const numbers = await matching(duck, table, likely, isNumber);
  const wholes = await matching(duck, table, numbers, (name) =>
    everyRow(name, `regexp_full_match(${name}, '${whole}')`),
  );
  // Beyond 64 bits whole numbers are texts to pandas too.
  const fitting = await matching(duck, table, wholes, (name) =>
    everyRow(name, `TRY_CAST(${name} AS DOUBLE) BETWEEN -9223372036854775808 AND 18446744073709551615`),
  );
  return new Map(
    numbers
      .filter((name) => !wholes.includes(name) || fitting.includes(name))
      .map((name) => [name, wholes.includes(name) ? 'BIGINT' : 'DOUBLE'] as const),
  );
}

function isNumber(name: string): string {
  return everyRow(
    name,
    `regexp_full_match(${name}, '${number}', 'i') AND NOT regexp_full_match(${name}, '${leadingZeros}')`,
  );
}

/** A row without a value says nothing, and a column without any is none of numbers. */
function everyRow(name: string, test: string): string {
  return `count(${name}) > 0 AND count_if(${test}) = count(${name})`;
}

async function matching(
  duck: DuckDatabase,
  from: string,
  names: readonly string[],
  test: (name: string) => string,
): Promise<string[]> {
  if (names.length === 0) return [];
  const tests = names.map((name, index) => `${test(identifier(name))} AS t${index}`);
  const [found] = await duck.rows(`SELECT ${tests.join(', ')} FROM ${from}`);
  return names.filter((_, index) => found?.[`t${index}`] === true);
}
