// Files that a rule names: what a repository of somebody else says is read stays within its folder.
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** The real path of what `path` names from the folder `base`, links followed; undefined where there is nothing, or it stands outside. */
export function placeBelow(base: string, path: string): string | undefined {
  try {
    const place = realpathSync(resolve(base, path));
    const way = relative(realpathSync(base), place);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : place;
  } catch {
    return undefined;
  }
}
