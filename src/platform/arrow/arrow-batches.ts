// Arrow files, batch by batch: Feather of version 2 is the file form, what is written to sockets the stream form.
import { type FileHandle, open } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { CompressionType, compressionRegistry, type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow';
import { messageOf } from '../../base/errors';
import { ArrowFault, damaged, decompressionFault } from './arrow-fault';
import { unpackedLz4Frame } from './lz4-frame';

/** An open file. `batches` is read once; `close` is called once, whatever happened. */
export interface ArrowBatches {
  schema: Schema;
  batches: AsyncIterable<RecordBatch>;
  close(): Promise<void>;
}

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackedLz4 });
compressionRegistry.set(CompressionType.ZSTD, { decode: unpackedZstd });

/** Throws ArrowFault for what is no Arrow file, is cut off, or holds what cannot be read; and what the system says. */
export async function openArrow(path: string): Promise<ArrowBatches> {
  const file = await open(path);
  try {
    await requireArrow(file);
    const reader = await faulting(async () =>
      (await RecordBatchReader.from(honest(file))).open({ autoDestroy: false }),
    );
    return { schema: reader.schema, batches: batchesOf(reader), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The reader waits for ever on a file that became shorter. */
function honest(file: FileHandle): FileHandle {
  const read = async (buffer: Uint8Array, offset: number, length: number, position: number) => {
    const found = await file.read(buffer, offset, length, position);
    if (found.bytesRead === 0 && length > 0) throw damaged();
    return found;
  };
  return { fd: file.fd, stat: () => file.stat(), read, close: async () => undefined } as unknown as FileHandle;
}

async function* batchesOf(reader: RecordBatchReader): AsyncGenerator<RecordBatch> {
  for (;;) {
    const { done, value } = await faulting(async () => reader.next());
    if (done === true) return;
    yield value;
  }
}

const magic = 'ARROW1';

async function requireArrow(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) throw new ArrowFault('it is empty');
  const head = await bytesAt(file, 0, 8);
  if (head.toString('latin1', 0, 4) === 'FEA1')
    throw new ArrowFault('it is Feather of version 1, which cannot be read. Write it as version 2 or as Parquet');
  if (head.toString('latin1', 0, 6) === magic) {
    const tail = await bytesAt(file, Math.max(0, size - 6), 6);
    if (size < 24 || tail.toString('latin1') !== magic) throw new ArrowFault('it is cut off: its end is missing');
    return;
  }
  // A stream begins with the length of its schema, behind a mark since Arrow 0.15.
  const length = head.length < 8 ? -1 : head.readInt32LE(head.readInt32LE(0) === -1 ? 4 : 0);
  if (length <= 0 || length > size) throw new ArrowFault('it is no Arrow file');
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The reader's own words for what it does not know name the kind; its others are of bytes. */
async function faulting<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArrowFault) throw error;
    const kind = /Unrecognized type: "?([A-Za-z]+)/.exec(messageOf(error))?.[1];
    if (kind === undefined) throw Object.assign(damaged(), { cause: error });
    throw new ArrowFault(`it holds values of the kind ${kind}, which cannot be read. Write it as Parquet`);
  }
}

/** Arrow gives a codec what is packed, and not how long it is unpacked: that stands before it. */
function lengthBefore(packed: Uint8Array): number {
  return Number(new DataView(packed.buffer, packed.byteOffset - 8, 8).getBigInt64(0, true));
}

function unpackedLz4(packed: Uint8Array): Uint8Array {
  return unpackedLz4Frame(packed, lengthBefore(packed));
}

function unpackedZstd(packed: Uint8Array): Uint8Array {
  // Node has it from 22.15 on.
  if (typeof zstdDecompressSync !== 'function')
    throw new ArrowFault('it is packed by zstd, which this Node cannot unpack. Write it with lz4 or as Parquet');
  try {
    const unpacked = zstdDecompressSync(packed, { maxOutputLength: lengthBefore(packed) });
    return new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  } catch {
    throw decompressionFault('zstd');
  }
}
