// The finite numbers of one column in the order of its rows: the last few in memory, the rest in a file.
import type { NumberSpill } from './number-spill';

/** A block begins small, so that thousands of short columns need neither much memory nor a file. */
const firstBlock = 1024;
const wholeBlock = 8192;

/** They are added in order, and read back as often as is wanted. */
export class SpilledNumbers {
  readonly #spill: NumberSpill;
  /** Where its whole blocks lie; those that the disk had no room for are here themselves. */
  readonly #blocks: (number | Float64Array)[] = [];
  #block = new Float64Array(firstBlock);
  #used = 0;

  constructor(spill: NumberSpill) {
    this.#spill = spill;
  }

  get count(): number {
    return this.#blocks.length * wholeBlock + this.#used;
  }

  /** Takes what is finite of `values`, which the caller may overwrite afterwards. */
  take(values: Float64Array): void {
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] as number;
      if (!Number.isFinite(value)) continue;
      if (this.#used === this.#block.length) this.#makeRoom();
      this.#block[this.#used] = value;
      this.#used += 1;
    }
  }

  /** All of them, in the beginning of `buffer`, which has room for `count`. */
  into(buffer: Float64Array): Float64Array {
    for (const [index, block] of this.#blocks.entries()) {
      const part = buffer.subarray(index * wholeBlock, (index + 1) * wholeBlock);
      if (typeof block === 'number') this.#spill.read(block, part);
      else part.set(block);
    }
    buffer.set(this.#block.subarray(0, this.#used), this.#blocks.length * wholeBlock);
    return buffer.subarray(0, this.count);
  }

  #makeRoom(): void {
    if (this.#block.length < wholeBlock) {
      const larger = new Float64Array(this.#block.length * 2);
      larger.set(this.#block);
      this.#block = larger;
      return;
    }
    this.#blocks.push(this.#kept(this.#block));
    this.#used = 0;
  }

  #kept(block: Float64Array): number | Float64Array {
    try {
      return this.#spill.write(block);
    } catch {
      // Without room on the disk it is memory that is taken, as long as there is some.
      return block.slice();
    }
  }
}
