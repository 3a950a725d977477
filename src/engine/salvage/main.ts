// Entry of the process that reads a damaged database: it may die of it, and nobody else does. It holds the engine's lock,
// so that no engine writes meanwhile.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { messageOf, SlipwayError } from '../../base/errors';
import { openForReading } from '../../platform/sqlite/database';
import { tryLock } from '../../platform/sqlite/exclusive-lock';
import { WorkspaceLayout } from '../../protocol/folder/layout';
import type { SalvageLine } from '../../protocol/jobs/salvage';
import { pageCheck } from '../../workspace/page-check';
import { salvage } from '../../workspace/salvage/salvage';

function say(line: SalvageLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function work(root: string): SalvageLine {
  const layout = new WorkspaceLayout(root);
  const lock = tryLock(`${layout.home}/engine.lock`);
  if (lock === undefined) throw new SlipwayError('conflict', 'An engine runs in this folder again. Try again.');
  try {
    const now = Date.now();
    const moved = keepAside(layout.database, now);
    const folder = `${layout.home}/repair`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    return {
      salvage: { moved, ...salvage({ database: layout.database, folder, now }, (table) => say({ reading: table })) },
    };
  } finally {
    lock.release();
  }
}

/** A database that opens and has damaged pages goes aside like one that does not open. */
function keepAside(path: string, now: number): string | null {
  if (!existsSync(path) || isSound(path)) return null;
  const aside = `${path}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  for (const suffix of ['-wal', '-shm', '']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}

function isSound(path: string): boolean {
  try {
    const database = openForReading(path);
    try {
      return pageCheck(database, null).length === 0;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

try {
  say(work(process.argv[2] ?? ''));
} catch (error) {
  say({ error: { code: SlipwayError.is(error) ? error.code : 'internal', message: messageOf(error) } });
}
