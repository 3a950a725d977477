// Files of text in an encoding that DuckDB does not read, written anew in UTF-8 for as long as they are open.
import { createWriteStream, mkdirSync, mkdtempSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CsvDialect } from './csv-dialect';
import { unpackedBytes } from './unpacked-stream';

/** The path of the copy, below `folder` and of the same name, so that what is said of it names the file. */
export async function utf8Copy(
  path: string,
  { encoding, folder, signal }: { encoding: CsvDialect['encoding']; folder: string; signal: AbortSignal },
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const copy = join(mkdtempSync(join(folder, 'copy-')), basename(path).replace(/\.(gz|zst)$/i, ''));
  await pipeline(Readable.from(decoded(unpackedBytes(path), encoding)), createWriteStream(copy), { signal });
  return copy;
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
