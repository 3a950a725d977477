// Opens the workspace's one database: checked, migrated with a backup before, never overwritten (DESIGN §5).
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { SlipwayError } from '../base/errors';
import { type Database, type Durability, openForWriting } from '../platform/sqlite/database';
import { currentSchema, type Migration, migrations } from './migrations/list';

/** An open database, and one sentence for each thing its user should know about how it was found. */
export interface OpenedDatabase {
  database: Database;
  warnings: string[];
  /** False when the last writer did not close it: worth a `quick_check`. */
  closedCleanly: boolean;
}

/** What opening needs to know. `now` is epoch milliseconds and names the files kept aside. */
export interface DatabaseOptions {
  path: string;
  durability: Durability;
  now: number;
  migrations?: readonly Migration[];
}

/**
 * Opens or creates the database at `path` and brings it to the current schema.
 * A damaged file is moved aside and reported in `warnings`. Throws SlipwayError `newer-schema` when a newer Slipway
 * has written it, `read-only` when it cannot be written.
 */
export function openWorkspaceDatabase(options: DatabaseOptions): OpenedDatabase {
  const warnings: string[] = [];
  const opened = openSound(options, warnings);
  const existed = userVersion(opened) > 0;
  try {
    migrate(opened, options);
    const closedCleanly = !existed || readMeta(opened, 'closed_cleanly') !== '0';
    writeMeta(opened, 'closed_cleanly', '0');
    return { database: opened, warnings, closedCleanly };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** Marks the database as closed by its writer, folds the log into it and closes it. */
export function closeWorkspaceDatabase(database: Database): void {
  writeMeta(database, 'closed_cleanly', '1');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** The value kept under `key` in the workspace's own table, if any. */
export function readMeta(database: Database, key: string): string | undefined {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
  return row?.value;
}

/** Keeps `value` under `key` in the workspace's own table. */
export function writeMeta(database: Database, key: string, value: string): void {
  database
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, value);
}

function openSound(options: DatabaseOptions, warnings: string[]): Database {
  try {
    return openAndRead(options);
  } catch (error) {
    if (!SlipwayError.is(error, 'damaged')) throw error;
    const aside = keepAside(options.path, options.now);
    warnings.push(
      `The database could not be read and was kept as ${aside}; a new one was started. Recorded runs still have their folders under .slipway/runs.`,
    );
    return openAndRead(options);
  }
}

function openAndRead({ path, durability }: DatabaseOptions): Database {
  if (existsSync(path) && !hasSqliteHeader(path)) {
    throw new SlipwayError('damaged', `${path} is not a SQLite database.`);
  }
  const database = openForWriting(path, durability);
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (userVersion(database) > 0) database.prepare('SELECT * FROM meta LIMIT 1').get();
    return database;
  } catch (error) {
    database.close();
    const code = String((error as { code?: unknown }).code ?? '');
    const damaged = code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_ERROR';
    throw damaged ? new SlipwayError('damaged', `${path} cannot be read.`, { cause: error }) : error;
  }
}

function hasSqliteHeader(path: string): boolean {
  if (statSync(path).size === 0) return true;
  const header = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 16, 0);
  } finally {
    closeSync(file);
  }
  return header.toString('latin1') === 'SQLite format 3\0';
}

function keepAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const aside = `${path}.damaged-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

function userVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function migrate(database: Database, options: DatabaseOptions): void {
  const list = options.migrations ?? migrations;
  const newest = options.migrations === undefined ? currentSchema : list.length;
  const found = userVersion(database);
  if (found > newest) {
    throw new SlipwayError(
      'newer-schema',
      `This folder's database has schema ${found}; this Slipway knows up to ${newest}. Update Slipway, or open the folder with the newer version.`,
      { details: { found, newest } },
    );
  }
  if (found === newest) return;
  if (found > 0) backUp(database, `${options.path}.backup-schema-${found}`);
  for (const migration of list.slice(found)) {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.id}`);
    })();
  }
}

function backUp(database: Database, path: string): void {
  // A copy of this same schema may be left from an attempt that failed later; the older one is the safer.
  if (!existsSync(path)) database.prepare('VACUUM INTO ?').run(path);
}
