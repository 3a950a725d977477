// What names content: its SHA-256.
import { createHash } from 'node:crypto';

/** The SHA-256 and the size in bytes of what a source holds. Throws what the source throws. */
export async function contentHash(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of source) {
    hash.update(piece);
    size += piece.byteLength;
  }
  return { sha256: hash.digest('hex'), size };
}
