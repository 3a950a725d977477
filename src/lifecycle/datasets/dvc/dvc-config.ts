// `.dvc/config` and `.dvc/config.local`, of which the second wins, as far as it says where things lie.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** `cache` is absolute. `isWithoutGit`: the repository uses DVC without git, so there is no .gitignore to keep. */
export interface DvcConfig {
  cache: string;
  isWithoutGit: boolean;
}

/** The settings of the repository whose `.dvc` folder this is. Lines that are no settings are passed over. */
export function readDvcConfig(folder: string): DvcConfig {
  const values = new Map<string, string>();
  for (const name of ['config', 'config.local']) {
    const path = join(folder, name);
    if (existsSync(path)) for (const [key, value] of settingsOf(readFileSync(path, 'utf8'))) values.set(key, value);
  }
  return {
    cache: resolve(folder, values.get('cache.dir') ?? 'cache'),
    isWithoutGit: /^(true|yes|on|1)$/i.test(values.get('core.no_scm') ?? ''),
  };
}

/** Pairs of `section.key` and value, as configobj reads them: quotes around a value, comments after it. */
function settingsOf(text: string): [key: string, value: string][] {
  let section = '';
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name] = /^\s*\[\s*(.+?)\s*\]\s*(?:#.*)?$/.exec(line) ?? [];
    if (name !== undefined) {
      section = name.replace(/^'(.*)'$/, '$1');
      return [];
    }
    const [, key, single, double, bare] =
      /^\s*([^#=\s][^=]*?)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^#]*?))\s*(?:#.*)?$/.exec(line) ?? [];
    return key === undefined ? [] : [[`${section}.${key}`, single ?? double ?? bare ?? '']];
  });
}
