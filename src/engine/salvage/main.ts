// Entry of the process that reads a damaged database: it may die of it, and nobody else does. It holds the engine's lock,
// so that no engine writes meanwhile.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { messageOf, SlipwayError } from '../../base/errors';
import { isPack } from '../../lifecycle/runs/store/points/packed-points';
import { openForReading } from '../../platform/sqlite/database';
import { tryLock } from '../../platform/sqlite/exclusive-lock';
import { isLockError } from '../../platform/sqlite/lock-error';
import { WorkspaceLayout } from '../../protocol/folder/layout';
import type { SalvageLine } from '../../protocol/jobs/salvage';
import { keepAside } from '../../workspace/salvage/kept-aside';
import { salvage } from '../../workspace/salvage/salvage';
import { databaseCheck } from './database-check';

function say(line: SalvageLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function work(root: string): SalvageLine {
  const layout = new WorkspaceLayout(root);
  const lock = tryLock(layout.lock);
  if (lock === undefined) throw new SlipwayError('conflict', 'An engine runs in this folder again. Try again.');
  try {
    const now = Date.now();
    // One that opens and has damaged pages goes aside like one that does not open.
    const isDamaged = existsSync(layout.database) && !isSound(layout.database);
    const moved = isDamaged ? keepAside(layout.database, now) : null;
    rmSync(layout.repair, { recursive: true, force: true });
    mkdirSync(layout.repair, { recursive: true });
    const checks = { metric_packs: { column: 'points', isSound: isPack } };
    const terms = { database: layout.database, folder: layout.repair, now, checks };
    return { salvage: { moved, ...salvage(terms, (table) => say({ reading: table })) } };
  } finally {
    lock.release();
  }
}

/** Throws SlipwayError `unavailable` for a database that another program holds: that is no damage. */
function isSound(path: string): boolean {
  try {
    const database = openForReading(path);
    try {
      return databaseCheck(database, null).length === 0;
    } finally {
      database.close();
    }
  } catch (error) {
    if (!isLockError(error)) return false;
    throw new SlipwayError('unavailable', `Another program holds ${path}. Close it there, then try again.`, {
      cause: error,
    });
  }
}

try {
  say(work(process.argv[2] ?? ''));
} catch (error) {
  say({ error: { code: SlipwayError.is(error) ? error.code : 'internal', message: messageOf(error) } });
}
