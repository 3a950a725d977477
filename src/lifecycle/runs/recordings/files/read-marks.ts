// By which a file that was written anew is told from one that was appended to: the line that was read last.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { FileLine } from './line-reader';

/** Where the line that was read last begins and ends (behind its line end), and what it says. */
interface ReadMark {
  begin: number;
  end: number;
  text: string;
}

const newline = 10;

/** Remembers, for each file, the last line that was taken from it. */
export class ReadMarks {
  readonly #marks = new Map<string, ReadMark>();

  /** These lines of the file, the first of which begins at `begin`, were taken. */
  taken(path: string, begin: number, lines: readonly FileLine[]): void {
    const last = lines.at(-1);
    if (last === undefined) return;
    this.#marks.delete(path);
    const mark = { begin: lines.at(-2)?.end ?? begin, end: last.end };
    if (last.text !== undefined) this.#marks.set(path, { ...mark, text: last.text });
  }

  /**
   * Whether the file still holds, before `offset`, the line that was read there, or the end of one when that is not
   * remembered. True for a file that is not there: nothing was written anew.
   */
  holds(path: string, offset: number): boolean {
    if (offset === 0) return true;
    const known = this.#marks.get(path);
    const mark = known?.end === offset ? known : undefined;
    const begin = mark?.begin ?? offset - 1;
    const size = offset - begin;
    const bytes = readBytes(path, begin, size + 1);
    // Shorter than it was: whoever reads on sees that as well.
    if (bytes.length < size) return true;
    const line = bytes.subarray(0, size);
    const hasEnd = line.at(-1) === newline;
    // The last line of a command that has ended may have none.
    const isLast = bytes.length === size;
    if (mark === undefined) return hasEnd || isLast;
    return (hasEnd || isLast) && line.subarray(0, hasEnd ? -1 : size).toString('utf8') === mark.text;
  }

  /** The file begins anew, or is not read any more. */
  forget(path: string): void {
    this.#marks.delete(path);
  }
}

function readBytes(path: string, from: number, size: number): Buffer {
  try {
    // Without waiting, for somebody may have put a pipe there.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!fstatSync(file).isFile()) return Buffer.alloc(0);
      const bytes = Buffer.alloc(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, from));
    } finally {
      closeSync(file);
    }
  } catch {
    // Gone, or not to be opened; reading on says which.
    return Buffer.alloc(0);
  }
}
