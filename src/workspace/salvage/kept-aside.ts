// A database that cannot be read is never thrown away: it lies beside its successor under a name that says when.
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Moves a damaged database with its log to where it is kept, and returns that path. `now` is epoch milliseconds. */
export function keepAside(path: string, now: number): string {
  const aside = `${path}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  // The log first: killed in between, it must not be taken for that of the next database.
  for (const suffix of ['-wal', '-shm', '']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}

/** Files kept aside that were not salvaged yet, newest first. */
export function keptFiles(database: string): string[] {
  const name = basename(database);
  const folder = dirname(database);
  const aside = readdirSync(folder)
    .filter((each) => each.startsWith(`${name}.damaged-`) && each.endsWith('Z'))
    .filter((each) => !existsSync(join(folder, salvagedMark(each))))
    .sort()
    .reverse();
  return aside.map((each) => join(folder, each));
}

/** Copies of the database from before its schema was changed, newest first. */
export function schemaBackups(database: string): string[] {
  const name = `${basename(database)}.backup-schema-`;
  const number = (each: string): number => Number(each.slice(name.length));
  return readdirSync(dirname(database))
    .filter((each) => each.startsWith(name) && Number.isInteger(number(each)))
    .sort((a, b) => number(b) - number(a))
    .map((each) => join(dirname(database), each));
}

/** The empty file beside a damaged one that says its rows were brought back. */
export function salvagedMark(path: string): string {
  return `${path}.salvaged`;
}
