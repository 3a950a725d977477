// Git LFS leaves a small text where the bytes would be until they are fetched.
import { closeSync, openSync, readSync } from 'node:fs';

const head = 'version https://git-lfs.github.com/spec/v1\n';
/** The specification's own limit. */
const longestPointer = 1024;

/** True when the file of that size is a pointer of Git LFS and not the data. Throws what the system says of it. */
export function isLfsPointer(place: string, size: number): boolean {
  if (size < head.length || size >= longestPointer) return false;
  const file = openSync(place, 'r');
  try {
    const bytes = Buffer.alloc(head.length);
    return readSync(file, bytes, 0, bytes.length, 0) === bytes.length && bytes.toString('latin1') === head;
  } finally {
    closeSync(file);
  }
}
