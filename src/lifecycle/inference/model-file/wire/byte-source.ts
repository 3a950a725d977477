// Bytes that are read piece by piece: a model of many gigabytes is mostly weights that nobody looks at.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { SlipwayError, systemCodeOf } from '../../../../base/errors';

/** `read` gives exactly the bytes asked for; asking beyond the end is a mistake of the caller's. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

/** Bytes in memory. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/**
 * Opens a file for as long as `work` reads it. Throws SlipwayError `not-found`, `forbidden`, or `invalid` when it is no file.
 */
export function withBytesOf<T>(path: string, work: (source: ByteSource) => T): T {
  const descriptor = opened(path);
  try {
    const { size, isFile } = sizeOf(descriptor);
    if (!isFile) throw new SlipwayError('invalid', `${basename(path)} is no file. Name the .onnx file itself.`);
    return work({ size, read: (offset, length) => piece(descriptor, { path, offset, length }) });
  } finally {
    closeSync(descriptor);
  }
}

function opened(path: string): number {
  try {
    // The open of a pipe would wait for whoever writes into it.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new SlipwayError('not-found', `There is no file ${path}.`);
    if (code === 'EACCES' || code === 'EPERM')
      throw new SlipwayError('forbidden', `${path} may not be read by this user. Change its permissions.`);
    throw error;
  }
}

function sizeOf(descriptor: number): { size: number; isFile: boolean } {
  const found = fstatSync(descriptor);
  return { size: found.size, isFile: found.isFile() };
}

function piece(descriptor: number, { path, offset, length }: { path: string; offset: number; length: number }): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(descriptor, bytes, filled, length - filled, offset + filled);
    if (read === 0)
      throw new SlipwayError('unavailable', `${basename(path)} became shorter while it was read. Try again.`);
    filled += read;
  }
  return bytes;
}
