// Parquet, one group of rows after the other.
import { parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { messageOf, SlipwayError } from '../../base/errors';
import type { ByteSource, Cell, TableSink } from './byte-source';

/** `mostRows`: a table of more is refused before it is read. Throws SlipwayError `too-large` then, `invalid` when broken. */
export async function readParquet(source: ByteSource, sink: TableSink, mostRows: number): Promise<void> {
  const file = { byteLength: source.size, slice: (start: number, end = source.size) => read(source, start, end) };
  const { metadata, names } = await explained(source, async () => {
    const read = await parquetMetadataAsync(file);
    return {
      metadata: read,
      names: read.schema.filter((each) => each.num_children === undefined).map(({ name }) => name),
    };
  });
  if (Number(metadata.num_rows) > mostRows) throw tooManyRows(source.name, mostRows);
  sink.columns(names);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    let rows: unknown[][] = [];
    const onComplete = (read: unknown[][]): void => {
      rows = read;
    };
    const start = rowStart;
    await explained(source, () => parquetRead({ file, metadata, compressors, rowStart: start, rowEnd, onComplete }));
    for (const row of rows) sink.row(row.map(cellOf));
    rowStart = rowEnd;
  }
}

/** The refusal of a table that is too long. */
export function tooManyRows(name: string, most: number): SlipwayError {
  const sentence = `${name} has more than ${most.toLocaleString('en-US')} rows. Compare a sample of them, the same ids of both.`;
  return new SlipwayError('too-large', sentence);
}

async function read(source: ByteSource, start: number, end: number): Promise<ArrayBuffer> {
  const from = start < 0 ? source.size + start : start;
  const bytes = await source.read(from, Math.min(end, source.size));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

async function explained<T>(source: ByteSource, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (SlipwayError.is(error)) throw error;
    const sentence = `${source.name} cannot be read as Parquet: ${reason(error)}. Write it again, or as CSV.`;
    throw new SlipwayError('invalid', sentence, { cause: error });
  }
}

/** What a reader stumbles over in damaged bytes says nothing to who wrote them. */
function reason(error: unknown): string {
  const isStumble = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return isStumble ? 'its bytes are damaged, or it was cut short' : messageOf(error).slice(0, 200);
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  // A time beyond the calendar has no text.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'object'
    ? JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each))
    : (value as Cell);
}
