// Finds the file a command's first word stands for, as a shell would.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** The absolute path of `program` as run in `cwd` with this `PATH`; undefined when there is no such executable. */
export function lookUpCommand(program: string, cwd: string, searchPath: string | undefined): string | undefined {
  if (isAbsolute(program) || /[\\/]/.test(program)) return executable(resolve(cwd, program));
  for (const folder of (searchPath ?? '').split(delimiter)) {
    const found = executable(join(folder === '' ? cwd : resolve(cwd, folder), program));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The file behind links; the path itself when it cannot be resolved. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function executable(path: string): string | undefined {
  const names = process.platform === 'win32' ? [`${path}.exe`, `${path}.cmd`, `${path}.bat`, path] : [path];
  return names.find((name) => {
    try {
      accessSync(name, constants.X_OK);
      return statSync(name).isFile();
    } catch {
      return false;
    }
  });
}
