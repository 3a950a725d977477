// Where a table's bytes come from: a file on the disk, or an artifact behind another thread.
import { SlipwayError } from '../../base/errors';

/** `name` is what people call it; `read` gives the bytes from `start` up to, but not including, `end`. */
export interface ByteSource {
  name: string;
  size: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

/** What one cell holds; null where it is empty. Whole numbers beyond 2^53 and times are text. */
export type Cell = string | number | boolean | null;

/** Takes a table row by row. `columns` comes first, and again whenever a column joins at the end. */
export interface TableSink {
  columns(names: readonly string[]): void;
  row(cells: readonly Cell[]): void;
}

const piece = 4 * 1024 * 1024;

/** The text of a source in pieces, without a byte-order mark. Throws SlipwayError `invalid` for what is not UTF-8. */
export async function* textOf(source: ByteSource): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let start = 0; start < source.size; start += piece) {
    const bytes = await source.read(start, Math.min(source.size, start + piece));
    yield decoded(decoder, source, bytes);
  }
  yield decoded(decoder, source);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, source: ByteSource, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch (error) {
    throw new SlipwayError('invalid', `${source.name} is not text in UTF-8. Save it as UTF-8.`, { cause: error });
  }
}
