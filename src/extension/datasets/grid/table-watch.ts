// A file of a table, watched while a page shows it.
import { basename, dirname } from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from '../../../base/disposable';

/** A file that is being written changes many times. */
const restMilliseconds = 500;

/** Calls `changed` once a file has been written and rests. */
export function watchTable(path: string, changed: () => void): Disposable {
  const pattern = new RelativePattern(Uri.file(dirname(path)), escaped(basename(path)));
  const watcher = workspace.createFileSystemWatcher(pattern);
  let rest: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(rest);
    rest = setTimeout(changed, restMilliseconds);
  };
  watcher.onDidChange(soon);
  watcher.onDidCreate(soon);
  return {
    dispose: () => {
      clearTimeout(rest);
      watcher.dispose();
    },
  };
}

/** What a name holds stands for itself. */
function escaped(name: string): string {
  return name.replaceAll(/[*?[\]{}]/g, '?');
}
