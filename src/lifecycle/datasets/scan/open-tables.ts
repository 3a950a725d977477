// Tables opened for one question: each is a view of DuckDB's, and what its files turn out to be is dealt with here.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import { DuckDatabase } from '../../../platform/duckdb/duck-database';
import { duckFault, explainDuckError } from '../../../platform/duckdb/duck-error';
import { identifier } from '../../../platform/duckdb/duck-text';
import type { TableFiles, TableSource } from '../../../protocol/datasets/table-source';
import { type CsvDialect, csvDialect } from './csv-dialect';
import { raggedLine } from './ragged-line';
import { relationOf } from './relation';

/** What a question may use up, and what takes it back. */
export interface OpenTerms {
  megabytes: number;
  threads: number;
  spill: string;
  signal: AbortSignal;
}

/** The open tables, and sentences about what was done to read them. */
export interface OpenTables {
  duck: DuckDatabase;
  notes: string[];
}

/** A file of values of several types is opened again with that column as text, but not for ever. */
const mostColumnsAsText = 50;

/**
 * Opens each source as a view of its name, does `work` with them and closes them. Where a column of a CSV turns out to
 * hold more than one type, all is done once more with that column as text. Throws SlipwayError: `not-found` for a file
 * that is gone, `invalid` with file and line for one that cannot be read, `conflict` for one that changed meanwhile.
 */
export async function withTables<Answer>(
  sources: Readonly<Record<string, TableSource>>,
  terms: OpenTerms,
  work: (tables: OpenTables) => Promise<Answer>,
): Promise<Answer> {
  const asText: string[] = [];
  for (;;) {
    try {
      return await onceWithTables(sources, { ...terms, asText }, work);
    } catch (error) {
      const column = mixedColumn(error);
      if (column === undefined || asText.includes(column) || asText.length >= mostColumnsAsText) throw error;
      asText.push(column);
    }
  }
}

async function onceWithTables<Answer>(
  sources: Readonly<Record<string, TableSource>>,
  terms: OpenTerms & { asText: readonly string[] },
  work: (tables: OpenTables) => Promise<Answer>,
): Promise<Answer> {
  const opened = await OpenedTables.open(sources, terms);
  try {
    return await opened.use(terms.signal, work);
  } finally {
    opened.close();
  }
}

/** Tables that stay open. */
export class OpenedTables {
  readonly #files: readonly TableFiles[];
  readonly #stamps: ReadonlyMap<string, string>;
  readonly #tables: OpenTables;

  private constructor(files: readonly TableFiles[], stamps: ReadonlyMap<string, string>, tables: OpenTables) {
    this.#files = files;
    this.#stamps = stamps;
    this.#tables = tables;
  }

  /** `asText` names columns of CSV files that hold values of several types. Throws as `withTables` does. */
  static async open(
    sources: Readonly<Record<string, TableSource>>,
    terms: OpenTerms & { asText: readonly string[] },
  ): Promise<OpenedTables> {
    const files = Object.values(sources).flatMap((source) =>
      'query' in source ? Object.values(source.tables) : [source],
    );
    const stamps = stampsOf(files);
    const duck = await DuckDatabase.open({ ...terms, paths: files.flatMap((each) => each.files) });
    const opened = new OpenedTables(files, stamps, { duck, notes: [] });
    try {
      await opened.#heeding(terms.signal, async ({ notes }) => {
        for (const [name, source] of Object.entries(sources)) await openView(duck, name, source, terms.asText, notes);
      });
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  /** Whether the files are as they were. Throws SlipwayError `not-found` for one that is gone. */
  get isCurrent(): boolean {
    return changedFile(this.#stamps, stampsOf(this.#files)) === undefined;
  }

  /** Does `work` with the tables; throws `conflict` where a file changed meanwhile. */
  async use<Answer>(signal: AbortSignal, work: (tables: OpenTables) => Promise<Answer>): Promise<Answer> {
    return this.#heeding(signal, async (tables) => {
      const answer = await work(tables);
      requireUnchanged(this.#stamps, stampsOf(this.#files));
      return answer;
    });
  }

  /** Once, whatever happened. */
  close(): void {
    this.#tables.duck.close();
  }

