// The records of a file of events: a length, the length's checksum, so many bytes, their checksum.
import { PieceFile } from '../files/piece-file';
import type { SourceReport } from '../source-report';
import { maskedCrc32c } from './crc32c';

const headBytes = 12;
const tailBytes = 4;

/** One record: where it begins in the file, and which bytes of `bytes` it is. They stay as they are. */
export interface EventRecord {
  at: number;
  bytes: Buffer;
  from: number;
  end: number;
}

/**
 * The sound records of a file. One whose bytes are damaged is passed over; behind a damaged length nothing can be found any
 * more. Both are told with their places, and so is a record that is cut off. Throws what the disk throws.
 */
export function* eventRecords(path: string, report: SourceReport): Generator<EventRecord> {
  const file = new PieceFile(path);
  try {
    while (file.left > 0) {
      const { at } = file;
      const length = lengthOf(file);
      if (length === undefined) {
        report.problem(path, `byte ${at}`, `the length of a record is damaged; the last ${file.left} bytes are lost`);
        return;
      }
      const place = file.place(headBytes + length + tailBytes);
      if (place === undefined) {
        report.problem(path, `byte ${at}`, 'the last record is cut off, or still being written');
        return;
      }
      const bytes = file.piece;
      const from = place + headBytes;
      const end = from + length;
      file.at += headBytes + length + tailBytes;
      if (maskedCrc32c(bytes, from, end) === bytes.readUInt32LE(end)) yield { at, bytes, from, end };
      else report.problem(path, `byte ${at}`, 'a record is damaged');
    }
  } finally {
    file.close();
  }
}

/** The length of the next record; endless for one whose length is cut off, undefined for a damaged one. */
function lengthOf(file: PieceFile): number | undefined {
  const place = file.place(headBytes);
  if (place === undefined) return Number.POSITIVE_INFINITY;
  const { piece } = file;
  if (maskedCrc32c(piece, place, place + 8) !== piece.readUInt32LE(place + 8)) return undefined;
  return piece.readUInt32LE(place) + piece.readUInt32LE(place + 4) * 2 ** 32;
}
