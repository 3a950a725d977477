// Opens the workspace's one database: checked, migrated with a backup before, never overwritten.
import { closeSync, existsSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SlipwayError, systemCodeOf } from '../base/errors';
import { type Database, type Durability, explain, openForWriting } from '../platform/sqlite/database';
import { isLockError } from '../platform/sqlite/lock-error';
import { WorkspaceLayout } from '../protocol/folder/layout';
import { currentSchema, type Migration, migrations } from './migrations/list';
import { backupsOf, keepAside, keptFiles } from './salvage/kept-aside';

/** Marks a SQLite file as Slipway's ("SLIP"), so that no other program's database is ever migrated or moved. */
const applicationId = 0x534c4950;

/** An open database, and one sentence for each thing its user should know about how it was found. */
export interface OpenedDatabase {
  database: Database;
  warnings: string[];
  /** False when the last writer did not close it: worth a `quick_check`. */
  closedCleanly: boolean;
}

/**
 * What opening needs to know. `now` is epoch milliseconds and names the files kept aside. `named`: the file was named by
 * hand and may be anybody's, so it is never moved.
 */
export interface DatabaseOptions {
  path: string;
  named?: boolean;
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
    throw isLockError(error) ? heldByAnother(options.path, error) : explain(error, options.path);
  }
}

/** How long a statement waits inside SQLite for another program that writes, in milliseconds; 0: it throws at once. */
export function waitForLocks(database: Database, milliseconds: number): void {
  database.pragma(`busy_timeout = ${milliseconds}`);
}

/** Marks the database as closed by its writer, folds the log into it and closes it. */
export function closeWorkspaceDatabase(database: Database): void {
  try {
    waitForLocks(database, 1000);
    writeMeta(database, 'closed_cleanly', '1');
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // Somebody else writes, or nothing can be written: the file is whole, only the mark is missing, and the next opening
    // reads every page.
    const told = explain(error, database.name);
    const isUnwritable = SlipwayError.is(told) && told.code !== 'damaged';
    if (!isLockError(error) && !isUnwritable) throw error;
  } finally {
    database.close();
  }
}

/** The value kept under `key` in the workspace's own table, if any. */
function readMeta(database: Database, key: string): string | undefined {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
  return row?.value;
}

/** Keeps `value` under `key` in the workspace's own table. */
function writeMeta(database: Database, key: string, value: string): void {
  database
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, value);
}

function heldByAnother(path: string, cause: unknown): SlipwayError {
  return new SlipwayError(
    'unavailable',
    `Another program holds ${path} and did not let go within ten seconds. Close it there, then try again.`,
    { cause },
  );
}

function openSound(options: DatabaseOptions, warnings: string[]): Database {
  try {
    if (!options.named && originOf(options.path) === 'new' && isLoss(options.path)) {
      throw new SlipwayError('damaged', `${options.path} is empty or missing.`);
    }
    return openAndRead(options);
  } catch (error) {
    if (!SlipwayError.is(error, 'damaged')) throw error;
    warnings.push(setAside(options));
    return openAndRead(options);
  }
}

/** Makes room for a new database, and says what became of the old one and what can be brought back. */
function setAside({ path, now }: DatabaseOptions): string {
  const isLost = !existsSync(path);
  const wasEmpty = isEmpty(path);
  const aside = keepAside(path, now);
  const [backup] = backupsOf(path);
  if (isLost) {
    const from = backup === undefined ? '' : ` and from the backup ${backup}`;
    return `The database ${path} is missing, though this folder had one before; a new one was started. \`slipway doctor --repair\` brings back what it can from run folders and kept files${from}.`;
  }
  const what = wasEmpty ? 'was empty, though this folder had one before,' : 'could not be read';
  const also = backup === undefined ? '' : `, also of the backup ${backup}`;
  return `The database ${what} and was kept as ${aside}; a new one was started. \`slipway doctor --repair\` brings back what can be read${also}.`;
}

function openAndRead({ path, durability, named }: DatabaseOptions): Database {
  const origin = originOf(path);
  if (origin === 'foreign' || (origin === 'unreadable' && named)) {
    throw new SlipwayError(
      'invalid',
      `${path} is not a Slipway database and was left as it is. Name another file, or one that does not exist yet.`,
    );
  }
  if (origin === 'unreadable') throw new SlipwayError('damaged', `${path} is not a SQLite database.`);
  const database = openForWriting(path, { durability, applicationId });
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    if (userVersion(database) > 0) database.prepare('SELECT * FROM meta LIMIT 1').get();
    return database;
  } catch (error) {
    database.close();
    const code = systemCodeOf(error) ?? '';
    const damaged = code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
    throw damaged ? new SlipwayError('damaged', `${path} cannot be read.`, { cause: error }) : error;
  }
}

/** Whose file this is, by its first hundred bytes: nothing is written before that is known. */
function originOf(path: string): 'new' | 'ours' | 'foreign' | 'unreadable' {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    throw new SlipwayError('invalid', `${path} is not a file, so no database can be kept there. Move it away.`);
  }
  if (found === undefined || found.size === 0) return 'new';
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'unreadable';
  return header.readUInt32BE(68) === applicationId ? 'ours' : 'foreign';
}

function isEmpty(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.size === 0;
}

/** Whether a database was here that nobody has put aside: a repair does that before the engine opens the next one. */
function isLoss(path: string): boolean {
  return hasHistory(path) && keptFiles(path).length === 0;
}

/** Whether an engine had a database here before: what it leaves behind is there. A first start that was cut off left none. */
function hasHistory(path: string): boolean {
  const home = dirname(path);
  const isFull = (name: string): boolean => existsSync(join(home, name)) && readdirSync(join(home, name)).length > 0;
  const leaves = existsSync(join(home, 'address.json')) || existsSync(WorkspaceLayout.auditHead(path));
  return leaves || isFull('runs') || isFull('objects') || backupsOf(path).length > 0;
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
  // A finished copy of this same schema may be left from an attempt that failed later; the older one is the safer.
  if (existsSync(path)) return;
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  database.prepare('VACUUM INTO ?').run(unfinished);
  renameSync(unfinished, path);
}
