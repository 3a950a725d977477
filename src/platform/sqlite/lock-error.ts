// Another program may hold the write lock of a database; everything that writes must tell that from a real failure.
import { systemCodeOf } from '../../base/errors';

/** True when SQLite refused because somebody else writes now: nothing was changed, and the same call may succeed later. */
export function isLockError(error: unknown): boolean {
  return systemCodeOf(error)?.startsWith('SQLITE_BUSY') ?? false;
}
