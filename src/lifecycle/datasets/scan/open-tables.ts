// Tables opened for one question: each is a view of DuckDB's, and what its files turn out to be is dealt with here.
import { SlipwayError } from '../../../base/errors';
import { type ArrowKind, kindsOfKept } from '../../../platform/arrow/arrow-kinds';
import { DuckDatabase } from '../../../platform/duckdb/duck-database';
import { literal } from '../../../platform/duckdb/duck-text';
import type { TableColumn } from '../../../protocol/datasets/table-shape';
import type { TableFiles, TableSource } from '../../../protocol/datasets/table-source';
import { explainedFault } from './explained-fault';
import { FileStamps } from './file-stamps';
import { viewOfFiles, viewOfQuery } from './table-view';
import { type CsvWays, firstWays, waysAfter } from './text/csv-ways';
import { type PreparedFiles, preparedFiles, releaseFiles } from './text/prepared-files';
import { type WrittenTable, writtenView } from './text/written-view';

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
  /** Opens one of them once more with its values as they are written; undefined for a query and for files that know types. */
  asWritten(name: string, columns: readonly TableColumn[]): Promise<WrittenTable | undefined>;
  /** Of columns of one of them, as the first of its files tells them; none of a query. */
  arrowKinds(name: string): Promise<ReadonlyMap<string, ArrowKind>>;
}

/**
 * Opens each source as a view of its name, does `work` with them and closes them. Where a column of a CSV turns out to
 * hold more than one type, or a long line, all is done once more in another way. Throws SlipwayError: `not-found` for a file
 * that is gone, `invalid` with file and line for one that cannot be read, `conflict` for one that changed meanwhile.
 */
export async function withTables<Answer>(
  sources: Readonly<Record<string, TableSource>>,
  terms: OpenTerms,
  work: (tables: OpenTables) => Promise<Answer>,
): Promise<Answer> {
  let ways = firstWays;
  for (;;) {
    try {
      return await onceWithTables(sources, { ...terms, ways }, work);
    } catch (error) {
      const others = waysAfter(error, ways);
      if (others === undefined) throw error;
      ways = others;
    }
  }
}

async function onceWithTables<Answer>(
  sources: Readonly<Record<string, TableSource>>,
  terms: OpenTerms & { ways: CsvWays },
  work: (tables: OpenTables) => Promise<Answer>,
): Promise<Answer> {
  const opened = await OpenedTables.open(sources, terms);
  try {
    return await opened.use(terms.signal, work);
  } finally {
    opened.close();
  }
}

/** A table that a query selects from has a view of its own: another query may know another table by its name. */
function partView(source: number, part: number): string {
  return `slipway_${source}_${part}`;
}

/** Tables that stay open. */
export class OpenedTables {
  readonly #stamps: FileStamps;
  readonly #prepared: readonly PreparedFiles[];
  readonly #hasQuery: boolean;
  readonly #tables: OpenTables;

  private constructor(
    stamps: FileStamps,
    { prepared, hasQuery }: { prepared: readonly PreparedFiles[]; hasQuery: boolean },
    tables: OpenTables,
  ) {
    this.#stamps = stamps;
    this.#prepared = prepared;
    this.#hasQuery = hasQuery;
    this.#tables = tables;
  }

  /** `ways` is how CSV files are read. Throws as `withTables` does. */
  static async open(
    sources: Readonly<Record<string, TableSource>>,
    terms: OpenTerms & { ways: CsvWays },
  ): Promise<OpenedTables> {
    const wanted = Object.entries(sources).flatMap(([name, source], at) =>
      'query' in source
        ? Object.values(source.tables).map((part, index) => [partView(at, index), part] as const)
        : [[name, source] as const],
    );
    const stamps = new FileStamps(wanted.flatMap(([, { files }]) => files));
    const prepared = await allPrepared(
      wanted.map(([, files]) => files),
      terms,
    );
    const tables = wanted.map(([name], index) => [name, prepared[index] as PreparedFiles] as const);
    const hasQuery = Object.values(sources).some((source) => 'query' in source);
    const duck = await DuckDatabase.open({ ...terms, paths: prepared.flatMap(({ files }) => files.files) });
    const known = new Map(tables);
    const asWritten = writtenTables(duck, known, terms.ways);
    const arrowKinds: OpenTables['arrowKinds'] = async (name) => arrowKindsOf(duck, known.get(name));
    const opened = new OpenedTables(stamps, { prepared, hasQuery }, { duck, notes: [], asWritten, arrowKinds });
    try {
      await opened.#heeding(terms.signal, async ({ notes }) => {
        for (const [name, each] of tables)
          notes.push(...(await viewOfFiles(duck, name, { ...each, ways: terms.ways })));
        for (const [at, [name, source]] of Object.entries(sources).entries()) {
          if (!('query' in source)) continue;
          const views = new Map(Object.keys(source.tables).map((part, index) => [part, partView(at, index)]));
          await viewOfQuery(duck, name, { query: source.query, views });
        }
      });
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  /** Whether the files are as they were. Throws SlipwayError `not-found` for one that is gone. */
  get isCurrent(): boolean {
    return this.#stamps.changed() === undefined;
  }

  /** Does `work` with the tables; throws `conflict` where a file changed meanwhile. */
  async use<Answer>(signal: AbortSignal, work: (tables: OpenTables) => Promise<Answer>): Promise<Answer> {
    return this.#heeding(signal, async (tables) => {
      const answer = await work(tables);
      this.#stamps.require();
      return answer;
    });
  }

  /** Once, whatever happened. */
  close(): void {
    this.#tables.duck.close();
    releaseFiles(this.#prepared);
  }

  async #heeding<Answer>(signal: AbortSignal, work: (tables: OpenTables) => Promise<Answer>): Promise<Answer> {
    const interrupt = (): void => this.#tables.duck.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      signal.throwIfAborted();
      return await work(this.#tables);
    } catch (error) {
      if (signal.aborted) throw new SlipwayError('unavailable', 'This was cancelled.', { cause: error });
      // What is wrong with half of an old and half of a new file says nothing.
      this.#stamps.require();
      throw await explainedFault(error, this.#prepared, this.#hasQuery);
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }
}

function writtenTables(
  duck: DuckDatabase,
  tables: ReadonlyMap<string, PreparedFiles>,
  ways: CsvWays,
): OpenTables['asWritten'] {
  return async (name, columns) => {
    const files = tables.get(name);
    return files && writtenView(duck, name, { ...files, ways, columns });
  };
}

async function arrowKindsOf(
  duck: DuckDatabase,
  prepared: PreparedFiles | undefined,
): Promise<ReadonlyMap<string, ArrowKind>> {
  const { files: [first] = [], format } = prepared?.files ?? {};
  if (prepared?.kinds !== undefined) return prepared.kinds;
  if (format !== 'parquet' || first === undefined) return new Map();
  const sql = `SELECT decode(value) AS kept FROM parquet_kv_metadata(${literal(first)}) WHERE key = encode('ARROW:schema')`;
  const [row] = await duck.rows(sql);
  return row === undefined ? new Map() : kindsOfKept(String(row.kept));
}

async function allPrepared(
  wanted: readonly TableFiles[],
  { spill, signal, ways: { hasEvenEnds } }: OpenTerms & { ways: CsvWays },
): Promise<PreparedFiles[]> {
  const prepared: PreparedFiles[] = [];
  try {
    for (const files of wanted) prepared.push(await preparedFiles(files, { folder: spill, signal, hasEvenEnds }));
  } catch (error) {
    releaseFiles(prepared);
    throw error;
  }
  return prepared;
}
