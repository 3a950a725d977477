// The records of a `.wandb` file: a log of blocks as LevelDB writes it, with a head of its own.
import { crc32 } from 'node:zlib';
import { PieceFile } from '../files/piece-file';
import type { SourceReport } from '../source-report';

const headBytes = 7;
const blockBytes = 32_768;
const chunkHead = 7;
const types = { full: 1, first: 2, middle: 3, last: 4 } as const;

/** The checksum of each type, which comes before the bytes. */
const beginnings = [0, 1, 2, 3, 4].map((type) => crc32(Uint8Array.of(type)));

/** The first bytes of such a file. */
export const wandbMagic = ':W&B';

/** One record and where it begins. */
export interface WandbRecord {
  at: number;
  data: Buffer;
}

/**
 * The sound records of a file. Behind a damaged chunk reading goes on with the next block. What is lost is told with its
 * place. Throws what the disk throws.
 */
export function* wandbRecords(path: string, report: SourceReport): Generator<WandbRecord> {
  const file = new PieceFile(path);
  try {
    const head = file.take(headBytes);
    if (head?.toString('latin1', 0, 4) !== wandbMagic) {
      report.problem(path, 'byte 0', 'it does not begin as a file of W&B does');
      return;
    }
    const assembly = new Assembly(path, report);
    while (file.left > 0) {
      const at = file.at;
      const inBlock = blockBytes - (at % blockBytes);
      if (inBlock < chunkHead) {
        file.take(Math.min(inBlock, file.left));
        continue;
      }
      const chunk = readChunk(file, inBlock);
      if (chunk === 'end') break;
      if (typeof chunk === 'string') {
        assembly.drop(at, chunk);
        file.take(Math.min(at + inBlock - file.at, file.left));
        continue;
      }
      const record = assembly.add(chunk.type, chunk.data, at);
      if (record !== undefined) yield record;
    }
    assembly.end(file.at);
  } finally {
    file.close();
  }
}

/** A chunk, or why there is none: `end` where the rest of the file was never written. */
function readChunk(file: PieceFile, inBlock: number): { type: number; data: Buffer } | string {
  const at = file.at;
  const head = file.take(chunkHead);
  if (head === undefined) {
    file.take(file.left);
    return 'the last record is cut off, or still being written';
  }
  const crc = head.readUInt32LE(0);
  const length = head.readUInt16LE(4);
  const type = head[6] ?? 0;
  if (crc === 0 && length === 0 && type === 0) return isEmpty(file, at) ? 'end' : 'a record is damaged';
  if (length > inBlock - chunkHead || type < types.full || type > types.last) return 'a record is damaged';
  const data = file.take(length);
  if (data === undefined) return 'the last record is cut off, or still being written';
  if (crc32(data, beginnings[type]) !== crc) return 'a record is damaged';
  return { type, data };
}

/** True when nothing but zeros follows. */
function isEmpty(file: PieceFile, at: number): boolean {
  const rest = file.take(Math.min(file.left, blockBytes - (file.at % blockBytes)));
  return file.left === 0 && (rest === undefined || rest.every((byte) => byte === 0)) && at > 0;
}

/** Puts the chunks of a record together. */
class Assembly {
  readonly #path: string;
  readonly #report: SourceReport;
  #chunks: Buffer[] = [];
  #from = 0;

  constructor(path: string, report: SourceReport) {
    this.#path = path;
    this.#report = report;
  }

  add(type: number, data: Buffer, at: number): WandbRecord | undefined {
    if (type === types.full || type === types.first) {
      if (this.#chunks.length > 0) this.drop(this.#from, 'a record has no end');
      if (type === types.full) return { at, data };
      this.#from = at;
      this.#chunks = [data];
      return undefined;
    }
    // Without its beginning it is of a record that is lost already.
    if (this.#chunks.length === 0) return undefined;
    this.#chunks.push(data);
    if (type === types.middle) return undefined;
    const whole = Buffer.concat(this.#chunks);
    this.#chunks = [];
    return { at: this.#from, data: whole };
  }

  drop(at: number, why: string): void {
    this.#chunks = [];
    this.#report.problem(this.#path, `byte ${at}`, why);
  }

  end(at: number): void {
    if (this.#chunks.length > 0) this.drop(this.#from || at, 'the last record is cut off, or still being written');
  }
}
