// A damaged database to read from: a copy of the file kept aside, so that the only one there is stays as it is.
import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { type Database, openLockFile } from '../../platform/sqlite/database';

const magic = 'SQLite format 3\0';
const headerBytes = 100;

/**
 * Copies `path`, with its log, to `copy` and opens that; `sound` is any sound database, whose header stands in for one that
 * was overwritten. Undefined when not even the list of tables can be read.
 */
export function openDamagedCopy(path: string, copy: string, sound: string): Database | undefined {
  // The log of an earlier copy would be taken for this one's.
  for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  copyFileSync(path, copy);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
  mendHeader(copy, sound);
  let database: Database | undefined;
  try {
    database = openLockFile(copy);
    database.pragma('cell_size_check = ON');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch {
    database?.close();
    return undefined;
  }
}

function mendHeader(copy: string, sound: string): void {
  const file = openSync(copy, 'r+');
  const other = openSync(sound, 'r');
  try {
    const [header, template] = [Buffer.alloc(headerBytes), Buffer.alloc(headerBytes)];
    readSync(file, header, 0, headerBytes, 0);
    if (header.toString('latin1', 0, 16) === magic) return;
    readSync(other, template, 0, headerBytes, 0);
    // How many pages there are is taken from the file's size when the two counters differ.
    template.writeUInt32BE(Math.floor(statSync(copy).size / 4096), 28);
    template.writeUInt32BE(template.readUInt32BE(24), 92);
    writeSync(file, template, 0, headerBytes, 0);
  } finally {
    closeSync(file);
    closeSync(other);
  }
}
