// Files of text that DuckDB does not read as they are, written anew in UTF-8 for as long as they are open.
import { createWriteStream, mkdirSync, mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CsvDialect } from './csv-dialect';
import type { LineEnds } from './line-ends';
import { unpackedBytes } from './unpacked-stream';

/** The path of the copy, below `folder` and of the same name, so that what is said of it names the file; `ends` makes its line ends alike. */
export async function utf8Copy(
  path: string,
  {
    encoding,
    ends,
    folder,
    signal,
  }: { encoding: CsvDialect['encoding']; ends?: LineEnds | undefined; folder: string; signal: AbortSignal },
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const copy = join(mkdtempSync(join(folder, 'copy-')), basename(path).replace(/\.(gz|zst)$/i, ''));
  await pipeline(Readable.from(decoded(unpackedBytes(path), encoding, ends)), createWriteStream(copy), { signal });
  return copy;
}

async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  ends: LineEnds | undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const made = (text: string): string => ends?.take(text) ?? text;
  for await (const piece of bytes) yield made(decoder.decode(piece, { stream: true }));
  yield made(decoder.decode());
  yield ends?.end() ?? '';
}
