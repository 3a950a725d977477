// A line of `$SLIPWAY_METRICS` may carry no time; then it counts as logged when the file had just grown to hold it.
import { closeSync, openSync, statSync, writeSync } from 'node:fs';

const shortest = 100;

/** Notes when the metrics file had grown to which size, at most ten times a second. */
export class MetricTimes {
  readonly #source: string;
  readonly #path: string;
  #file: number | undefined;
  #size = 0;
  #noted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(source: string, path: string) {
    this.#source = source;
    this.#path = path;
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
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #note(): void {
    const size = statSync(this.#source, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#size) return;
    this.#size = size;
    this.#noted = Date.now();
    this.#file ??= openSync(this.#path, 'a');
    writeSync(this.#file, `${size} ${this.#noted}\n`);
  }
}
