// The SQL that reads CSV files, with the types and names that DuckDB by itself does not find out as pandas does.
import type { DuckDatabase } from '../../../../platform/duckdb/duck-database';
import { identifier } from '../../../../platform/duckdb/duck-text';
import { type ReadableFiles, relationOf, sampledRows } from '../relation';
import type { CsvDialect } from './csv-dialect';
import type { CsvWays } from './csv-ways';

interface CsvFiles {
  files: ReadableFiles;
  dialect: CsvDialect;
  bytes: number;
  ways: CsvWays;
}

/** What is read, and columns that are called otherwise there than they are written: the names of both. */
export interface CsvRelation {
  relation: string;
  names: ReadonlyMap<string, string>;
}

interface Described {
  name: string;
  type: string;
}

/** Throws as DuckDB does. */
export async function csvRelation(duck: DuckDatabase, csv: CsvFiles): Promise<CsvRelation> {
  const { files, dialect, bytes, ways } = csv;
  const { asText, hasLongLines } = ways;
  const texts = new Map(asText.map((name) => [name, 'VARCHAR']));
  const found = relationOf(files, { dialect, hasLongLines, types: { some: texts } }, bytes);
  const columns = await described(duck, found);
  const others = await otherTypes(
    duck,
    csv,
    columns.filter(({ name }) => !texts.has(name)),
  );
  const names = writtenNames(columns, dialect.names);
  const relation =
    others.size === 0
      ? found
      : relationOf(files, { dialect, hasLongLines, types: { some: new Map([...texts, ...others]) } }, bytes);
  if (files.files.length > 1) return { relation, names };
  return { relation: (await typed(duck, csv, { relation, isNew: others.size > 0, columns })) ?? relation, names };
}

async function described(duck: DuckDatabase, relation: string): Promise<Described[]> {
  const rows = await duck.rows(`DESCRIBE FROM ${relation}`);
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

/**
 * The same with the types that were found written into it: DuckDB would find them out anew for every statement, by a look
 * at every row. How a date is written is told by the rows alone, so that tables with dates stay as they are.
 */
async function typed(
  duck: DuckDatabase,
  { files, dialect, ways: { hasLongLines } }: CsvFiles,
  found: { relation: string; isNew: boolean; columns: readonly Described[] },
): Promise<string | undefined> {
  const columns = found.isNew ? await described(duck, found.relation) : found.columns;
  const all = new Map(columns.map(({ name, type }) => [name, type]));
  if (columns.some(({ type }) => /DATE|TIME/.test(type)) || all.size !== columns.length) return undefined;
  const known = relationOf(files, { dialect, hasLongLines, types: { all } }, 0);
  const again = await described(duck, known).catch(() => []);
  return JSON.stringify(again) === JSON.stringify(columns) ? known : undefined;
}

/** A value that is neither a number nor what stands for none; and a number with a point. */
const word = /^(?!.*(?:n\/?a|nan|null|none|inf))\s*[+-]?[a-z]/i;
const decimal = /^\s*[+-]?(\d+[.e]|[.]\d)/i;
/** Rows by which texts that may be numbers are told from the rest. */
const fewRows = 1000;
/** Those beyond 64 bits are doubles to DuckDB, which would make many of them one. */
const areWhole = (name: string): string => `count_if(NOT regexp_full_match(${name}, '[+-]?[0-9]+')) = 0`;
const numbers = (name: string): string => `count(TRY_CAST(${name} AS DOUBLE)) = count(${name})`;

/** DuckDB takes yes, t and on for booleans, a column that begins with inf for texts, and whole numbers beyond 64 bits for doubles. */
async function otherTypes(
  duck: DuckDatabase,
  { files, dialect, bytes, ways: { hasLongLines } }: CsvFiles,
  columns: readonly Described[],
): Promise<Map<string, string>> {
  const written = relationOf(files, { dialect, hasLongLines, types: 'texts' }, 0);
  const all = sampledRows(bytes);
  const rows = all === -1 ? '' : ` LIMIT ${all}`;
  const someOf = async (names: readonly string[], limit: string, test: (name: string) => string): Promise<string[]> => {
    if (names.length === 0) return [];
    const tests = names.map((name, index) => `${test(identifier(name))} AS t${index}`);
    const [found] = await duck.rows(`SELECT ${tests.join(', ')} FROM (FROM ${written}${limit})`);
    return names.filter((_, index) => found?.[`t${index}`] === true);
  };
  // What the first row shows to be something else need not be looked through.
  const isOne = files.files.length === 1 && columns.length === dialect.firstRow.length;
  const first = isOne ? dialect.firstRow : [];
  const named = (type: string, isElse = /(?!)/): string[] =>
    columns.filter((each, index) => each.type === type && !isElse.test(first[index] ?? '')).map(({ name }) => name);
  const words = await someOf(named('BOOLEAN'), rows, (name) => `count_if(lower(${name}) NOT IN ('true', 'false')) > 0`);
  const likely = await someOf(named('VARCHAR', word), ` LIMIT ${fewRows}`, numbers);
  const infinite = await someOf(
    likely,
    rows,
    (name) => `${numbers(name)} AND count_if(regexp_full_match(${name}, '[+-]?inf(inity)?', 'i')) > 0`,
  );
  const far = await farTypes(named('DOUBLE', decimal), (names, test) => someOf(names, rows, test));
  return new Map([
    ...far,
    ...words.map((name) => [name, 'VARCHAR'] as const),
    ...infinite.map((name) => [name, 'DOUBLE'] as const),
  ]);
}

type SomeOf = (names: readonly string[], test: (name: string) => string) => Promise<string[]>;

/** Of columns that DuckDB reads as doubles those that hold whole numbers only, with a type that holds all of them. */
async function farTypes(doubles: readonly string[], someOf: SomeOf): Promise<[string, string][]> {
  let left: readonly string[] = await someOf(doubles, areWhole);
  const far: [string, string][] = [];
  for (const type of ['UBIGINT', 'HUGEINT']) {
    const fitting = await someOf(left, (name) => `count(TRY_CAST(${name} AS ${type})) = count(${name})`);
    far.push(...fitting.map((name): [string, string] => [name, type]));
    left = left.filter((name) => !fitting.includes(name));
  }
  return [...far, ...left.map((name): [string, string] => [name, 'VARCHAR'])];
}

/** What stands for a missing value is a name in the header. */
function writtenNames(columns: readonly Described[], written: readonly string[]): Map<string, string> {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const names = new Map<string, string>();
  for (const [index, { name }] of columns.entries()) {
    const own = written[index];
    if (own === undefined || own === '' || !/^column\d+$/.test(name) || /^column\d+/i.test(own)) continue;
    let called = own;
    for (let count = 1; taken.has(called.toLowerCase()); count += 1) called = `${own}_${count}`;
    taken.add(called.toLowerCase());
    names.set(name, called);
  }
  return names;
}
