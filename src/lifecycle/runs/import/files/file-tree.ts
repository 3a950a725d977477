// The files of a run. Links are not followed: they may lead anywhere, and what they name is not in the store.
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../../base/errors';
import type { SourceReport } from '../source-report';
import type { SourceFile } from '../source-run';

/** All files below a folder, by path; none when there is no folder, or a link in its place. What is no file is told to `report`. */
export function filesBelow(folder: string, report: SourceReport, below = ''): SourceFile[] {
  // The folder itself may be a link too.
  if (below === '' && !isFolder(folder, report)) return [];
  return entriesIn(join(folder, below), report).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const place = join(folder, path);
    if (entry.isDirectory()) return filesBelow(folder, report, path);
    if (entry.isFile()) return [{ path, place, size: lstatSync(place, { throwIfNoEntry: false })?.size ?? 0 }];
    if (entry.isSymbolicLink()) report.leave('links among the files, which are not followed', `such as ${place}`);
    else report.problem(place, '', 'no file, so it is not copied');
    return [];
  });
}

/** What changes when files come or grow. */
export function filesState(files: readonly SourceFile[]): string {
  return files.map(({ path, size }) => `${path}:${size}`).join('\n');
}

/** What lies directly in a folder, by name; nothing when it cannot be read, which is told to `report`. */
export function entriesIn(folder: string, report: SourceReport): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    report.problem(folder, '', messageOf(error));
    return [];
  }
}

function isFolder(path: string, report: SourceReport): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    report.problem(path, '', messageOf(error));
    return false;
  }
}

/** The folders directly in a folder, links left out, by name. */
export function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
