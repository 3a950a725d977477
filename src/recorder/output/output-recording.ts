// Where a command's output goes: into the run's folder first, and from there to whoever started the recorder.
import { closeSync, fstatSync, openSync } from 'node:fs';
import { monotonicTime } from '../monotonic-time';
import type { RunFolder } from '../run-folder';
import { FileEcho } from './file-echo';
import { FileFollower } from './file-follower';
import { FullDiskWatch } from './full-disk-watch';
import { GrowthWatch } from './growth-watch';
import { KeptFile } from './kept-file';
import { MetricTimes } from './metric-times';
import { StdoutMetrics } from './stdout-metrics';
import { StreamMerger, type StreamName } from './stream-merger';

/**
 * `json`: all output goes to the recorder's stderr. `onNews`: the run's folder has something new for the engine.
 * `onReaderGone`: the output went into a pipe, and nobody reads it any more. `onRewritten`: the command did not append to
 * its metrics file but wrote it anew. `onFault`: something could not be written.
 */
export interface OutputOptions {
  folder: RunFolder;
  json: boolean;
  stdoutMetrics: boolean;
  onNews: () => void;
  onReaderGone: () => void;
  onRewritten: () => void;
  onFault: (error: unknown) => void;
}

const [ownStdout, ownStderr] = [1, 2];
const mostPerRound = 512 * 1024;
/** Milliseconds. */
const [quiet, longestWait] = [4, 40];

/** Follows the files a command writes: shows them, keeps one log, and picks out metric lines. */
export class OutputRecording {
  /** The descriptors the command is to be given; closed by `childStarted`. */
  readonly stdout: number;
  readonly stderr: number;
  readonly #echoes: FileEcho[];
  readonly #follow: (turns: StreamName[]) => boolean;
  readonly #isWhole: () => boolean;
  readonly #close: () => void;
  readonly #metrics: StdoutMetrics | undefined;
  readonly #times: MetricTimes;
  readonly #watch: GrowthWatch<StreamName | 'metrics'>;
  readonly #disk: FullDiskWatch;
  readonly #onNews: () => void;
  #turns: StreamName[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pendingSince: number | undefined;
  #ended = false;

  constructor(options: OutputOptions) {
    const { folder, onReaderGone, onFault } = options;
    const kept = (name: 'stdoutMetrics' | 'metricTimes') => new KeptFile(folder.file(name), onFault);
    this.#onNews = options.onNews;
    this.#disk = new FullDiskWatch(folder.path, onFault);
    this.#metrics = options.stdoutMetrics ? new StdoutMetrics(kept('stdoutMetrics')) : undefined;
    this.#times = new MetricTimes(folder.file('metrics'), kept('metricTimes'), options.onRewritten);
    const isOne = options.json || isSamePlace(ownStdout, ownStderr);
    const output = folder.file('output');
    const [out, err] = isOne ? [output, output] : [folder.file('stdout'), folder.file('stderr')];
    this.stdout = openSync(out, 'a');
    this.stderr = isOne ? this.stdout : openSync(err, 'a');
    if (isOne) {
      this.#echoes = [new FileEcho(output, options.json ? ownStderr : ownStdout, onReaderGone)];
      const follower = new FileFollower(output);
      this.#follow = () => this.#scan(follower);
      this.#isWhole = () => true;
      this.#close = () => follower.close();
    } else {
      this.#echoes = [new FileEcho(out, ownStdout, onReaderGone), new FileEcho(err, ownStderr, onReaderGone)];
      const files = { stdout: out, stderr: err, output, merged: folder.file('merged') };
      const merger = new StreamMerger(files, (piece) => this.#metrics?.feed(piece), onFault);
      this.#follow = (turns) => merger.merge(turns);
      this.#isWhole = () => merger.isWhole;
      this.#close = () => merger.close();
    }
    const metrics = folder.file('metrics');
    const watched = isOne ? { stdout: out, metrics } : { stdout: out, stderr: err, metrics };
    this.#watch = new GrowthWatch<StreamName | 'metrics'>(watched as Record<StreamName | 'metrics', string>, (turns) =>
      this.#look(turns),
    );
  }

  /** The command has its own copies of the descriptors now. */
  childStarted(): void {
    closeSync(this.stdout);
    if (this.stderr !== this.stdout) closeSync(this.stderr);
  }

  /**
   * The command has ended: takes all it wrote, unless somebody insists on stopping meanwhile. Returns whether the log
   * holds the whole output.
   */
  async childEnded(insisted: Promise<void>): Promise<boolean> {
    this.#ended = true;
    this.#disk.look();
    this.#disk.dispose();
    await this.#watch.finish();
    clearTimeout(this.#timer);
    const isTaken = (await this.#takeRest(insisted)) && this.#isWhole();
    this.#close();
    if (isTaken) this.#metrics?.finish();
    this.#times.finish();
    return isTaken && (this.#metrics?.isWhole ?? true);
  }

  async #takeRest(insisted: Promise<void>): Promise<boolean> {
    let isHurried = false;
    void insisted.then(() => {
      isHurried = true;
    });
    this.#follow(this.#turns.splice(0));
    while (this.#follow([])) {
      // Between two pieces signals are heard and the output is shown on.
      await new Promise((resolve) => setImmediate(resolve));
      if (isHurried) return false;
    }
    return true;
  }

  /** Sentences about printed metrics that could not be counted; all of them once the command has ended. */
  get metricProblems(): readonly string[] {
    return this.#metrics?.problems ?? [];
  }

  /** Returns when all output has been shown. */
  async shown(): Promise<void> {
    await Promise.all(this.#echoes.map((echo) => echo.finish()));
  }

  #look(turns: (StreamName | 'metrics')[]): void {
    for (const echo of this.#echoes) echo.grown();
    this.#turns.push(...turns.filter((turn) => turn !== 'metrics'));
    this.#times.look();
    this.#disk.lookNowAndThen();
    if (turns.length > 0) this.#onNews();
    if (this.#ended) return;
    // What was written is there before the system tells of it: the order is known after a moment's quiet.
    const now = monotonicTime();
    if (this.#turns.length > 0 && this.#pendingSince === undefined) this.#pendingSince = now;
    const wait = Math.min(quiet, (this.#pendingSince ?? now) + longestWait - now);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#followOn(), Math.max(0, wait));
  }

  #followOn(): void {
    this.#pendingSince = undefined;
    // More may lie there than one round of the loop should read.
    if (this.#follow(this.#turns.splice(0))) this.#timer = setTimeout(() => this.#followOn(), 0);
  }

  /** Looks for metric lines in what is new; true when there is more. */
  #scan(follower: FileFollower): boolean {
    for (let read = 0; read < mostPerRound; ) {
      const piece = follower.read();
      if (piece.length === 0) return false;
      read += piece.length;
      this.#metrics?.feed(piece);
    }
    return true;
  }
}

/** True when two descriptors are one terminal, one file or one pipe. */
function isSamePlace(a: number, b: number): boolean {
  try {
    const [first, second] = [fstatSync(a), fstatSync(b)];
    return first.dev === second.dev && first.ino === second.ino && first.rdev === second.rdev;
  } catch {
    // One of them is closed; there is only one place to show anything.
    return true;
  }
}
