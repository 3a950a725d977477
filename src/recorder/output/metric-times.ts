// A line of `$SLIPWAY_METRICS` may carry no time; then it counts as logged when the file had just grown to hold it.
import { statSync } from 'node:fs';
import type { KeptFile } from './kept-file';

const shortest = 100;

/** Notes when the metrics file had grown to which size, at most ten times a second. */
export class MetricTimes {
  readonly #source: string;
  readonly #file: KeptFile;
  #size = 0;
  #noted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(source: string, file: KeptFile) {
    this.#source = source;
    this.#file = file;
  }

  /** The file may have grown. */
  look(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#noted + shortest - Date.now();
    if (wait <= 0) this.#note();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#note();
      }, wait);
    }
  }

  /** Notes the last size and closes. */
  finish(): void {
    clearTimeout(this.#timer);
    this.#note();
    this.#file.close();
  }

  #note(): void {
    const size = statSync(this.#source, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#size) return;
    this.#size = size;
    this.#noted = Date.now();
    this.#file.append(Buffer.from(`${size} ${this.#noted}\n`));
  }
}
