// Another name of a file, by which it is read and never written.
import { copyFileSync, linkSync, lstatSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { systemCodeOf } from '../../base/errors';

/** Ways to give a file another name, the best first; each throws where the disk or the user's rights do not allow it. */
export type NameWay = (target: string, link: string) => void;

// Windows asks for a right to make symbolic links that few people have; some disks know no links at all.
const usualWays: readonly NameWay[] = [(target, link) => symlinkSync(target, link), linkSync, copyFileSync];
const refused = ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'EXDEV', 'EMLINK', 'UNKNOWN'];

/**
 * Gives `target` the name `link`, whose folder is there, if it does not have it yet. Throws what the system says of the last
 * way.
 */
export function nameFile(target: string, link: string, ways: readonly NameWay[] = usualWays): void {
  if (isName(target, link)) return;
  rmSync(link, { force: true });
  for (const [index, way] of ways.entries()) {
    try {
      way(target, link);
      return;
    } catch (error) {
      const isLast = index === ways.length - 1;
      if (isLast || !refused.includes(systemCodeOf(error) ?? '')) throw error;
    }
  }
}

/** A link that leads on, the same file, or a copy that is not older than what it was copied from. */
function isName(target: string, link: string): boolean {
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const now = statSync(target);
  if (found.isSymbolicLink()) return statSync(link, { throwIfNoEntry: false })?.ino === now.ino;
  return found.ino === now.ino || (found.size === now.size && found.nlink === 1 && found.mtimeMs >= now.mtimeMs);
}
