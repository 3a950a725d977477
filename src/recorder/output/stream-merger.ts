// When a command's two streams are shown in different places, each goes to a file of its own, and this joins them into
// one log, in the order in which the system says they were written.
import { closeSync, openSync, writeSync } from 'node:fs';
import { FileFollower } from './file-follower';
import { KeptFile } from './kept-file';

/** The two streams of a command. */
export type StreamName = 'stdout' | 'stderr';

/** Paths of the two streams, of the log they are merged into, and of the note that says how far. */
export interface MergeFiles {
  stdout: string;
  stderr: string;
  output: string;
  merged: string;
}

/** Bytes. With more than this waiting, who wrote what when cannot be told any more. */
const mostInOrder = 1024 * 1024;
const mostPerCall = 512 * 1024;
const longestHeld = 64 * 1024;
const both: readonly StreamName[] = ['stdout', 'stderr'];

/** Merges by whole lines, so that two half lines never become one. */
export class StreamMerger {
  readonly #streams: Record<StreamName, FileFollower>;
  readonly #output: KeptFile;
  readonly #note: number;
  readonly #onStdout: (piece: Buffer) => void;
  readonly #onFault: (error: unknown) => void;
  #written = 0;
  /** The disk took no more in this round. */
  #isBlocked = false;

  /** `onStdout` is given what was merged of stdout; `onFault` hears of every write that failed. */
  constructor(files: MergeFiles, onStdout: (piece: Buffer) => void, onFault: (error: unknown) => void) {
    this.#streams = { stdout: new FileFollower(files.stdout), stderr: new FileFollower(files.stderr) };
    this.#output = new KeptFile(files.output, onFault);
    // There from the start, also when nothing is printed.
    this.#output.append(Buffer.alloc(0));
    this.#note = openSync(files.merged, 'w');
    this.#onStdout = onStdout;
    this.#onFault = onFault;
  }

  /** True when everything that was written is in the log. */
  get isWhole(): boolean {
    return both.every((name) => this.#streams[name].waiting === 0);
  }

  /**
   * Merges what is new, a megabyte or two at most; true when there is more. `turns` says who wrote when; without any, half
   * lines have waited long enough.
   */
  merge(turns: readonly StreamName[]): boolean {
    const order = [...new Set([...turns, ...both])];
    const { stdout, stderr } = this.#streams;
    const waiting = stdout.waiting + stderr.waiting;
    if (waiting === 0) return false;
    this.#isBlocked = false;
    if (waiting > mostInOrder) for (const name of order) this.#copy(name);
    else this.#mergeLines(turns, order);
    this.#writeNote();
    return waiting > mostInOrder && !this.#isBlocked;
  }

  /** Closes. Whatever was not merged is in the streams' own files. */
  close(): void {
    for (const name of both) this.#streams[name].close();
    this.#output.close();
    closeSync(this.#note);
  }

  #mergeLines(turns: readonly StreamName[], order: readonly StreamName[]): void {
    const isFlush = turns.length === 0;
    const lines = { stdout: this.#lines('stdout', isFlush), stderr: this.#lines('stderr', isFlush) };
    const isExact = both.every((name) => lines[name].length === turns.filter((turn) => turn === name).length);
    if (isExact) for (const name of turns) this.#append(name, lines[name].shift());
    else for (const name of order) for (const line of lines[name]) this.#append(name, line);
  }

  /** What is new of a stream, cut behind each line end; a half line waits unless it must not or has grown too long. */
  #lines(name: StreamName, withRest: boolean): Buffer[] {
    const follower = this.#streams[name];
    const bytes = follower.peek(follower.waiting);
    const lines: Buffer[] = [];
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      // A carriage return ends what a progress bar shows, unless it is half of a line end.
      const isEnd = bytes[at] === 10 || (bytes[at] === 13 && at + 1 < bytes.length && bytes[at + 1] !== 10);
      if (!isEnd) continue;
      lines.push(bytes.subarray(start, at + 1));
      start = at + 1;
    }
    const rest = bytes.subarray(start);
    if (rest.length > 0 && (withRest || rest.length > longestHeld)) lines.push(rest);
    return lines;
  }

  #append(name: StreamName, piece: Buffer | undefined): void {
    if (piece === undefined || this.#isBlocked) return;
    const kept = this.#output.append(piece);
    this.#isBlocked = kept < piece.length;
    this.#streams[name].skip(kept);
    this.#written += kept;
    if (name === 'stdout') this.#onStdout(piece.subarray(0, kept));
  }

  #copy(name: StreamName): void {
    const follower = this.#streams[name];
    this.#append(name, follower.peek(Math.min(follower.waiting, mostPerCall)));
  }

  /** Should this process be killed, the engine joins the rest from here on. */
  #writeNote(): void {
    const numbers = [this.#streams.stdout.offset, this.#streams.stderr.offset, this.#written];
    try {
      writeSync(this.#note, `${numbers.map((each) => String(each).padStart(16)).join(' ')}\n`, 0);
    } catch (error) {
      this.#onFault(error);
    }
  }
}
