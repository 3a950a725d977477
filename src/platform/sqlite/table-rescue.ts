// Reads what can be read of a damaged database, table by table and past damaged pages, into a new one.
import type { Database, Statement } from './database';

/** What came of a table; `isWhole` false: some of its rows could not be read. */
export interface RescuedTable {
  table: string;
  rows: number;
  isWhole: boolean;
}

type Value = string | number | bigint | Buffer | null;
type Row = readonly Value[];

/** So often a gap is looked into. Half of what is unread is looked at first, then its halves: all of it equally finely. */
const mostProbes = 50_000;
const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n];
/** No row takes less of a file, in bytes. */
const smallestRow = 8;

/**
 * Moves all tables of `from`, with their indexes, to the empty database `into`. Throws what SQLite throws when not even the
 * list of tables can be read.
 */
export function rescueTables(from: Database, into: Database): RescuedTable[] {
  from.pragma('cell_size_check = ON');
  for (const setting of ['foreign_keys = OFF', 'synchronous = OFF', 'journal_mode = OFF']) into.pragma(setting);
  const made = from
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC`,
    )
    .all()
    .filter(({ sql }) => /^CREATE (TABLE|INDEX|UNIQUE INDEX)\b/i.test(sql));
  const tables = made.filter(({ type, name }) => type === 'table' && !name.startsWith('sqlite_'));
  for (const { sql } of tables) into.prepare(sql).run();
  const rescued = tables.map(({ name }) => rescueTable(from, into, name));
  for (const { type, sql } of made) {
    if (type === 'index') into.prepare(sql).run();
  }
  return rescued;
}

function rescueTable(from: Database, into: Database, table: string): RescuedTable {
  into.exec('BEGIN');
  const rescue = new TableRescue(from, into, table);
  const isWhole = rescue.byRows() || rescue.byIndexes();
  into.exec('COMMIT');
  const rows =
    into
      .prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`)
      .pluck()
      .get() ?? 0;
  return { table, rows, isWhole: isWhole && !rescue.hasRefused };
}

class TableRescue {
  /** True when a row that was read fits into no such table: its bytes are damaged. */
  hasRefused = false;
  readonly #from: Database;
  readonly #into: Database;
  readonly #table: string;
  readonly #columns: readonly string[];
  readonly #insert: Statement;
  #gaps: [first: bigint, last: bigint][] = [];

  constructor(from: Database, into: Database, table: string) {
    this.#from = from;
    this.#into = into;
    this.#table = quoted(table);
    this.#columns = namesOf(into, `table_info(${this.#table})`);
    const marks = this.#columns.map(() => '?').join(', ');
    this.#insert = into.prepare(`INSERT OR IGNORE INTO ${this.#table} (${this.#list}) VALUES (${marks})`);
  }

  get #list(): string {
    return this.#columns.map(quoted).join(', ');
  }

  /** Reads in the order of row ids from both ends, then into what lies between. False when something could not be read. */
  byRows(): boolean {
    let walks: Record<'ASC' | 'DESC', Statement<unknown[], Value[]>>;
    try {
      walks = { ASC: this.#byRowId('ASC'), DESC: this.#byRowId('DESC') };
    } catch {
      // A table without row ids.
      return this.#walk(`FROM ${this.#table}`, []);
    }
    const up = this.#span(walks.ASC, lowest, highest);
    if (up.isDone) return true;
    const first = (up.last ?? 0n) + 1n;
    const down = this.#span(walks.DESC, first, highest);
    const end = (down.last ?? first + this.#mostRows()) - 1n;
    this.#gaps = [[first, end]];
    for (let at = 0; at < this.#gaps.length && at < mostProbes; at += 1) this.#probe(walks, this.#gaps[at]);
    return false;
  }

  /** Reads the rows that an index holds whole. True when one of them can be read to its end: then all rows are here. */
  byIndexes(): boolean {
    return namesOf(this.#from, `index_list(${this.#table})`).some((index) => {
      const columns = namesOf(this.#from, `index_info(${quoted(index)})`);
      return this.#columns.every((column) => columns.includes(column)) && this.#byIndex(index, columns);
    });
  }

  #byIndex(index: string, columns: readonly string[]): boolean {
    const source = `FROM ${this.#table} INDEXED BY ${quoted(index)}`;
    const order = (way: string): string => columns.map((column) => `${quoted(column)} ${way}`).join(', ');
    if (this.#walk(`${source} ORDER BY ${order('ASC')}`, [])) return true;
    this.#walk(`${source} ORDER BY ${order('DESC')}`, []);
    const first = quoted(columns[0] ?? '');
    const known = this.#into.prepare<[], Value>(`SELECT DISTINCT ${first} FROM ${this.#table}`).pluck().all();
    for (const value of known) {
      const ofValue = `${source} WHERE ${first} = ? ORDER BY`;
      if (!this.#walk(`${ofValue} ${order('ASC')}`, [value])) this.#walk(`${ofValue} ${order('DESC')}`, [value]);
    }
    return false;
  }

  #byRowId(way: 'ASC' | 'DESC'): Statement<unknown[], Value[]> {
    const sql = `SELECT rowid, ${this.#list} FROM ${this.#table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid ${way}`;
    return this.#from.prepare<unknown[], Value[]>(sql).raw(true).safeIntegers(true);
  }

  #probe(walks: Record<'ASC' | 'DESC', Statement<unknown[], Value[]>>, gap: [bigint, bigint] | undefined): void {
    const [first, last] = gap ?? [1n, 0n];
    if (first > last) return;
    const middle = (first + last) / 2n;
    const up = this.#span(walks.ASC, middle, last);
    const down = this.#span(walks.DESC, first, middle - 1n);
    if (!up.isDone) this.#gaps.push([(up.last ?? middle) + 1n, last]);
    if (!down.isDone) this.#gaps.push([first, (down.last ?? middle - 1n) - 1n]);
  }

  #span(
    walk: Statement<unknown[], Value[]>,
    first: bigint,
    end: bigint,
  ): { isDone: boolean; last: bigint | undefined } {
    let last: bigint | undefined;
    try {
      for (const [rowId, ...row] of walk.iterate(first, end)) {
        last = rowId as bigint;
        this.#keep(row);
      }
      return { isDone: true, last };
    } catch {
      return { isDone: false, last };
    }
  }

  /** False when reading broke off. What was read until then is kept. */
  #walk(source: string, values: Row): boolean {
    try {
      const sql = `SELECT ${this.#list} ${source}`;
      const walk = this.#from.prepare<unknown[], Value[]>(sql).raw(true).safeIntegers(true);
      for (const row of walk.iterate(...values)) this.#keep(row);
      return true;
    } catch {
      return false;
    }
  }

  #keep(row: Row): void {
    try {
      this.#insert.run(...row);
    } catch {
      this.hasRefused = true;
    }
  }

  #mostRows(): bigint {
    const pages = this.#from.pragma('page_count', { simple: true }) as number;
    const size = this.#from.pragma('page_size', { simple: true }) as number;
    return BigInt(Math.ceil((pages * size) / smallestRow));
  }
}

function namesOf(database: Database, pragma: string): string[] {
  try {
    return (database.pragma(pragma) as { name: string }[]).map(({ name }) => name);
  } catch {
    return [];
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
