// One zip file from anybody: its list of entries is judged before a byte is unpacked, and no name of it becomes a path.
import { statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { messageOf, SlipwayError, systemCodeOf } from '../../base/errors';

const mostEntries = 5_000_000;
const regularFile = 0o10;
/** Unpacked bytes for each packed one; beyond this and beyond the floor it is a trap and no data. */
const mostRatio = 200;
const ratioFloor = 256 * 1024 * 1024;

/** An opened zip file. Sizes in bytes. */
export class ZipReader {
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Opens `path`. Throws SlipwayError `not-found`, or `invalid` for what is no zip, is cut short or sets a trap. */
  static async open(path: string): Promise<ZipReader> {
    let zip: ZipFile | undefined;
    try {
      if (!statSync(path).isFile()) throw new SlipwayError('invalid', `${path} is not a file.`);
      zip = await openPromise(path, { autoClose: false, strictFileNames: true });
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        judge(path, entry, entries);
        entries.set(entry.fileName, entry);
      }
      refuseBomb(path, entries);
      return new ZipReader(path, zip, entries);
    } catch (error) {
      zip?.close();
      throw unreadable(path, error);
    }
  }

  /** The names of all entries, in the order they lie there. */
  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** How large an entry says it is when unpacked; undefined where there is none of that name. */
  sizeOf(name: string): number | undefined {
    return this.#entries.get(name)?.uncompressedSize;
  }

  /** One entry's bytes. They break off with SlipwayError `invalid` when there are more or fewer than it says. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new SlipwayError('invalid', `${this.#path} holds no ${name}. Export it again.`);
    try {
      const stream: Readable = await this.#zip.openReadStreamPromise(entry);
      for await (const piece of stream) yield piece as Uint8Array;
    } catch (error) {
      throw unreadable(this.#path, error);
    }
  }

  close(): void {
    this.#zip.close();
  }
}

function judge(path: string, entry: Entry, before: ReadonlyMap<string, Entry>): void {
  const name = entry.fileName;
  const refuse = (why: string): never => {
    throw new SlipwayError('invalid', `${path} cannot be used: ${why}. Nothing of it was kept.`);
  };
  if (before.has(name)) refuse(`the name ${name} is in it twice`);
  if (before.size >= mostEntries) refuse(`it lists more than ${mostEntries} entries`);
  const kind = (entry.externalFileAttributes >>> 16) >>> 12;
  if (name.endsWith('/') || (kind !== 0 && kind !== regularFile)) refuse(`${name} is a link or a folder, not a file`);
  if (entry.isEncrypted()) refuse(`${name} is encrypted`);
  if (!entry.canDecodeFileData()) refuse(`${name} is packed in a way that is not known here`);
}

function refuseBomb(path: string, entries: ReadonlyMap<string, Entry>): void {
  let unpacked = 0;
  for (const entry of entries.values()) unpacked += entry.uncompressedSize;
  const packed = statSync(path).size;
  if (unpacked <= Math.max(ratioFloor, packed * mostRatio)) return;
  const sizes = `${Math.ceil(packed / 1024)} KB would unpack to ${Math.ceil(unpacked / 1024 / 1024)} MB`;
  throw new SlipwayError('invalid', `${path} cannot be used: ${sizes}, which no export of Slipway does.`);
}

function unreadable(path: string, error: unknown): unknown {
  if (SlipwayError.is(error)) return error;
  const options = { cause: error };
  const code = systemCodeOf(error);
  if (code === 'ENOENT') return new SlipwayError('not-found', `There is no file ${path}.`, options);
  if (code === 'EACCES' || code === 'EPERM') return new SlipwayError('forbidden', `${path} cannot be read.`, options);
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return error;
  const why = messageOf(error).replace(/\.$/, '');
  // What the reader says of a file that is no zip file at all says no more than the sentence does.
  const isPlain = why.startsWith('End of central directory record signature not found');
  const name = /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/s.exec(why)?.[1];
  return new SlipwayError(
    'invalid',
    name === undefined
      ? `${path} is cut short, damaged or no zip file${isPlain ? '' : ` (${why})`}. Nothing of it was kept; copy or export it again.`
      : `${path} cannot be used: the name ${name} in it leads out of its folder. Nothing of it was kept.`,
    options,
  );
}
