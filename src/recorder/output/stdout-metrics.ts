// Finds the metric lines in what a command prints.
import { closeSync, openSync, writeSync } from 'node:fs';
import { isStdoutMetricLine, longestMetricLine } from '../../protocol/metric-line';
import { LineSplitter } from './line-splitter';

/** Appends each metric line of stdout to a file, with the time at which it was seen when it carries none. */
export class StdoutMetrics {
  readonly #path: string;
  readonly #splitter: LineSplitter;
  #file: number | undefined;
  #found: string[] = [];

  constructor(path: string) {
    this.#path = path;
    this.#splitter = new LineSplitter(longestMetricLine, (line) => this.#look(line));
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
    const text = metricText(line);
    if (!isStdoutMetricLine(text)) return;
    const parsed = JSON.parse(text) as Record<string, unknown>;
    this.#found.push(JSON.stringify({ time: Date.now(), ...parsed }));
  }

  #write(): boolean {
    if (this.#found.length === 0) return false;
    this.#file ??= openSync(this.#path, 'a');
    writeSync(this.#file, `${this.#found.join('\n')}\n`);
    this.#found = [];
    return true;
  }
}

/** The line as a terminal shows it; behind a progress bar that rewrites its line, the object that follows the bar. */
function metricText(line: string): string {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  const shown = whole.slice(whole.lastIndexOf('\r') + 1);
  const isAfterBar = shown.length < whole.length;
  const object = isAfterBar ? shown.indexOf('{') : 0;
  return object > 0 ? shown.slice(object) : shown;
}
