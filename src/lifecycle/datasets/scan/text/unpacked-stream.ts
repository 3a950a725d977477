// The bytes of a file, unpacked where it is packed.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Duplex } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { messageOf, SlipwayError } from '../../../../base/errors';

/** Piece by piece. Throws SlipwayError `invalid` for a packed file that is cut off or damaged. */
export async function* unpackedBytes(path: string): AsyncGenerator<Uint8Array> {
  const bytes = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const unpacking = /\.gz$/i.test(path) ? createGunzip() : /\.zst$/i.test(path) ? zstd(path) : undefined;
  if (unpacking === undefined) {
    yield* bytes;
    return;
  }
  const plain = bytes.pipe(unpacking);
  bytes.once('error', (error) => plain.destroy(error));
  try {
    yield* plain;
  } catch (error) {
    const sentence = `${basename(path)} is cut off or damaged: it cannot be unpacked (${messageOf(error)}).`;
    throw new SlipwayError('invalid', sentence, { cause: error });
  } finally {
    bytes.destroy();
  }
}

/** Reads a packed file to its end: DuckDB takes what is left of one that is cut off for the whole. Throws as above. */
export async function requireWhole(path: string, signal: AbortSignal): Promise<void> {
  if (!/\.(gz|zst)$/i.test(path)) return;
  for await (const _ of unpackedBytes(path)) signal.throwIfAborted();
}

function zstd(path: string): Duplex {
  // Node has it from 22.15 on.
  if (typeof createZstdDecompress === 'function') return createZstdDecompress();
  throw new SlipwayError('invalid', `${basename(path)} is packed as this Node cannot unpack it. Unpack it first.`);
}
