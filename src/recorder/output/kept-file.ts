// A file beside a running command. A full disk ends what is kept of the command, never the command or its recorder.
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** Grows at its end; made with the first bytes. */
export class KeptFile {
  readonly #path: string;
  readonly #onFault: (error: unknown) => void;
  #file: number | undefined;

  /** `onFault` hears of every write that failed. */
  constructor(path: string, onFault: (error: unknown) => void) {
    this.#path = path;
    this.#onFault = onFault;
  }

  /** How many of the bytes are kept: fewer than all of them when the disk takes no more. */
  append(bytes: Uint8Array): number {
    let kept = 0;
    try {
      this.#file ??= openSync(this.#path, 'a');
      while (kept < bytes.length) kept += writeSync(this.#file, bytes, kept);
    } catch (error) {
      this.#onFault(error);
    }
    return kept;
  }

  /** Keeps all of the bytes or none of them; false when the disk does not take them all. */
  appendWhole(bytes: Uint8Array): boolean {
    const kept = this.append(bytes);
    if (kept === bytes.length) return true;
    if (kept > 0 && this.#file !== undefined) ftruncateSync(this.#file, fstatSync(this.#file).size - kept);
    return false;
  }

  /** Drops what is kept so far. */
  clear(): void {
    try {
      if (this.#file !== undefined) ftruncateSync(this.#file, 0);
    } catch (error) {
      this.#onFault(error);
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
