// The files of a run as the rows of a tree.
import type { ArtifactEntry } from '../../../src/protocol/run';

/** What is known of one folder; `next` is the token for more of it. */
export interface FolderContent {
  items: readonly ArtifactEntry[];
  next: string | null;
  error: string | null;
}

/** One row. `more` stands last in a folder that has more than is shown, `trouble` in one that could not be read. */
export interface FileRow {
  kind: 'file' | 'folder' | 'more' | 'trouble';
  /** Unique in the tree. */
  id: string;
  /** Of the file, or of the folder that has more. */
  path: string;
  words: string;
  level: number;
  size: number | null;
  isOpen: boolean;
}

/** The rows in sight: of open folders what lies in them, in the engine's order. */
export function rowsOf(
  content: ReadonlyMap<string, FolderContent>,
  open: ReadonlySet<string>,
  folder = '',
  level = 1,
): FileRow[] {
  const here = content.get(folder);
  if (here === undefined) return [];
  const base = { level, size: null, isOpen: false };
  const rows = here.items.flatMap((entry): FileRow[] => {
    const { path, size } = entry;
    const words = path.slice(path.lastIndexOf('/') + 1);
    if (!entry.isDirectory) return [{ ...base, kind: 'file', id: path, path, words, size }];
    const isOpen = open.has(path);
    const row: FileRow = { ...base, kind: 'folder', id: path, path, words, isOpen };
    return isOpen ? [row, ...rowsOf(content, open, path, level + 1)] : [row];
  });
  if (here.error !== null) rows.push({ ...base, kind: 'trouble', id: `${folder} !`, path: folder, words: here.error });
  if (here.next !== null) rows.push({ ...base, kind: 'more', id: `${folder} +`, path: folder, words: 'Show more' });
  return rows;
}
