// One zip file, written entry after entry as streams. What is written lies under another name until it is whole.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { explainDiskFault } from '../files/disk-fault';
import { UnfinishedFile } from '../files/unfinished-file';

/** What an entry held: the hash of its bytes and how many there were. */
export interface WrittenEntry {
  sha256: string;
  size: number;
}

/** Every entry carries the same time, so that equal content makes equal files. */
const mtime = new Date(Date.UTC(1980, 0, 1));

/** Writes beside `path` until `finish` gives the file its name; either `finish` or `abandon` ends it. */
export class ZipWriter {
  readonly #path: string;
  readonly #zip = new ZipFile();
  readonly #file: UnfinishedFile;
  readonly #written: Promise<void>;

  constructor(path: string) {
    this.#path = path;
    this.#file = new UnfinishedFile(path);
    this.#written = pipeline(this.#zip.outputStream, createWriteStream(this.#file.path));
    // Waited for by every entry; until then a full disk must not count as unheard.
    this.#written.catch(() => undefined);
  }

  /** Adds one entry, read to its end. Throws what the source throws, and SlipwayError for a disk that takes no more. */
  async add(name: string, source: AsyncIterable<Uint8Array>, { compress = true } = {}): Promise<WrittenEntry> {
    const hash = createHash('sha256');
    let size = 0;
    async function* seen(): AsyncGenerator<Uint8Array> {
      for await (const piece of source) {
        hash.update(piece);
        size += piece.byteLength;
        yield piece;
      }
    }
    const stream = Readable.from(seen(), { objectMode: false, highWaterMark: 256 * 1024 });
    const read = new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject));
    this.#zip.addReadStream(stream, name, { compress, mtime, mode: 0o100644 });
    try {
      await Promise.race([read, this.#written.then(() => new Promise<never>(() => undefined))]);
    } catch (error) {
      throw explainDiskFault(error, this.#path);
    }
    return { sha256: hash.digest('hex'), size };
  }

  /** Writes the list of entries and gives the file its name. Throws as UnfinishedFile's `finish` does. */
  async finish({ overwrite }: { overwrite: boolean }): Promise<void> {
    this.#zip.end();
    try {
      await this.#written;
      this.#file.finish({ overwrite });
    } catch (error) {
      this.#file.discard();
      throw explainDiskFault(error, this.#path);
    }
  }

  /** Takes away what was written so far. */
  async abandon(): Promise<void> {
    (this.#zip.outputStream as Readable).destroy();
    await this.#written.catch(() => undefined);
    this.#file.discard();
  }
}
