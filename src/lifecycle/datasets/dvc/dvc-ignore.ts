// What DVC leaves out of a folder: the patterns of `.dvcignore` files, which are those of git.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Says of absolute paths below `root` whether DVC looks past them. Each `.dvcignore` is read once. */
export function dvcIgnore(root: string): (place: string) => boolean {
  const known = new Map<string, Ignore | null>();
  const rulesIn = (folder: string): Ignore | null => {
    const path = join(folder, '.dvcignore');
    if (!known.has(folder)) known.set(folder, existsSync(path) ? ignore().add(readFileSync(path, 'utf8')) : null);
    return known.get(folder) ?? null;
  };
  return (place) => {
    let isIgnored = false;
    for (const folder of foldersDown(root, dirname(place))) {
      const rules = rulesIn(folder);
      if (rules === null) continue;
      // The nearer file has the last word.
      const { ignored, unignored } = rules.test(relative(folder, place).split(sep).join('/'));
      if (ignored) isIgnored = true;
      if (unignored) isIgnored = false;
    }
    return isIgnored;
  };
}

/** From the root to the folder, both included. */
function foldersDown(root: string, folder: string): string[] {
  const parts = relative(root, folder).split(sep).filter(Boolean);
  return [root, ...parts.map((_, index) => join(root, ...parts.slice(0, index + 1)))];
}
