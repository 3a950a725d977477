// Lines of a file of any size, each with the place of its first byte.
import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 1024 * 1024;

/** A line without its end. Every byte is one character (Latin-1), so that places are exact in a damaged file too. */
export interface FileLine {
  text: string;
  /** Bytes before it. */
  at: number;
  /** False for the last line of a file that ends without a line end: it may be cut off. */
  isWhole: boolean;
}

/** The lines of a file. Throws what the disk throws. */
export function* fileLines(path: string): Generator<FileLine> {
  const file = openSync(path, 'r');
  const piece = Buffer.allocUnsafe(pieceBytes);
  let rest = '';
  let at = 0;
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      const lines = (rest + piece.toString('latin1', 0, read)).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        yield { text, at, isWhole: true };
        at += text.length + 1;
      }
    }
    if (rest !== '') yield { text: rest, at, isWhole: false };
  } finally {
    closeSync(file);
  }
}
