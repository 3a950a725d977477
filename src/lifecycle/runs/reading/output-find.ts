// Looks for a text in what a command printed. Logs may hold gigabytes, so each call sees one part of them.
import { type FileHandle, open } from 'node:fs/promises';
import { systemCodeOf } from '../../../base/errors';
import type { OutputFinds } from '../../../protocol/api';
import { drawnLast, withoutEscapes } from '../../../protocol/recording/terminal-escapes';

/** Bytes read at a time: a piece takes a few milliseconds, and the engine's loop turns between two. */
const pieceBytes = 256 * 1024;
/** Bytes one call goes through at most. */
const partBytes = 8 * 1024 * 1024;
/** Bytes of one line beyond a part that a call goes through; a line that is longer still is cut. */
const longestLine = 64 * 1024 * 1024;
/** Bytes of codes that may stand in the midst of what is looked for where a long line is read in pieces. */
const codeBytes = 4096;
/** Lines after which one call ends. */
const mostFound = 1000;
const newline = 10;

/** A text to look for in a file, from a byte offset that is the beginning of a line. */
export interface FindRequest {
  path: string;
  text: string;
  from: number;
}

/** Lines as a terminal shows them, without colour codes and what was drawn over, in any case. A missing file is empty output. */
export async function findInOutput({ path, text, from }: FindRequest): Promise<OutputFinds> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { offsets: [], next: 0, size: 0 };
    throw error;
  }
  try {
    const { size } = await file.stat();
    const end = Math.min(size, from + partBytes);
    const lines = new LineSearch(text.toLowerCase());
    let next = Math.min(from, size);
    const isEnough = (): boolean =>
      lines.isBetween ? next >= end || lines.offsets.length >= mostFound : next >= Math.min(size, end + longestLine);
    while (!isEnough()) {
      const piece = await readPiece(file, next, size);
      if (piece.length === 0) break;
      lines.take(piece, next);
      next += piece.length;
    }
    lines.end();
    return { offsets: lines.offsets, next, size };
  } finally {
    await file.close();
  }
}

/** Whole lines, but for one longer than a piece and the last of the file. */
async function readPiece(file: FileHandle, from: number, size: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(pieceBytes, size - from));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  const read = buffer.subarray(0, bytesRead);
  const cut = from + bytesRead >= size ? -1 : read.lastIndexOf(newline);
  return cut === -1 ? read : read.subarray(0, cut + 1);
}

/** Finds lines in pieces of a file that follow each other; a line may be longer than a piece. */
class LineSearch {
  /** Where the lines begin that hold the text; of one longer than a piece, the piece in which it stands. */
  readonly offsets: number[] = [];
  /** True where the piece before ended with a line. */
  isBetween = true;
  readonly #wanted: string;
  readonly #overlap: number;
  /** The end of what was read of a line whose end was not, and where the text stands in it. */
  #tail = Buffer.alloc(0);
  #foundAt: number | undefined;

  constructor(wanted: string) {
    this.#wanted = wanted;
    this.#overlap = Buffer.byteLength(wanted) + codeBytes;
  }

  /** `at`: where the piece begins in the file. */
  take(piece: Buffer, at: number): void {
    for (let start = 0; start < piece.length; ) {
      const next = piece.indexOf(newline, start);
      const bytes = this.#read(piece.subarray(start, next === -1 ? piece.length : next), at + start);
      if (next === -1) {
        this.isBetween = false;
        this.#tail = Buffer.from(bytes.subarray(-this.#overlap));
        return;
      }
      this.end();
      start = next + 1;
    }
  }

  /** The line is over. */
  end(): void {
    if (this.#foundAt !== undefined) this.offsets.push(this.#foundAt);
    this.#foundAt = undefined;
    this.#tail = Buffer.alloc(0);
    this.isBetween = true;
  }

  #read(part: Buffer, at: number): Buffer {
    const bytes = this.#tail.length === 0 ? part : Buffer.concat([this.#tail, part]);
    const text = bytes.toString('utf8');
    const shown = drawnLast(text);
    // What was drawn from the line's beginning anew hides what was found before.
    const isDrawnOver = shown !== '' && text.lastIndexOf(shown) > 0;
    if (isDrawnOver) this.#foundAt = undefined;
    if (withoutEscapes(shown).toLowerCase().includes(this.#wanted)) this.#foundAt ??= at;
    return bytes;
  }
}
