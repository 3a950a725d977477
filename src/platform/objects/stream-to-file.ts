// Bytes to disk as they come: a megabyte at a time, the next ones arriving while the last are written.
import { type FileHandle, open } from 'node:fs/promises';

const batchBytes = 1024 * 1024;
/** Batches that are being written at a time. */
const mostAtOnce = 4;

/** How much of a file is read ahead at once when it is sent on. */
export const readAhead = 256 * 1024;

/**
 * Writes `source` to the new file `path` and returns its size in bytes; `seen` is shown each piece. Throws what the
 * source or the disk throws, and leaves the file to its caller.
 */
export async function streamToFile(
  source: AsyncIterable<Uint8Array>,
  path: string,
  seen: (piece: Uint8Array) => void = () => undefined,
): Promise<number> {
  const file = await open(path, 'wx');
  try {
    const writer = new BatchWriter(file);
    let size = 0;
    for await (const piece of source) {
      seen(piece);
      size += piece.byteLength;
      await writer.add(piece);
    }
    await writer.end();
    return size;
  } finally {
    await file.close();
  }
}

/** Writes batches at their places, a few of them at a time, so that the source is not kept waiting for the disk. */
class BatchWriter {
  readonly #file: FileHandle;
  readonly #writing: Promise<void>[] = [];
  #batch: Uint8Array[] = [];
  #bytes = 0;
  #position = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(piece: Uint8Array): Promise<void> {
    this.#batch.push(piece);
    this.#bytes += piece.byteLength;
    if (this.#bytes >= batchBytes) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    await Promise.all(this.#writing);
  }

  async #flush(): Promise<void> {
    if (this.#writing.length >= mostAtOnce) await this.#writing.shift();
    const batch = this.#batch;
    if (batch.length === 0) return;
    const writing = this.#write(batch, this.#position);
    // Waited for later; until then a failure must not count as unheard.
    writing.catch(() => undefined);
    this.#writing.push(writing);
    this.#position += this.#bytes;
    this.#batch = [];
    this.#bytes = 0;
  }

  async #write(batch: Uint8Array[], position: number): Promise<void> {
    const { bytesWritten } = await this.#file.writev(batch, position);
    // A nearly full disk may take only a part: the rest is tried alone, and then fails with the disk's own error.
    let [skip, at] = [bytesWritten, position];
    for (const piece of batch) {
      for (let done = Math.min(skip, piece.byteLength); done < piece.byteLength; ) {
        done += (await this.#file.write(piece, done, piece.byteLength - done, at + done)).bytesWritten;
      }
      skip = Math.max(0, skip - piece.byteLength);
      at += piece.byteLength;
    }
  }
}
