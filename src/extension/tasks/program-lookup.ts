// Which programs there are to start.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a folder of this process's PATH holds a program of that name. */
export function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

/** Whether there is a program at a path. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
