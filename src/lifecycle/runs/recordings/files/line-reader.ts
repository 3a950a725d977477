// Reads whole lines of a file that another process appends to, a bounded piece at a time.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { systemCodeOf } from '../../../../base/errors';
import { longestMetricLine } from '../../../../protocol/metric-line';

/** One line; `end` is the offset behind it. `text` is undefined for a line that is too long to be considered. */
export interface FileLine {
  text: string | undefined;
  end: number;
}

/** Lines read, where reading goes on, and whether what is there has been read to its end. `size` is of the file now. */
export interface LinePiece {
  lines: FileLine[];
  next: number;
  size: number;
  atEnd: boolean;
}

const newline = 10;
const pieceSize = 128 * 1024;

/**
 * Reads on from `offset`. A last line without an end is left for later unless `isComplete` says that nothing more will
 * be written. A missing file, or none (a folder, a pipe), is an empty one; whatever else the system says is thrown, for the lines may well be there.
 */
export function readLines(path: string, offset: number, isComplete: boolean): LinePiece {
  let file: number;
  try {
    // Without waiting: a pipe put in the file's place would hold up the engine until somebody writes into it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    return noLines(offset);
  }
  try {
    return fstatSync(file).isFile() ? readFrom(file, offset, isComplete) : noLines(offset);
  } finally {
    closeSync(file);
  }
}

function noLines(offset: number): LinePiece {
  return { lines: [], next: offset, size: 0, atEnd: true };
}

function readFrom(file: number, offset: number, isComplete: boolean): LinePiece {
  const { size } = fstatSync(file);
  const bytes = Buffer.allocUnsafe(Math.min(pieceSize, Math.max(0, size - offset)));
  const piece = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  const lines: FileLine[] = [];
  let start = 0;
  for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
    lines.push({ text: textOf(piece.subarray(start, end)), end: offset + end + 1 });
    start = end + 1;
  }
  const isLast = offset + piece.length >= size;
  if (start < piece.length && isLast && isComplete) {
    lines.push({ text: textOf(piece.subarray(start)), end: offset + piece.length });
    start = piece.length;
  }
  if (lines.length === 0 && !isLast) {
    const end = endOfLine(file, offset + piece.length, isComplete);
    if (end === undefined) return { lines, next: offset, size, atEnd: true };
    return { lines: [{ text: undefined, end }], next: end, size, atEnd: end >= size };
  }
  return { lines, next: offset + start, size, atEnd: isLast };
}

function textOf(line: Buffer): string | undefined {
  return line.length > longestMetricLine ? undefined : line.toString('utf8');
}

/** Where the line that goes on at `from` ends; undefined when its end has not been written yet. */
function endOfLine(file: number, from: number, isComplete: boolean): number | undefined {
  const bytes = Buffer.allocUnsafe(pieceSize);
  for (let at = from; ; ) {
    const size = readSync(file, bytes, 0, pieceSize, at);
    if (size === 0) return isComplete ? at : undefined;
    const end = bytes.subarray(0, size).indexOf(newline);
    if (end !== -1) return at + end + 1;
    at += size;
  }
}
