// The lines of a bundle's parts: rows of tables as JSON, with every number as SQLite holds it. A row's numbers that point
// at other rows of one workspace are left out by whoever writes it, so that equal things are equal bytes.
import * as z from 'zod';
import { SlipwayError } from '../../base/errors';
import type { Database, Statement } from '../../platform/sqlite/database';

const cell = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.strictObject({ int: z.string().regex(/^-?\d{1,19}$/) }),
  z.strictObject({ real: z.enum(['Infinity', '-Infinity']) }),
  z.strictObject({ blob: z.base64() }),
]);
const row = z.record(z.string(), cell);
const partLine = z.union([z.tuple([z.string(), row]), z.tuple([z.string(), row, z.array(z.array(cell))])]);

/** One value: text, number or null as they are; `int` beyond 2^53 as its digits, `real` infinities, `blob` in base64. */
export type Cell = z.output<typeof cell>;
/** A row without what only holds in one workspace. */
export type PartRow = Record<string, Cell>;
/** The table, a row of it, and for metric points many rows at once. */
export type PartLine = readonly [table: string, row: PartRow, rows?: readonly (readonly Cell[])[]];

/** A line's text, with its end. */
export function lineText(line: PartLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The lines as bytes, in pieces of about 64 KB. */
export function* linesAsBytes(lines: Iterable<PartLine>): Generator<Buffer> {
  let text = '';
  for (const line of lines) {
    text += lineText(line);
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** Reads one line. Throws SlipwayError `invalid`. */
export function readLine(text: string): PartLine {
  try {
    return partLine.parse(JSON.parse(text)) as PartLine;
  } catch (error) {
    throw new SlipwayError('invalid', 'A line of the bundle is not what Slipway writes.', { cause: error });
  }
}

/** A value from SQLite, read with safe integers, as a cell. */
export function cellOf(value: unknown): Cell {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : { int: String(value) };
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return { real: value > 0 ? 'Infinity' : '-Infinity' };
  if (value instanceof Uint8Array) return { blob: Buffer.from(value).toString('base64') };
  return value as Cell;
}

/** What SQLite is given for a cell. */
export function sqlValue(value: Cell): string | number | bigint | Buffer | null {
  if (typeof value !== 'object' || value === null) return value;
  if ('int' in value) return BigInt(value.int);
  if ('real' in value) return Number(value.real);
  return Buffer.from(value.blob, 'base64');
}

/** The text in a column of a line. Throws SlipwayError `invalid` where there is none. */
export function textIn(given: PartRow, column: string): string {
  const value = given[column];
  if (typeof value === 'string') return value;
  throw new SlipwayError('invalid', `A line of the bundle has no ${column}.`);
}

/** What to read of a table: `where` and `order` are SQL of ours, `omit` names columns that stay behind. */
export interface RowQuery {
  where: string;
  values: readonly (string | number)[];
  order: string;
  omit?: readonly string[];
}

/** The rows of a table as cells, columns by name, one at a time. */
export function* partRows(database: Database, table: string, query: RowQuery): Generator<PartRow> {
  const statement = database.prepare(`SELECT * FROM ${table} WHERE ${query.where} ORDER BY ${query.order}`);
  statement.safeIntegers(true);
  for (const found of statement.iterate(...query.values)) {
    const named = Object.entries(found as Record<string, unknown>).filter(([name]) => !query.omit?.includes(name));
    named.sort(([a], [b]) => (a < b ? -1 : 1));
    yield Object.fromEntries(named.map(([name, value]) => [name, cellOf(value)]));
  }
}

const inserts = new WeakMap<Database, Map<string, Statement>>();

/**
 * Adds a row and returns its row id. Throws SlipwayError `newer-schema` for a column this version does not know, and what
 * SQLite throws for a row it refuses.
 */
export function insertRow(database: Database, table: string, given: PartRow): number {
  const columns = Object.keys(given).sort();
  const key = `${table}(${columns.join(',')})`;
  const known = inserts.get(database) ?? new Map<string, Statement>();
  inserts.set(database, known);
  const statement = known.get(key) ?? prepareInsert(database, table, columns);
  known.set(key, statement);
  return Number(statement.run(...columns.map((name) => sqlValue(given[name] ?? null))).lastInsertRowid);
}

function prepareInsert(database: Database, table: string, columns: readonly string[]): Statement {
  const there = new Set((database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name));
  const strange = columns.find((name) => !there.has(name));
  if (strange !== undefined) {
    throw new SlipwayError('newer-schema', `The bundle has ${table}.${strange}, unknown here. Update Slipway.`);
  }
  return database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
}
