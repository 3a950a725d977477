// Which line of its file a bad line is. Counting goes on from where it stood, so that no byte is counted twice.
import { closeSync, openSync, readSync } from 'node:fs';

interface CountedPlace {
  offset: number;
  /** Number of the line that begins there, counted from 1. */
  line: number;
}

const newline = 10;
const pieceSize = 128 * 1024;
const beginning: CountedPlace = { offset: 0, line: 1 };

/** Remembers, for each file, the number of the line that is read next. */
export class LineNumbers {
  readonly #known = new Map<string, CountedPlace>();

  /** The number of the line that begins at `offset`, counted from 1. */
  at(path: string, offset: number): number {
    const known = this.#placeOf(path);
    const from = known.offset <= offset ? known : beginning;
    const line = from.line + (from.offset === offset ? 0 : countNewlines(path, from.offset, offset));
    this.#known.set(path, { offset, line });
    return line;
  }

  /** Reading went on from `from` to `to`, over `lines` lines. */
  moved(path: string, from: number, to: { offset: number; lines: number }): void {
    const known = this.#placeOf(path);
    if (known.offset === from) this.#known.set(path, { offset: to.offset, line: known.line + to.lines });
  }

  /** The file begins anew, or is not read any more. */
  forget(path: string): void {
    this.#known.delete(path);
  }

  #placeOf(path: string): CountedPlace {
    return this.#known.get(path) ?? beginning;
  }
}

function countNewlines(path: string, from: number, to: number): number {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(pieceSize);
    let count = 0;
    for (let at = from; at < to; ) {
      const size = readSync(file, bytes, 0, Math.min(pieceSize, to - at), at);
      if (size === 0) break;
      for (let i = 0; i < size; i++) if (bytes[i] === newline) count += 1;
      at += size;
    }
    return count;
  } finally {
    closeSync(file);
  }
}
