// What a recorded command printed, piece by piece, straight from the file its recorder writes.
import { type FileHandle, open } from 'node:fs/promises';
import { systemCodeOf } from '../../../base/errors';
import type { OutputPiece } from '../../../protocol/api';

/** Which piece of which file. `from` null: the last `bytes` bytes. `ended`: nothing more will be written. */
export interface OutputRequest {
  path: string;
  from: number | null;
  bytes: number;
  ended: boolean;
}

/** Reads a piece that begins and ends between characters. A missing file is empty output. */
export async function readOutput(request: OutputRequest): Promise<OutputPiece> {
  let file: FileHandle;
  try {
    file = await open(request.path, 'r');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { text: '', start: 0, next: 0, size: 0 };
    throw error;
  }
  try {
    const { size } = await file.stat();
    const from = Math.min(request.from ?? Math.max(0, size - request.bytes), size);
    // Room for one whole character, so that a piece of few bytes still moves on.
    const buffer = Buffer.alloc(Math.min(Math.max(request.bytes, 4), size - from));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    const read = buffer.subarray(0, bytesRead);
    const skipped = request.from === null && from > 0 ? continuationBytes(read) : 0;
    const atEnd = request.ended && from + bytesRead >= size;
    const kept = read.subarray(skipped, atEnd ? bytesRead : bytesRead - openBytes(read));
    return { text: kept.toString('utf8'), start: from + skipped, next: from + skipped + kept.length, size };
  } finally {
    await file.close();
  }
}

/** How many bytes at the beginning belong to a character that began before. */
function continuationBytes(bytes: Buffer): number {
  let count = 0;
  while (count < 3 && count < bytes.length && ((bytes[count] ?? 0) & 0xc0) === 0x80) count++;
  return count;
}

/** How many bytes at the end are the beginning of a character whose rest has not been read. */
function openBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return needed > back && byte < 0xf8 ? back : 0;
  }
  return 0;
}
