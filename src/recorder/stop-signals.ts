// Ctrl-C, kill and a closed terminal, between the recorder and its command.
import { setTimeout as delay } from 'node:timers/promises';
import { isProcessAlive } from '../platform/process/process-mark';
import { killTree, signalProcess } from '../platform/process/process-signal';
import { processTree } from '../platform/process/process-tree';
import type { RecordedChild } from '../platform/process/recorded-child';
import { isInForeground, wasSpared } from '../platform/process/terminal-group';

const grace = 10_000;
const pipeGrace = 1000;
/** By then a command that would not hear a terminal's Ctrl-C has been ended by it. */
const arrival = 300;
const heard = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** What the rules of passing on depend on. */
export interface StopOptions {
  /** Started under nohup: the terminal's end is no reason to stop. */
  ignoresHangup: boolean;
  /** The command is a shell that was handed a line: who asks it to stop means the parts of the line. */
  isShellLine: boolean;
  /** Ends the command and all it started, at once. */
  kill: () => void;
  /** Tells the user something, in one sentence. */
  tell: (sentence: string) => void;
}

/** Keeps the recorder alive through signals until its command has ended. */
export class StopSignals {
  /** Settles when the user asks a second time. */
  readonly insisted: Promise<void>;
  readonly #options: StopOptions;
  readonly #insist: () => void;
  #child: RecordedChild | undefined;
  /** What a shell had started when it was asked to stop. */
  #parts: number[] = [];
  #count = 0;
  #last: NodeJS.Signals | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasEnded = false;

  constructor(options: StopOptions) {
    this.#options = options;
    let insist: () => void = () => undefined;
    this.insisted = new Promise((resolve) => {
      insist = resolve;
    });
    this.#insist = insist;
    for (const signal of heard) process.on(signal, () => this.#hear(signal));
  }

  /** Whether anybody asked the command to stop while it ran. */
  get asked(): boolean {
    return this.#count > 0;
  }

  /** From now on signals go to `child`; one that came before is passed on now. */
  guard(child: RecordedChild): void {
    this.#child = child;
    if (this.#last !== undefined) child.signal(this.#last);
  }

  /**
   * Whoever read the output through a pipe (`| head`) has left. Alone, the command would be ended by its next write;
   * writing to a file it would go on, unheard, until the disk is full.
   */
  readerGone(): void {
    if (this.#hasEnded || this.#count > 0) return;
    this.#child?.signal('SIGPIPE');
    // Some programs, Python among them, ignore that signal and would have failed at the write instead.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#count = 1;
      this.#passOn('SIGTERM');
    }, pipeGrace);
  }

  /** The command has ended; nothing is left to pass on. */
  childEnded(): void {
    clearTimeout(this.#timer);
    this.#hasEnded = true;
  }

  /**
   * Settles when the parts of a shell's line have ended too: asked to stop, a shell ends before a training that saves its
   * work. Those that take too long, or that the user has no patience with, are killed.
   */
  async partsEnded(): Promise<void> {
    const patience = Promise.race([this.insisted, delay(grace, undefined, { ref: false })]).then(() => true);
    while (this.#parts.some((pid) => isProcessAlive(pid, null))) {
      const isOver = await Promise.race([patience, delay(50).then(() => false)]);
      if (isOver) return void (await Promise.all(this.#parts.map((pid) => killTree(pid).catch(() => undefined))));
    }
  }

  #hear(signal: NodeJS.Signals): void {
    if (signal === 'SIGHUP' && this.#options.ignoresHangup) return;
    if (this.#hasEnded) {
      this.#insist();
      return;
    }
    this.#count += 1;
    this.#last = signal;
    if (this.#count > 1 && signal !== 'SIGHUP') {
      this.#options.kill();
      return;
    }
    // A terminal sends its signals to the command too; twice would end a command that is saving its work.
    if ((signal === 'SIGINT' || signal === 'SIGQUIT') && isInForeground()) {
      // It may be saving its work; the user decides when that has taken too long.
      this.#options.tell('waiting for the command to end; Ctrl-C again ends it at once.');
      setTimeout(() => this.#passOnIfSpared(signal), arrival).unref();
      return;
    }
    this.#passOn(signal);
  }

  /** The signal may have come to the recorder alone, from `kill` in another terminal. */
  #passOnIfSpared(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (!this.#hasEnded && this.#count === 1 && pid !== undefined && wasSpared(pid, signal)) this.#passOn(signal);
  }

  #passOn(signal: NodeJS.Signals): void {
    void this.#ask(signal);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#options.kill(), grace);
  }

  async #ask(signal: NodeJS.Signals): Promise<void> {
    const pid = this.#child?.pid;
    if (this.#options.isShellLine && pid !== undefined) {
      const started = await processTree(pid).catch(() => []);
      this.#parts = started.filter(({ parent }) => parent === pid).map((each) => each.pid);
      for (const part of this.#parts) signalProcess(part, signal);
    }
    this.#child?.signal(signal);
  }
}
