// The listing of a SELECT's version: the files of the datasets it reads, each path behind the dataset's name.
import { createHash } from 'node:crypto';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { listingOf } from './listing';

/** The id of a SELECT's version: the SHA-256 of its text, a NUL, and `NAME NUL ID LF` for each dataset it reads. */
function selectedId(query: string, parts: readonly { name: string; id: string }[]): string {
  const hash = createHash('sha256').update(`${query}\0`);
  for (const { name, id } of parts) hash.update(`${name}\0${id}\n`);
  return hash.digest('hex');
}

/** Where a dataset's file stands in the listing of a SELECT's version. */
export function selectedPath(name: string, path: string): string {
  const start = encodeURIComponent(name);
  return path === '' ? start : `${start}/${path}`;
}

/** A path of such a listing: the dataset's name, and the path there. Throws URIError for what `selectedPath` never writes. */
export function partPath(path: string): { name: string; path: string } {
  const [name = '', ...rest] = path.split('/');
  return { name: decodeURIComponent(name), path: rest.join('/') };
}

/** The id that the files of a version give it; `query` is the SELECT of one that is one. Throws as `partPath`. */
export function idOfFiles(files: readonly DatasetFile[], query: string | null): string {
  if (query === null) return listingOf(files, kindOf(files)).id;
  const parts = new Map<string, DatasetFile[]>();
  for (const file of files) {
    const { name, path } = partPath(file.path);
    const part = parts.get(name) ?? [];
    part.push({ ...file, path });
    parts.set(name, part);
  }
  const named = [...parts].map(([name, part]) => ({ name, id: listingOf(part, kindOf(part)).id }));
  return selectedId(query, named);
}

function kindOf([first, ...others]: readonly DatasetFile[]): 'single' | 'list' {
  return first?.path === '' && others.length === 0 ? 'single' : 'list';
}
