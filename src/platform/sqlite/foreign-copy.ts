// A copy of a database that belongs to another program. The file itself is never opened for writing, and nothing is left
// beside it: a log or a journal of its is copied too and worked off in the copy.
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { type Damage, openMended } from './damaged-copy';
import { type Database, openForReading } from './database';

const companions = ['', '-wal', '-journal'];
const mostTries = 5;

/** A copy that nobody else knows; `close` removes it. `damage`: what of the original could not be read. */
export interface ForeignCopy {
  database: Database;
  damage: readonly Damage[];
  close(): void;
}

/**
 * Copies the database at `path` to `target` as it is at one moment, and opens the copy; of a damaged one what can be read. Throws SlipwayError `too-large`
 * when the disk cannot hold it, `conflict` when another program writes it all the time, `damaged` for no database.
 */
export function copyForeignDatabase(path: string, target: string): ForeignCopy {
  const remove = (): void => {
    for (const suffix of [...companions, '-shm', '-rescued']) rmSync(target + suffix, { force: true });
  };
  remove();
  checkSpace(path, target);
  try {
    if (isQuiet(path)) copyLocked(path, target);
    else copyUnchanged(path, target);
    const { database, damage } = openMended(target, `${target}-rescued`);
    database.pragma('temp_store = MEMORY');
    return {
      database,
      damage,
      close: () => {
        database.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** True when nothing but the file itself holds the database, so that a reader of it writes nothing. */
function isQuiet(path: string): boolean {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 20, 0);
  } finally {
    closeSync(file);
  }
  const hasLog = header[18] === 2 || header[19] === 2;
  return !hasLog && companions.slice(1).every((suffix) => sizeOf(path + suffix) === 0);
}

/** A reader keeps writers of such a database out while it is copied. */
function copyLocked(path: string, target: string): void {
  const reader = openForReading(path);
  try {
    reader.exec('BEGIN');
    // A damaged one is copied as it is.
    try {
      reader.prepare('SELECT count(*) FROM sqlite_schema').get();
    } catch {}
    copyFileSync(path, target, constants.COPYFILE_FICLONE);
  } finally {
    reader.close();
  }
}

function copyUnchanged(path: string, target: string): void {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = traces(path);
    for (const suffix of companions) {
      rmSync(target + suffix, { force: true });
      if (existsSync(path + suffix)) copyFileSync(path + suffix, target + suffix, constants.COPYFILE_FICLONE);
    }
    if (traces(path) === before) return;
  }
  if (copyAtOneMoment(path, target)) return;
  throw new SlipwayError('conflict', `${path} is being written all the time. Try again when that is over.`);
}

/**
 * Reads a database that is written without pause in one transaction. False when it cannot be read so. One in WAL mode is
 * only opened while its writer is: a reader that comes alone would make the log's index beside it.
 */
function copyAtOneMoment(path: string, target: string): boolean {
  if (existsSync(`${path}-wal`) && !existsSync(`${path}-shm`)) return false;
  for (const suffix of companions) rmSync(target + suffix, { force: true });
  try {
    const reader = openForReading(path);
    try {
      reader.prepare('VACUUM INTO ?').run(target);
      return true;
    } finally {
      reader.close();
    }
  } catch {
    return false;
  }
}

/** What shows that one of the files was written. */
function traces(path: string): string {
  return companions
    .map((suffix) => statSync(path + suffix, { throwIfNoEntry: false }))
    .map((found) => (found === undefined ? '' : `${found.size}:${found.mtimeMs}`))
    .join(' ');
}

function checkSpace(path: string, target: string): void {
  const needed = companions.reduce((sum, suffix) => sum + sizeOf(path + suffix), 0);
  const { bavail, bsize } = statfsSync(dirname(target));
  if (needed <= bavail * bsize) return;
  throw new SlipwayError('too-large', `${path} is read from a copy, for which ${dirname(target)} has no room.`);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
