// Whether two diffs by git say the same.
import { createHash } from 'node:crypto';

/** SHA-256 of the diff, in hexadecimal; null of none. Names of objects count by their first digits: git writes more as it grows. */
export function diffDigest(diff: string | null): string | null {
  if (diff === null || diff === '') return null;
  const text = diff.replace(/^index ([0-9a-f]{7})[0-9a-f]*\.\.([0-9a-f]{7})[0-9a-f]*/gm, 'index $1..$2');
  return createHash('sha256').update(text).digest('hex');
}
