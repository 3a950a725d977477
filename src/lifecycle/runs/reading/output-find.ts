// Looks for a text in what a command printed. Logs may hold gigabytes, so each call sees one part of them.
import { type FileHandle, open } from 'node:fs/promises';
import { systemCodeOf } from '../../../base/errors';
import type { OutputFinds } from '../../../protocol/api';
import { withoutEscapes } from '../../../protocol/recording/terminal-escapes';

/** Bytes read at a time: a piece takes a few milliseconds, and the engine's loop turns between two. */
const pieceBytes = 256 * 1024;
/** Bytes one call goes through at most. */
const partBytes = 8 * 1024 * 1024;
/** Lines one call tells of at most. */
const mostFound = 1000;
const newline = 10;

/** A text to look for in a file, from a byte offset that is the beginning of a line. */
export interface FindRequest {
  path: string;
  text: string;
  from: number;
}

/** Lines as a terminal shows them, without colour codes, in any case. A missing file is empty output. */
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
    const wanted = text.toLowerCase();
    const end = Math.min(size, from + partBytes);
    const offsets: number[] = [];
    let next = Math.min(from, size);
    while (next < end && offsets.length < mostFound) {
      const piece = await readPiece(file, next, size);
      if (piece.length === 0) break;
      linesWith(piece, wanted, (offset) => offsets.push(next + offset));
      next += piece.length;
    }
    return { offsets, next, size };
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

function linesWith(piece: Buffer, wanted: string, found: (offset: number) => void): void {
  let start = 0;
  while (start < piece.length) {
    const next = piece.indexOf(newline, start);
    const end = next === -1 ? piece.length : next;
    const line = piece.toString('utf8', start, end);
    if (withoutEscapes(line).toLowerCase().includes(wanted)) found(start);
    start = end + 1;
  }
}
