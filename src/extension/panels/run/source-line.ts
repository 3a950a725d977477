// A traceback names a file and a line; what a training printed decides neither which files are opened nor how.
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { l10n, Range, Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';

/**
 * Opens a file at a line (from 1). `path` is taken from `cwd`; links are followed before it is judged. Throws
 * SlipwayError `not-found` when it is gone, `forbidden` outside `cwd` and the folders of the window.
 */
export async function openSourceLine(source: { path: string; line: number; cwd: string }): Promise<void> {
  const path = realFile(resolve(source.cwd, source.path));
  if (path === undefined) {
    const sentence = l10n.t('{0} was moved or deleted. The commit of the run may still hold it.', source.path);
    throw new SlipwayError('not-found', sentence);
  }
  const roots = [source.cwd, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)];
  if (!roots.some((root) => isBelow(path, root))) {
    throw new SlipwayError(
      'forbidden',
      l10n.t('{0} lies outside this workspace and the folder of the run, so it is not opened from here.', source.path),
    );
  }
  const document = await workspace.openTextDocument(Uri.file(path));
  const line = Math.min(Math.max(0, source.line - 1), document.lineCount - 1);
  await window.showTextDocument(document, { selection: new Range(line, 0, line, 0) });
}

function realFile(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return statSync(real).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

function isBelow(path: string, root: string): boolean {
  try {
    const way = relative(realpathSync(root), path);
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  } catch {
    return false;
  }
}
