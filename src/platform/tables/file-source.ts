// A file of the disk as a source of bytes.

import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';
import type { ByteSource } from './byte-source';

/** `name` is what people call the file. Throws SlipwayError `not-found` or `invalid` for what is no file. */
export function openFileSource({ path, name }: { path: string; name: string }): ByteSource {
  return { name, size: sizeOf(path, name), read: (start, end) => readPiece(path, { name, start, end }) };
}

function sizeOf(path: string, name: string): number {
  try {
    const found = statSync(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') throw new SlipwayError('not-found', `There is no file ${name}.`);
    throw new SlipwayError('invalid', `${name} cannot be read: ${messageOf(error)}`);
  }
  throw new SlipwayError('invalid', `${name} is no file. Name a file with rows.`);
}

async function readPiece(
  path: string,
  { name, start, end }: { name: string; start: number; end: number },
): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  try {
    await using file = await open(path);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new SlipwayError('conflict', `${name} became shorter while it was read. Try again.`);
      filled += bytesRead;
    }
  } catch (error) {
    if (SlipwayError.is(error)) throw error;
    throw new SlipwayError('invalid', `${name} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return bytes;
}
