// How a CSV file is written, told from its beginning and fixed before DuckDB reads it: left to itself it drops rows until
// the rest looks regular.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync, constants as zlib, zstdDecompressSync } from 'node:zlib';
import { messageOf, SlipwayError } from '../../../../base/errors';
import { isHeadless } from '../../../../platform/tables/headless-row';

/** How one file is written. */
export interface CsvDialect {
  delimiter: string;
  /** Of the file; all but UTF-8 and little-endian UTF-16 must be written anew before DuckDB reads it. */
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** False where the first row holds numbers alone that count nothing; some of them may be missing. */
  hasHeader: boolean;
  /** Lines before the first row that hold nothing. */
  blankLines: number;
  /** The names in the first row as they are written there; empty when there is no header. */
  names: string[];
  /** The values of the first row after the header, as they are written. */
  firstRow: string[];
}

const headBytes = 256 * 1024;
const delimiters = [',', ';', '\t', '|'];

/**
 * Reads the beginning of the file. Throws SlipwayError `invalid` for one that is empty or holds NULs, and what the system
 * says of one that cannot be read.
 */
export function csvDialect(path: string, format: 'csv' | 'tsv'): CsvDialect {
  const { bytes, isWhole } = headOf(path);
  const encoding = encodingOf(bytes);
  const decoded = new TextDecoder(encoding).decode(bytes).replace(/^\uFEFF/, '');
  if (decoded.trim() === '') {
    const what = /\.(gz|zst)$/i.test(path) ? 'empty or cut off' : 'empty';
    throw new SlipwayError('invalid', `${basename(path)} is ${what}: it has no header.`);
  }
  if (decoded.includes('\0')) throw new SlipwayError('invalid', `${basename(path)} is not a text: it holds NUL bytes.`);
  const { text, blankLines } = withoutBlankLines(decoded);
  const tried = format === 'tsv' ? ['\t'] : delimiters;
  const counts = tried.map((delimiter) => ({ delimiter, records: recordsOf(text, delimiter, isWhole) }));
  const { delimiter, records } = counts.reduce((best, each) =>
    fitOf(each.records) > fitOf(best.records) ? each : best,
  );
  const first = records[0] ?? [];
  const hasHeader = !isHeadless(first, records.length === 1);
  const firstRow = records[hasHeader ? 1 : 0] ?? [];
  return { delimiter, encoding, hasHeader, blankLines, names: hasHeader ? first : [], firstRow };
}

/** The first row is the first line that is not blank. A tab may stand between two values. */
function withoutBlankLines(text: string): { text: string; blankLines: number } {
  const blank = /^(?: *(?:\r\n|\n|\r))*/.exec(text)?.[0] ?? '';
  return { text: text.slice(blank.length), blankLines: blank.split(/\r\n|\n|\r/).length - 1 };
}

/** Columns where all records agree, else next to nothing: the delimiter that cuts every record alike is the right one. */
function fitOf(records: readonly string[][]): number {
  const width = records[0]?.length ?? 0;
  if (width < 2) return 0;
  const alike = records.filter((record) => record.length === width).length / records.length;
  return alike === 1 ? width : alike * 0.9;
}

/** At most 50 records; the last one may be cut off by the end of the head and is left out then. */
function recordsOf(text: string, delimiter: string, isWhole: boolean): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < text.length && records.length < 50; at += 1) {
    const char = text[at] as string;
    if (isQuoted) {
      if (char !== '"') value += char;
      else if (text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else isQuoted = false;
    } else if (char === '"' && value === '') isQuoted = true;
    else if (char === delimiter) {
      record.push(value);
      value = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at += 1;
      if (record.length > 0 || value !== '') records.push([...record, value]);
      record = [];
      value = '';
    } else value += char;
  }
  if (records.length === 0 || (isWhole && records.length < 50 && (record.length > 0 || value !== '')))
    records.push([...record, value]);
  return records;
}

/** By its first bytes; what is not UTF-8 and has no mark is taken for what Windows writes. */
export function encodingOf(bytes: Uint8Array): CsvDialect['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    // The head may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function headOf(path: string): { bytes: Uint8Array; isWhole: boolean } {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(headBytes);
    const read = readSync(file, buffer, 0, headBytes, 0);
    const isWhole = read >= fstatSync(file).size;
    return { bytes: unpacked(buffer.subarray(0, read), path), isWhole };
  } finally {
    closeSync(file);
  }
}

function unpacked(bytes: Buffer, path: string): Uint8Array {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH });
    if (bytes.readUInt32LE(0) === 0xfd2fb528) return zstdDecompressSync(bytes, { finishFlush: zlib.ZSTD_e_flush });
  } catch (error) {
    if (error instanceof RangeError && bytes.length < 4) return bytes;
    throw new SlipwayError('invalid', `${basename(path)} is damaged: it cannot be unpacked (${messageOf(error)}).`);
  }
  return bytes;
}
