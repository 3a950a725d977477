// A copy of a database that was cut short or has damaged pages, made readable: what can be read of it is moved to a sound one.
import { closeSync, ftruncateSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { messageOf } from '../../base/errors';
import { type Database, openLockFile } from './database';
import { rescueTables } from './table-rescue';

/** What is wrong: `at` is where (`byte 1234`, `table metrics`), '' for all of the file. */
export interface Damage {
  at: string;
  why: string;
}

/** The sound database and what is missing in it; `database` is the copy itself where nothing is damaged. */
export interface MendedCopy {
  database: Database;
  damage: readonly Damage[];
}

const mostPages = 2 ** 32;
/** What a check says of rows that were written so: no page is damaged. */
const ownWords =
  /^(\w+ value in |CHECK constraint failed |non-unique entry |row \d+ missing from index |wrong # of entries )/;

/**
 * Opens the copy of a database that nobody else knows. Where it is damaged, what can be read of it is moved to `rescued`.
 * A copy of which not even the tables can be listed is returned as it is, and throws when it is read.
 */
export function openMended(copy: string, rescued: string): MendedCopy {
  rmSync(rescued, { force: true });
  const cut = padCutOff(copy);
  const database = openLockFile(copy);
  const problem = cut?.why ?? firstProblem(database);
  if (problem === undefined) return { database, damage: [] };
  const into = openLockFile(rescued);
  try {
    const tables = rescueTables(database, into);
    database.close();
    const lost = tables.filter(({ isWhole }) => !isWhole);
    const gaps = lost.map(({ table, rows }) => ({
      at: `table ${table}`,
      why: `some of its pages are damaged or missing; ${rows.toLocaleString('en-US')} of its rows could be read`,
    }));
    return { database: into, damage: [...(cut === undefined ? [] : [cut]), ...gaps] };
  } catch {
    into.close();
    return { database, damage: cut === undefined ? [] : [cut] };
  }
}

/** Gives a file that is shorter than its header says its length back, with nothing in what is missing: the rest can be read then. */
function padCutOff(path: string): Damage | undefined {
  // With a log, that says how long the database is.
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return undefined;
  const { size } = statSync(path);
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r+');
  try {
    readSync(file, header, 0, header.length, 0);
    const pages = header.readUInt32BE(28);
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    const isCounted = header.readUInt32BE(24) === header.readUInt32BE(92) && pages < mostPages;
    if (!isCounted || size >= pages * pageSize) return undefined;
    ftruncateSync(file, pages * pageSize);
    const [there, all] = [size, pages * pageSize].map((bytes) => bytes.toLocaleString('en-US'));
    return { at: `byte ${size}`, why: `the file is cut off here: ${there} of its ${all} bytes are there` };
  } finally {
    closeSync(file);
  }
}

function firstProblem(database: Database): string | undefined {
  try {
    const lines = database.pragma('quick_check(100)') as { quick_check: string }[];
    return lines.map((line) => line.quick_check).find((line) => line !== 'ok' && !ownWords.test(line));
  } catch (error) {
    return messageOf(error);
  }
}