  async #heeding<Answer>(signal: AbortSignal, work: (tables: OpenTables) => Promise<Answer>): Promise<Answer> {
    const interrupt = (): void => this.#tables.duck.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      signal.throwIfAborted();
      return await work(this.#tables);
    } catch (error) {
      throw await explained(error, this.#files, signal);
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }
}

/** The column that holds values of several types and could be read as text, if that is what is wrong. */
export function mixedColumn(error: unknown): string | undefined {
  return duckFault(causeOf(error)).column;
}

async function openView(
  duck: DuckDatabase,
  name: string,
  source: TableSource,
  asText: readonly string[],
  notes: string[],
): Promise<void> {
  if (!('query' in source)) return viewOfFiles(duck, name, source, asText, notes);
  for (const [table, files] of Object.entries(source.tables)) await viewOfFiles(duck, table, files, asText, notes);
  await duck.requireSelect(source.query);
  await duck.run(`CREATE VIEW ${identifier(name)} AS FROM (${source.query.replace(/;\s*$/, '')}\n)`);
}

async function viewOfFiles(
  duck: DuckDatabase,
  name: string,
  files: TableFiles,
  asText: readonly string[],
  notes: string[],
): Promise<void> {
  const dialect = dialectOf(files);
  const bytes = files.files.reduce((sum, path) => sum + statSync(path).size, 0);
  notes.push(...notesOn(files, dialect, asText));
  await duck.run(
    `CREATE VIEW ${identifier(name)} AS FROM ${relationOf(files, { dialect, asText: files.format === 'csv' || files.format === 'tsv' ? asText : [] }, bytes)}`,
  );
}

function dialectOf({ files, format }: TableFiles): CsvDialect | undefined {
  return format === 'csv' || format === 'tsv' ? csvDialect(files[0] as string, format) : undefined;
}

function notesOn({ files }: TableFiles, dialect: CsvDialect | undefined, asText: readonly string[]): string[] {
  if (dialect === undefined) return [];
  const name = basename(files[0] as string);
  const twice = dialect.names.filter((each, index) => dialect.names.indexOf(each) !== index);
  return [
    ...(dialect.hasHeader ? [] : [`${name} has no header: its first row is data.`]),
    ...(dialect.encoding === 'utf-8' ? [] : [`${name} was read as ${dialect.encoding.toUpperCase()}.`]),
    ...[...new Set(twice)].map(
      (each) => `${name} has more than one column named ${each}: the later ones got a number.`,
    ),
    ...asText.map((each) => `${each} holds values of more than one type and is read as text.`),
  ];
}

function causeOf(error: unknown): unknown {
  return SlipwayError.is(error) ? error.cause : error;
}

async function explained(error: unknown, files: readonly TableFiles[], signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return new SlipwayError('unavailable', 'This was cancelled.', { cause: error });
  const whose = basename(files[0]?.files[0] ?? 'the table');
  const fault = duckFault(error);
  // The sniffer says that a file is no table, and not where.
  if (!SlipwayError.is(error) && fault.line === undefined && /sniffing|dialect/.test(messageOf(error))) {
    const path = fault.file ?? files[0]?.files[0];
    const found = path === undefined ? undefined : await raggedLine(path, csvDialect(path, 'csv'));
    if (path !== undefined && found !== undefined) {
      return new SlipwayError('invalid', `${basename(path)}:${found.line}: ${found.what}.`, { cause: error });
    }
  }
  return systemCodeOf(error) === undefined ? explainDuckError(error, whose) : error;
}

/** Size and time of each file. Throws SlipwayError `not-found` for one that is not there. */
function stampsOf(files: readonly TableFiles[]): Map<string, string> {
  const stamps = new Map<string, string>();
  for (const path of files.flatMap((each) => each.files)) {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (found === undefined) throw new SlipwayError('not-found', `There is no file ${path}.`);
    if (!found.isFile()) throw new SlipwayError('invalid', `${path} is not a file.`);
    stamps.set(path, `${found.size}:${found.mtimeNs}`);
  }
  return stamps;
}

function changedFile(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string | undefined {
  return [...before.keys()].find((path) => after.get(path) !== before.get(path));
}

function requireUnchanged(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  const path = changedFile(before, after);
  if (path === undefined) return;
  throw new SlipwayError(
    'conflict',
    `${basename(path)} changed while it was being read. Try again when it is at rest.`,
  );
}
