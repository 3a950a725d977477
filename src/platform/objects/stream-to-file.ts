// Bytes to disk as they come: a megabyte at a time, the next one arriving while the last is written.
import { type FileHandle, open } from 'node:fs/promises';

const batchBytes = 1024 * 1024;

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

class BatchWriter {
  readonly #file: FileHandle;
  #batch: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

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
    await this.#writing;
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#bytes = 0;
    this.#writing = this.#write(batch);
    // Waited for before the next batch; until then a failure must not count as unheard.
    this.#writing.catch(() => undefined);
  }

  async #write(batch: Uint8Array[]): Promise<void> {
    const { bytesWritten } = await this.#file.writev(batch);
    // A nearly full disk may take only a part: the rest is tried alone, and then fails with the disk's own error.
    let skip = bytesWritten;
    for (const piece of batch) {
      if (skip >= piece.byteLength) skip -= piece.byteLength;
      else {
        await this.#file.appendFile(piece.subarray(skip));
        skip = 0;
      }
    }
  }
}
