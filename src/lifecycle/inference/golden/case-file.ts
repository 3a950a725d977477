// Files that a golden case names: what a repository of somebody else says is read stays within it.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';

const mostBytes = 256 * 1024 * 1024;

/**
 * The real path of the file called `name` in the golden file `file`. Throws SlipwayError `not-found`, `invalid` for what is
 * no file or stands outside `within` (where null the repository, or the model's folder where there is none), links followed,
 * and `too-large`.
 */
export function fileBeside(file: string, name: string, within: string | null = null): string {
  const folder = realpathSync(dirname(file));
  const path = realPathOf(resolve(folder, name), name);
  const root = within === null ? (repositoryOf(folder) ?? folder) : realpathSync(within);
  const way = relative(root, path);
  if (way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way) {
    throw new SlipwayError('invalid', `${name} stands outside ${root}. Copy it beside the model.`);
  }
  const found = statSync(path);
  if (!found.isFile()) throw new SlipwayError('invalid', `${name} is no file.`);
  if (found.size > mostBytes) throw new SlipwayError('too-large', `${name} has more than 256 MB.`);
  return path;
}

function realPathOf(path: string, name: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') throw new SlipwayError('not-found', `There is no file ${name}.`);
    throw new SlipwayError('invalid', `${name} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
