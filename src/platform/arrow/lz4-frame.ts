// LZ4 frames, in which Arrow files are packed unless their writer says otherwise. Node has no LZ4, and readers of Parquet
// know its bare blocks only, which may not lean on each other as those of a frame do.
import { decompressionFault } from './arrow-fault';

const magic = 0x184d2204;
/** The bit of a block's size that says it is not packed. */
const plainBlock = 0x80000000;

/** Bytes from which on a call costs less than a loop. */
const longCopy = 48;

/** What a frame holds. Throws ArrowFault for one that is damaged. Format: github.com/lz4/lz4, doc/lz4_Frame_format.md. */
export function unpackedLz4Frame(packed: Uint8Array, length: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.length < 11 || view.getUint32(0, true) !== magic) throw decompressionFault('LZ4');
  const flags = packed[4] as number;
  const hasBlockSums = (flags & 0x10) !== 0;
  let at = 7 + ((flags & 0x08) === 0 ? 0 : 8) + ((flags & 0x01) === 0 ? 0 : 4);
  const unpacked = new Uint8Array(length);
  let filled = 0;
  while (at + 4 <= packed.length) {
    const head = view.getUint32(at, true);
    if (head === 0) break;
    const size = head & ~plainBlock;
    const block = packed.subarray(at + 4, at + 4 + size);
    if (block.length !== size) throw decompressionFault('LZ4');
    filled = head >= plainBlock ? copyBlock(block, unpacked, filled) : unpackBlock(block, unpacked, filled);
    at += 4 + size + (hasBlockSums ? 4 : 0);
  }
  if (filled !== length) throw decompressionFault('LZ4');
  return unpacked;
}

function copyBlock(block: Uint8Array, into: Uint8Array, at: number): number {
  if (at + block.length > into.length) throw decompressionFault('LZ4');
  into.set(block, at);
  return at + block.length;
}

/** Format: github.com/lz4/lz4, doc/lz4_Block_format.md. Matches may reach into the blocks before. */
function unpackBlock(block: Uint8Array, into: Uint8Array, start: number): number {
  let [from, to] = [0, start];
  const lengthOf = (first: number): number => {
    let length = first;
    if (first !== 15) return length;
    let more = 255;
    while (more === 255 && from < block.length) {
      more = block[from] as number;
      from += 1;
      length += more;
    }
    return length;
  };
  while (from < block.length) {
    const token = block[from] as number;
    from += 1;
    const literals = lengthOf(token >> 4);
    if (from + literals > block.length || to + literals > into.length) throw decompressionFault('LZ4');
    if (literals > longCopy) into.set(block.subarray(from, from + literals), to);
    else for (let index = 0; index < literals; index += 1) into[to + index] = block[from + index] as number;
    from += literals;
    to += literals;
    if (from >= block.length) break;
    const distance = (block[from] as number) | ((block[from + 1] as number) << 8);
    from += 2;
    const matched = lengthOf(token & 15) + 4;
    if (distance === 0 || distance > to || to + matched > into.length) throw decompressionFault('LZ4');
    if (matched > longCopy && distance >= matched) into.copyWithin(to, to - distance, to - distance + matched);
    else for (let index = 0; index < matched; index += 1) into[to + index] = into[to - distance + index] as number;
    to += matched;
  }
  return to;
}
