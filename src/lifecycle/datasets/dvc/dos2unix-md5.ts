// The digest of DVC 2, which reads CRLF as LF in whatever looks like text.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 1024 * 1024;
const lookedAt = 512;
const mostNonText = 0.3;
const carriageReturn = 13;
const lineFeed = 10;
/** Of ASCII what is printed, and \b \t \n \f \r. */
const isTextByte = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 32 && byte < 127) || [8, 9, lineFeed, 12, carriageReturn].includes(byte) ? 1 : 0,
);

/** The md5-dos2unix of a file, in hex: DVC takes each megabyte by itself. Throws what the system says of the file. */
export function dos2unixMd5(place: string): string {
  const file = openSync(place, 'r');
  try {
    const hash = createHash('md5');
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let bytes = fill(file, buffer); bytes > 0; bytes = fill(file, buffer)) {
      const piece = buffer.subarray(0, bytes);
      hash.update(looksLikeText(piece.subarray(0, lookedAt)) ? withUnixEnds(piece) : piece);
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/** A piece must be whole: where it ends decides what is text. */
function fill(file: number, buffer: Buffer): number {
  let filled = 0;
  for (let read = -1; read !== 0 && filled < buffer.length; filled += read) {
    read = readSync(file, buffer, filled, buffer.length - filled, null);
  }
  return filled;
}

function looksLikeText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  const nonText = head.reduce((count, byte) => count + 1 - (isTextByte[byte] as number), 0);
  return nonText / head.length <= mostNonText;
}

function withUnixEnds(piece: Buffer): Buffer {
  const copy = Buffer.allocUnsafe(piece.length);
  let size = 0;
  for (let at = 0; at < piece.length; at += 1) {
    if (piece[at] === carriageReturn && piece[at + 1] === lineFeed) continue;
    copy[size] = piece[at] as number;
    size += 1;
  }
  return copy.subarray(0, size);
}
