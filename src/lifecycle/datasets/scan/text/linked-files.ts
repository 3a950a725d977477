// Links to files whose names DuckDB would take for patterns: it would look through their folders, which it may not read.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nameFile } from '../../../../platform/files/name-link';
import type { PreparedFiles } from './prepared-files';

const pattern = /[*?[\]]/;

/** The same files, those with such names under links below `to`. */
export function linkedFiles(prepared: PreparedFiles, to: string): PreparedFiles {
  const { files, format } = prepared.files;
  if (!files.some((path) => pattern.test(path))) return prepared;
  const folder = join(to, `links-${randomUUID()}`);
  const links = files.map((path, index) => {
    if (!pattern.test(path)) return path;
    // The folders stay: years and months may stand in their names.
    const clean = path.replace(/^[A-Za-z]:/, '').replaceAll(/[*?[\]]/g, '_');
    const link = join(folder, String(index), clean);
    mkdirSync(dirname(link), { recursive: true });
    nameFile(path, link);
    return link;
  });
  // What is removed in the end is the folder of each copy.
  return { ...prepared, files: { files: links, format }, copies: [...prepared.copies, join(folder, 'all')] };
}
