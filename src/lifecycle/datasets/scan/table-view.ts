// Views of DuckDB's over files and queries, and what is to be said of what they turned out to be.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { DuckDatabase } from '../../../platform/duckdb/duck-database';
import { identifier } from '../../../platform/duckdb/duck-text';
import { relationOf } from './relation';
import type { PreparedFiles } from './text/prepared-files';

/** Makes the view `name` over files; `asText` names columns of a CSV to be read as text. Sentences about it. */
export async function viewOfFiles(
  duck: DuckDatabase,
  name: string,
  { files, dialect, notes, asText }: PreparedFiles & { asText: readonly string[] },
): Promise<string[]> {
  const bytes = files.files.reduce((sum, path) => sum + statSync(path).size, 0);
  const isCsv = dialect !== undefined;
  const relation = relationOf(files, { dialect, asText: isCsv ? asText : [] }, bytes);
  await duck.run(`CREATE VIEW ${identifier(name)} AS FROM ${relation}`);
  if (isCsv && files.files.length === 1) await keepTypes(duck, name, { files, dialect });
  const mixed = isCsv ? asText.map((each) => `${each} holds values of more than one type and is read as text.`) : [];
  return [...notes, ...mixed, ...(await renamed(duck, name, { files, dialect }))];
}

/**
 * Writes the types that were found into the view: DuckDB would find them out anew for every statement, by a look at every
 * row. How a date is written is told by the rows alone, so that tables with dates stay as they are.
 */
async function keepTypes(
  duck: DuckDatabase,
  name: string,
  { files, dialect }: Pick<PreparedFiles, 'files' | 'dialect'>,
): Promise<void> {
  const view = identifier(name);
  const described = await duck.rows(`DESCRIBE ${view}`);
  const types = new Map(described.map((row) => [String(row.column_name), String(row.column_type)]));
  if ([...types.values()].some((type) => /DATE|TIME/.test(type)) || types.size !== described.length) return;
  const known = relationOf(files, { dialect, asText: [], types }, 0);
  const isSame = await duck.rows(`DESCRIBE FROM ${known}`).then(
    (again) => JSON.stringify(again) === JSON.stringify(described),
    () => false,
  );
  if (isSame) await duck.run(`CREATE OR REPLACE VIEW ${view} AS FROM ${known}`);
}

/** Makes the view `name` of a SELECT. Throws SlipwayError `invalid` for anything else. */
export async function viewOfQuery(duck: DuckDatabase, name: string, query: string): Promise<void> {
  await duck.requireSelect(query);
  await duck.run(`CREATE VIEW ${identifier(name)} AS FROM (${query.replace(/;\s*$/, '')}\n)`);
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
