// Reads what can be read of one table of a damaged database, from both ends and from owner to owner, and keeps it.
import type { Database, Statement } from '../../platform/sqlite/database';

/** What came of a table; `hasGaps`: some of it could not be read. */
export interface SalvagedTable {
  table: string;
  rows: number;
  hasGaps: boolean;
}

/** What the value of one column must be for its row to be kept. */
export interface RowCheck {
  column: string;
  isSound: (value: unknown) => boolean;
}

interface Column {
  name: string;
  pk: number;
}

/** Whose rows a table without row ids holds, by the first column of its key. */
const owners: Readonly<Record<string, string>> = {
  run: 'runs',
  series: 'metric_series',
  model_id: 'logged_models',
  experiment_id: 'experiments',
  model: 'registered_models',
  trace: 'traces',
};

/** Moves the rows of one table from `from` to `into`, which has the current schema and no foreign keys to hold it up. */
export function salvageTable(
  from: Database,
  into: Database,
  { table, check }: { table: string; check: RowCheck | undefined },
): SalvagedTable {
  const there = columnsOf(from, table);
  if (there.length === 0) return { table, rows: 0, hasGaps: false };
  const names = new Set(there.map(({ name }) => name));
  const columns = columnsOf(into, table).filter(({ name }) => names.has(name));
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const salvage = new TableSalvage({ from, into, table, columns, key: key.map(({ name }) => name), check });
  const hasGaps = !salvage.wholly();
  return { table, rows: count(into, table), hasGaps };
}

class TableSalvage {
  readonly #from: Database;
  readonly #into: Database;
  readonly #table: string;
  readonly #list: string;
  readonly #key: readonly string[];
  readonly #insert: Statement;
  readonly #isSound: (row: readonly unknown[]) => boolean;
  #hasUnsound = false;

  constructor({ from, into, table, columns, key, check }: Parts) {
    this.#from = from;
    this.#into = into;
    this.#table = table;
    this.#key = key;
    this.#list = columns.map(({ name }) => name).join(', ');
    const checked = columns.findIndex(({ name }) => name === check?.column);
    this.#isSound = (row) => check === undefined || checked < 0 || check.isSound(row[checked]);
    const marks = columns.map(() => '?').join(', ');
    this.#insert = into.prepare(`INSERT OR IGNORE INTO ${table} (${this.#list}) VALUES (${marks})`);
  }

  /** False when something could not be read. */
  wholly(): boolean {
    if (this.#walk('', 'ASC', [])) return !this.#hasUnsound;
    this.#walk('', 'DESC', []);
    const [first = ''] = this.#key;
    const owner = owners[first];
    if (owner === undefined || owner === this.#table) this.#probe(first);
    else {
      const ids = this.#into.prepare(`SELECT ${first} FROM ${owner}`).pluck().all() as (string | number)[];
      for (const id of ids) {
        const isRead = this.#walk(`WHERE ${first} = ?`, 'ASC', [id]);
        if (!isRead) this.#walk(`WHERE ${first} = ?`, 'DESC', [id]);
      }
    }
    return false;
  }

  /** Looks behind gaps: a numbered table ever further on, then back from there; any other in the order it lies in. */
  #probe(first: string): void {
    this.#walk('', undefined, []);
    const known = this.#into.prepare(`SELECT ${first} FROM ${this.#table} LIMIT 1`).pluck().get();
    if (this.#key.length !== 1 || typeof known === 'string') return;
    for (let at = 1; at < 2 ** 40; at *= 2) {
      this.#walk(`WHERE ${first} >= ?`, 'ASC', [at]);
      this.#walk(`WHERE ${first} < ?`, 'DESC', [at]);
    }
  }

  /** False when reading broke off. What was read until then is kept. */
  #walk(where: string, direction: 'ASC' | 'DESC' | undefined, values: readonly (string | number)[]): boolean {
    const order = this.#key.map((name) => `${name} ${direction}`).join(', ');
    const ordered = direction === undefined || order === '' ? '' : `ORDER BY ${order}`;
    this.#into.exec('BEGIN');
    try {
      const statement = this.#from
        .prepare<unknown[], unknown[]>(`SELECT ${this.#list} FROM ${this.#table} ${where} ${ordered}`)
        .raw(true)
        .safeIntegers(true);
      for (const row of statement.iterate(...values)) this.#keep(row);
      return true;
    } catch {
      return false;
    } finally {
      this.#into.exec('COMMIT');
    }
  }

  /** A row that was read and makes no sense is no row. */
  #keep(row: readonly unknown[]): void {
    if (!this.#isSound(row)) {
      this.#hasUnsound = true;
      return;
    }
    try {
      this.#insert.run(...row);
    } catch {
      // Left out: the table refuses its values.
    }
  }
}

interface Parts {
  from: Database;
  into: Database;
  table: string;
  columns: readonly Column[];
  key: readonly string[];
  check: RowCheck | undefined;
}

function columnsOf(database: Database, table: string): Column[] {
  try {
    return database.pragma(`table_info(${table})`) as Column[];
  } catch {
    return [];
  }
}

function count(database: Database, table: string): number {
  return Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}
