// How deep the values of a JSON file nest: DuckDB does not come back from objects within thousands of objects.
import { statSync } from 'node:fs';
import { unpackedBytes } from './unpacked-stream';

/** More levels are no table. */
export const mostLevels = 500;

/** Files that were looked through, with what they looked like then. */
const shallow = new Map<string, string>();
const mostRemembered = 1000;
/** DuckDB tells types from the rows before that, and leaves out what it does not know after. */
const lookedBytes = 256 * 1024 * 1024;

/** Whether values nest deeper than a table's do, anywhere in the part that types are told from. Looked at once of a file. */
export async function isTooDeep(path: string, signal: AbortSignal): Promise<boolean> {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  const stamp = `${size}:${mtimeNs}`;
  if (shallow.get(path) === stamp) return false;
  const depth = new JsonDepth();
  let bytes = 0;
  for await (const piece of unpackedBytes(path)) {
    signal.throwIfAborted();
    if (depth.take(piece)) return true;
    bytes += piece.length;
    if (bytes >= lookedBytes) break;
  }
  if (shallow.size >= mostRemembered) shallow.clear();
  shallow.set(path, stamp);
  return false;
}

const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Counts brackets outside of texts, piece by piece. */
class JsonDepth {
  #level = 0;
  #isText = false;
  #isEscaped = false;

  /** True once it is too deep. */
  take(bytes: Uint8Array): boolean {
    for (const byte of bytes) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === quote) this.#isText = !this.#isText;
      else if (this.#isText) this.#isEscaped = byte === backslash;
      else if (byte === openList || byte === openObject) this.#level += 1;
      else if (byte === closeList || byte === closeObject) this.#level -= 1;
      if (this.#level > mostLevels) return true;
    }
    return false;
  }
}
