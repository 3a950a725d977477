// Files kept once by their content: `ab/cdef…` is the SHA-256 of what lies there. Nothing is ever held in memory whole.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { SlipwayError, systemCodeOf } from '../../base/errors';
import { explainDiskFault } from '../files/disk-fault';
import { readAhead, streamToFile } from './stream-to-file';

/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Content that has arrived whole and awaits its fate: exactly one of `keep` and `discard` is called. */
export interface ReceivedContent {
  sha256: string;
  size: number;
  /** Moves it into the store at once, without a pause in which anything else could run. */
  keep(): void;
  discard(): void;
}

/** A folder of objects with one writing process. */
export class ObjectStore {
  readonly #root: string;
  readonly #incoming: string;
  /** The files of uploads that go on now. */
  readonly #open = new Set<string>();

  /** `root` is made on first use. */
  constructor(root: string) {
    this.#root = root;
    this.#incoming = join(root, 'tmp');
  }

  /** Reads `source` to its end. A source that breaks off leaves nothing; a full disk is told as SlipwayError. */
  async receive(source: AsyncIterable<Uint8Array>): Promise<ReceivedContent> {
    mkdirSync(this.#incoming, { recursive: true });
    const name = randomUUID();
    const temporary = join(this.#incoming, name);
    this.#open.add(name);
    const hash = createHash('sha256');
    let size: number;
    try {
      size = await streamToFile(source, temporary, (piece) => hash.update(piece));
    } catch (error) {
      this.#open.delete(name);
      rmSync(temporary, { force: true });
      throw explainDiskFault(error, this.#root);
    }
    const sha256 = hash.digest('hex');
    return {
      sha256,
      size,
      keep: () => {
        this.#keep(temporary, sha256);
        this.#open.delete(name);
      },
      discard: () => {
        this.#open.delete(name);
        rmSync(temporary, { force: true });
      },
    };
  }

  /** Opens an object, or a part of it. Throws SlipwayError `damaged` when its file is gone. */
  async open(sha256: string, range?: ByteRange): Promise<Readable> {
    try {
      const file = await open(this.#place(sha256), 'r');
      return file.createReadStream({ ...range, highWaterMark: readAhead });
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error;
      const sentence = `The content ${sha256} is missing from ${this.#root}. Copy it back from a backup, or from the folder that the database was taken from.`;
      throw new SlipwayError('damaged', sentence, { cause: error });
    }
  }

  /** Frees an object that nothing names any more. A stream that already reads it goes on where the system allows. Returns its size. */
  remove(sha256: string): number {
    const place = this.#place(sha256);
    const size = statSync(place, { throwIfNoEntry: false })?.size ?? 0;
    rmSync(place, { force: true });
    return size;
  }

  /** Removes what uploads that never ended have left; those that go on now are none of them. Returns what was freed. */
  sweep(): { count: number; bytes: number } {
    const freed = this.leftovers();
    for (const path of this.#broken()) rmSync(path, { force: true });
    return freed;
  }

  /** What `sweep` would remove. */
  leftovers(): { count: number; bytes: number } {
    const sizes = this.#broken().map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  }

  #broken(): string[] {
    if (!existsSync(this.#incoming)) return [];
    const names = readdirSync(this.#incoming).filter((name) => !this.#open.has(name));
    return names.map((name) => join(this.#incoming, name));
  }

  #keep(temporary: string, sha256: string): void {
    const place = this.#place(sha256);
    if (existsSync(place)) {
      rmSync(temporary, { force: true });
      return;
    }
    mkdirSync(join(this.#root, sha256.slice(0, 2)), { recursive: true });
    renameSync(temporary, place);
  }

  #place(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256.slice(2));
  }
}
