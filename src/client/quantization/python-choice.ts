// Which Python holds the user's onnxruntime.
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/**
 * What the user named; else, in this order, an activated environment, `.venv` or `venv` of one of `folders`, and the name
 * that is on the PATH.
 */
export function choosePython(named: string | undefined, folders: readonly string[]): string {
  // A run may begin in another folder.
  if (named !== undefined) return /[\\/]/.test(named) ? resolve(named) : named;
  const isWindows = process.platform === 'win32';
  const inside = isWindows ? join('Scripts', 'python.exe') : join('bin', 'python');
  const active = process.env.VIRTUAL_ENV;
  const places = [
    ...(active ? [join(active, inside)] : []),
    ...folders.flatMap((folder) => ['.venv', 'venv'].map((name) => join(folder, name, inside))),
  ];
  const found = places.find(isExecutable);
  if (found !== undefined) return found;
  return isWindows || isOnPath('python') || !isOnPath('python3') ? 'python' : 'python3';
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
