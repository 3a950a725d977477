// Finds the metric lines in what a command prints.
import { longestMetricLine } from '../../protocol/recording/metric-line';
import { leftOutProblem, StdoutMetricReader } from '../../protocol/recording/stdout-metric';
import type { KeptFile } from './kept-file';
import { LineSplitter } from './line-splitter';

/** Bytes. Beyond it, what is found is left to the engine, which looks through the output itself. */
const mostWaiting = 1024 * 1024;
const mostProblems = 3;
const brace = '{'.charCodeAt(0);

/** Appends each metric line of stdout to a file, with the time at which it was seen when it carries none. */
export class StdoutMetrics {
  readonly #file: KeptFile;
  readonly #splitter: LineSplitter;
  readonly #reader = new StdoutMetricReader();
  readonly #problems = new Set<string>();
  #found: Buffer[] = [];
  #waiting = Buffer.alloc(0);
  #isLost = false;

  constructor(file: KeptFile) {
    this.#file = file;
    this.#splitter = new LineSplitter({ limit: longestMetricLine, needle: brace }, (line) => this.#look(line));
  }

  /** True when every metric found so far is kept. */
  get isWhole(): boolean {
    return this.#waiting.length === 0;
  }

  /** The first sentences about lines that look like metrics and could not be counted. */
  get problems(): readonly string[] {
    return [...this.#problems];
  }

  /** The next bytes of stdout. */
  feed(piece: Buffer): void {
    this.#splitter.feed(piece);
    this.#write();
  }

  /** The command has ended. */
  finish(): void {
    this.#splitter.finish();
    this.#keep(this.#reader.finish());
    this.#write();
    this.#file.close();
  }

  #look(line: string): void {
    this.#keep(this.#reader.read(line, Date.now()));
  }

  #keep(metric: string | undefined): void {
    if (metric === undefined) return;
    this.#found.push(Buffer.from(`${metric}\n`));
    if (this.#problems.size >= mostProblems) return;
    const problem = leftOutProblem(metric);
    if (problem !== undefined) this.#problems.add(problem);
  }

  /** What a full disk does not take is tried again with the next. */
  #write(): void {
    const bytes = Buffer.concat([this.#waiting, ...this.#found.splice(0)]);
    if (bytes.length === 0 || this.#isLost) return;
    this.#waiting = this.#file.appendWhole(bytes) ? Buffer.alloc(0) : bytes;
    this.#isLost = this.#waiting.length > mostWaiting;
  }
}
