// Finds the metric lines in what a command prints.
import { closeSync, openSync, writeSync } from 'node:fs';
import { longestMetricLine } from '../../protocol/recording/metric-line';
import { stdoutMetric } from '../../protocol/recording/stdout-metric';
import { LineSplitter } from './line-splitter';

const brace = '{'.charCodeAt(0);

/** Appends each metric line of stdout to a file, with the time at which it was seen when it carries none. */
export class StdoutMetrics {
  readonly #path: string;
  readonly #splitter: LineSplitter;
  #file: number | undefined;
  #found: string[] = [];

  constructor(path: string) {
    this.#path = path;
    this.#splitter = new LineSplitter({ limit: longestMetricLine, needle: brace }, (line) => this.#look(line));
  }

  /** The next bytes of stdout. Returns whether they held metrics. */
  feed(piece: Buffer): boolean {
    this.#splitter.feed(piece);
    return this.#write();
  }

  /** The command has ended. */
  finish(): void {
    this.#splitter.finish();
    this.#write();
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #look(line: string): void {
    const metric = stdoutMetric(line, Date.now());
    if (metric !== undefined) this.#found.push(metric);
  }

  #write(): boolean {
    if (this.#found.length === 0) return false;
    this.#file ??= openSync(this.#path, 'a');
    writeSync(this.#file, `${this.#found.join('\n')}\n`);
    this.#found = [];
    return true;
  }
}
