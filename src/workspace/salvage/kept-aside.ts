// A database that cannot be read is never thrown away: it lies beside its successor under a name that says when.
import { existsSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Moves a damaged database with its log to where it is kept, and returns that path. For one that is missing an empty file
 * stands there, so that a repair knows. `now` is epoch milliseconds.
 */
export function keepAside(path: string, now: number): string {
  const aside = `${path}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  // The log first: killed in between, it must not be taken for that of the next database.
  for (const suffix of ['-wal', '-shm', '']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  if (!existsSync(aside)) writeFileSync(aside, '');
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

/** One sentence while a database that was kept aside still waits to be brought back. */
export function unsalvaged(database: string): string[] {
  const [newest] = keptFiles(database);
  if (newest === undefined) return [];
  const what = `${newest} stands for a database that was lost and not brought back`;
  return [`${what}: \`slipway doctor --repair\` does that, deleting the file gives it up.`];
}

/**
 * Copies of the database, newest first: from before its schema was changed, and those that `slipway backup` wrote into the
 * workspace's folder under its own names.
 */
export function backupsOf(database: string): string[] {
  const home = dirname(database);
  const schemas = `${basename(database)}.backup-schema-`;
  const isSchema = (name: string): boolean =>
    name.startsWith(schemas) && Number.isInteger(Number(name.slice(schemas.length)));
  const isBackup = (name: string): boolean => /^slipway-backup-[\d-]+\.db$/.test(name);
  return [...filesOf(home, isSchema), ...filesOf(dirname(home), isBackup)]
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time || b.path.localeCompare(a.path, 'en', { numeric: true }))
    .map(({ path }) => path);
}

function filesOf(folder: string, isWanted: (name: string) => boolean): string[] {
  try {
    return readdirSync(folder)
      .filter(isWanted)
      .map((each) => join(folder, each));
  } catch {
    // One may work in a folder whose names one may not list.
    return [];
  }
}

/** The empty file beside a damaged one that says its rows were brought back. */
export function salvagedMark(path: string): string {
  return `${path}.salvaged`;
}
