// Reads whole lines of a file that another process appends to, a bounded piece at a time.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { systemCodeOf } from '../../../../base/errors';
import { longestMetricLine } from '../../../../protocol/recording/metric-line';

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

/**
 * Where to read on. `isComplete`: nothing more will be written, so a last line without an end counts; else it is left for
 * later. `needle`: only lines that hold this byte are wanted.
 */
export interface LineReading {
  offset: number;
  isComplete: boolean;
  needle?: number;
}

const newline = 10;
const pieceSize = 128 * 1024;

/**
 * Reads on. A missing file, or none (a folder, a pipe), is an empty one; whatever else the system says is thrown, for the
 * lines may well be there.
 */
export function readLines(path: string, reading: LineReading): LinePiece {
  let file: number;
  try {
    // Without waiting: a pipe put in the file's place would hold up the engine until somebody writes into it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    return noLines(reading.offset);
  }
  try {
    return fstatSync(file).isFile() ? readFrom(file, reading) : noLines(reading.offset);
  } finally {
    closeSync(file);
  }
}

function noLines(offset: number): LinePiece {
  return { lines: [], next: offset, size: 0, atEnd: true };
}

function readFrom(file: number, { offset, isComplete, needle }: LineReading): LinePiece {
  const { size } = fstatSync(file);
  const bytes = Buffer.allocUnsafe(Math.min(pieceSize, Math.max(0, size - offset)));
  const piece = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  const lines: FileLine[] = [];
  let start = 0;
  for (let line = nextLine(piece, start, needle); line !== undefined; line = nextLine(piece, start, needle)) {
    lines.push({ text: textOf(piece.subarray(line.begin, line.end)), end: offset + line.end + 1 });
    start = line.end + 1;
  }
  start = Math.max(start, piece.lastIndexOf(newline) + 1);
  const isLast = offset + piece.length >= size;
  if (start < piece.length && isLast && isComplete) {
    lines.push({ text: textOf(piece.subarray(start)), end: offset + piece.length });
    start = piece.length;
  }
  if (start === 0 && !isLast) {
    const end = endOfLine(file, offset + piece.length, isComplete);
    if (end === undefined) return { lines, next: offset, size, atEnd: true };
    return { lines: [{ text: undefined, end }], next: end, size, atEnd: end >= size };
  }
  return { lines, next: offset + start, size, atEnd: isLast };
}

/** The first whole line from `start` on that holds the needle, without its end; undefined when there is none. */
function nextLine(piece: Buffer, start: number, needle = newline): { begin: number; end: number } | undefined {
  const found = piece.indexOf(needle, start);
  const end = found === -1 ? -1 : piece.indexOf(newline, found);
  if (end === -1) return undefined;
  return { begin: found === start ? start : Math.max(start, piece.lastIndexOf(newline, found - 1) + 1), end };
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
