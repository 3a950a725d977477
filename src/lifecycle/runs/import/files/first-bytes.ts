// What a file begins with says what it is.
import { closeSync, constants, openSync, readSync } from 'node:fs';

/** The first bytes of a file, each as one character; fewer when it is shorter, none when it cannot be read. */
export function firstBytes(path: string, count: number): string {
  let file: number | undefined;
  try {
    // The open of a pipe would wait for whoever writes into it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const bytes = Buffer.alloc(count);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, count, 0));
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
