// A program that ends with us, however we end: it holds an input that then ends too.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { messageOf } from '../../base/errors';
import { takenBack } from '../../protocol/conversation/conversation';

const killAfter = 12_000;
const keptText = 8000;

/** How a program ended. `code` is null where it did not start; `errors` then says why. */
export interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** Taken back, it is asked to end, and ended when it does not. */
interface AttendedTerms {
  signal: AbortSignal;
  env?: Record<string, string>;
  cwd?: string;
}

/** One that was started. */
export class AttendedProgram {
  /** Settles when it has ended or could not be started. */
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #signal: AbortSignal;
  readonly #stop = (): void => stopped(this.#child);

  private constructor(child: ChildProcessWithoutNullStreams, signal: AbortSignal) {
    this.#child = child;
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop, { once: true });
    // One that is gone cannot be written to; its end is told below.
    child.stdin.on('error', () => undefined);
    let [out, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out = (out + text).slice(-keptText)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-keptText)));
    this.ended = new Promise<Ended>((resolve) => {
      child.once('error', (error) => resolve({ code: null, out, errors: messageOf(error) }));
      child.once('close', (code, name) =>
        resolve({ code: code ?? 128, out, errors: name === null ? errors : `${errors}\n${name}` }),
      );
    }).finally(() => signal.removeEventListener('abort', this.#stop));
  }

  /** Throws SlipwayError `unavailable` when it was taken back before. */
  static start(command: string, args: readonly string[], { signal, env = {}, cwd }: AttendedTerms): AttendedProgram {
    if (signal.aborted) throw takenBack();
    const child = spawn(command, args, {
      env: { ...process.env, PYTHONUNBUFFERED: '1', ...env },
      windowsHide: true,
      ...(cwd === undefined ? {} : { cwd }),
      // A group of its own: a terminal's Ctrl-C comes to us alone, and is passed on once.
      detached: process.platform !== 'win32',
    });
    return new AttendedProgram(child, signal);
  }

  /** Says its last word to it, after which it is not taken back any more, and waits for its end. */
  hear(line: string): Promise<Ended> {
    if (!this.#signal.aborted) {
      this.#signal.removeEventListener('abort', this.#stop);
      this.#child.stdin.write(`${line}\n`);
    }
    return this.ended;
  }
}

function stopped(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfter);
  timer.unref();
  child.once('close', () => clearTimeout(timer));
}
