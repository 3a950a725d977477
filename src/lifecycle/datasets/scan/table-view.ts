// Views of DuckDB's over files and queries, and what is to be said of what they turned out to be.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { messageOf, SlipwayError } from '../../../base/errors';
import type { DuckDatabase } from '../../../platform/duckdb/duck-database';
import { duckFault } from '../../../platform/duckdb/duck-error';
import { identifier } from '../../../platform/duckdb/duck-text';
import { queryFault } from './query-fault';
import { relationOf } from './relation';
import { csvRelation } from './text/csv-relation';
import type { CsvWays } from './text/csv-ways';
import type { PreparedFiles } from './text/prepared-files';

/** Makes the view `name` over files; `ways` is how a CSV is read. Sentences about it. */
export async function viewOfFiles(
  duck: DuckDatabase,
  name: string,
  { files, dialect, notes, ways }: PreparedFiles & { ways: CsvWays },
): Promise<string[]> {
  const bytes = files.files.reduce((sum, path) => sum + statSync(path).size, 0);
  if (dialect === undefined) {
    const relation = relationOf(files, { dialect, types: { some: new Map() }, hasLongLines: false }, bytes);
    await duck.run(`CREATE VIEW ${identifier(name)} AS FROM ${relation}`);
    return notes;
  }
  const { relation, names } = await csvRelation(duck, { files, dialect, bytes, ways });
  const called = [...names].map(([known, written]) => `${identifier(known)} AS ${identifier(written)}`);
  const shown = called.length === 0 ? '' : `SELECT * RENAME (${called.join(', ')}) `;
  await duck.run(`CREATE VIEW ${identifier(name)} AS ${shown}FROM ${relation}`);
  const mixed = ways.asText.map((each) => `${each} holds values of more than one type and is read as text.`);
  return [...notes, ...mixed, ...(await renamed(duck, name, { files, dialect }))];
}

/** Makes the view `name` of a SELECT over views by the names it knows them by. Throws SlipwayError `invalid` for anything else. */
export async function viewOfQuery(
  duck: DuckDatabase,
  name: string,
  { query, views }: { query: string; views: ReadonlyMap<string, string> },
): Promise<void> {
  const parts = [...views].map(
    ([known, view]) => `${identifier(known)} AS NOT MATERIALIZED (FROM main.${identifier(view)})`,
  );
  const known = parts.length === 0 ? '' : `WITH ${parts.join(', ')} `;
  const bare = query.replace(/;\s*$/, '');
  const sql = `${known}FROM (\n${bare}\n)`;
  const written = { query, tables: [...views.keys()], linesBefore: known.split('\n').length };
  try {
    await duck.requireSelect(sql);
    await duck.run(`CREATE VIEW ${identifier(name)} AS ${sql}`);
  } catch (error) {
    // In brackets what is no SELECT, or more than one, is no SQL either.
    const isOther =
      /^\s*[a-z]+/i.test(query) &&
      !/^\s*(select|with|from|values|table|pivot|unpivot|describe|summarize|show)\b/i.test(query);
    if (!isOther && !/at or near ";"/.test(messageOf(error))) throw await faultOf(duck, error, written);
    const sentence = 'The query must be one SELECT. Take out what changes, sets or opens anything.';
    throw new SlipwayError('invalid', sentence, { cause: error });
  }
}

/** What brackets around it make of half a query is not what its writer sees. */
async function faultOf(
  duck: DuckDatabase,
  error: unknown,
  written: Parameters<typeof queryFault>[1],
): Promise<unknown> {
  if (SlipwayError.is(error)) return error;
  const fault = duckFault(error);
  // A file that it reads, and not the query.
  if (fault.isInterrupt || fault.file !== undefined || fault.column !== undefined || fault.isLongLine) return error;
  try {
    await duck.requireParsed(written.query);
  } catch (plain) {
    return queryFault(plain, { ...written, linesBefore: 0 });
  }
  return queryFault(error, written);
}

/** DuckDB's names know no case: of columns that share one the later ones get a number. */
async function renamed(
  duck: DuckDatabase,
  view: string,
  { files, dialect }: Pick<PreparedFiles, 'files' | 'dialect'>,
): Promise<string[]> {
  const names = dialect?.names ?? [];
  const known = new Set(names.map((each) => each.toLowerCase()));
  if (known.size === names.length || files.files.length > 1) return [];
  const described = await duck.rows(`DESCRIBE ${identifier(view)}`);
  const file = basename(files.files[0] ?? '');
  const others = names.flatMap((each, index) => {
    const called = String(described[index]?.column_name ?? each);
    return called === each || each === '' ? [] : [`${each} in column ${index + 1} is called ${called} here`];
  });
  return others.length === 0 ? [] : [`${file} has columns that share a name: ${others.join(', ')}.`];
}
