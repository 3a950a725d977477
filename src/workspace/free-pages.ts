// Pages of the database that nothing uses any more: how many there are, and back to the disk with them, some at a time.
import type { Database } from '../platform/sqlite/database';

/** So many pages move in one step: a few milliseconds. */
const pagesAtOnce = 16;
const incremental = 2;

/** Bytes in unused pages, and whether this file can give them back while it is open. */
export function freePages(database: Database): { bytes: number; canShrink: boolean } {
  const number = (name: string): number => Number(database.pragma(name, { simple: true }));
  return {
    bytes: number('freelist_count') * number('page_size'),
    canShrink: number('auto_vacuum') === incremental,
  };
}

/** Gives some unused pages back; true while there are more that can be. */
export function vacuumSome(database: Database): boolean {
  const before = freePages(database);
  if (!before.canShrink || before.bytes === 0) return false;
  database.pragma(`incremental_vacuum(${pagesAtOnce})`);
  return freePages(database).bytes > 0;
}
