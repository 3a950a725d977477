// Starts the command that is recorded. Its output goes to files, never to pipes, so that whatever becomes of the
// recorder, the command never notices.
import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';

/** `stdout` and `stderr` are open file descriptors. */
export interface ChildOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdout: number;
  stderr: number;
}

/** How a command ended: a code, a signal, or `failure`, the system's word for why it could not be started. */
export interface ChildEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  failure: string | undefined;
}

/** One command, in this process's own group, so that a terminal's Ctrl-C reaches it as if it stood alone. */
export class RecordedChild {
  /** Settles once, when the command has ended or could not be started. */
  readonly ended: Promise<ChildEnd>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, cwd: string) {
    this.#child = child;
    this.ended = new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) resolve({ exitCode: null, signal: null, failure: reasonOf(error, cwd) });
      });
      child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, failure: undefined }));
    });
  }

  /** Starts `command` (program and arguments) with stdin inherited. A failure to start shows in `ended`. */
  static start(command: readonly string[], options: ChildOptions): RecordedChild {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['inherit', options.stdout, options.stderr],
      windowsHide: false,
    });
    return new RecordedChild(child, options.cwd);
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Passes a signal on; a command that has ended is left alone. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** A missing working folder is reported by the system as a missing program. */
function reasonOf(error: NodeJS.ErrnoException, cwd: string): string {
  if (error.code === 'ENOENT' && statSync(cwd, { throwIfNoEntry: false }) === undefined) return 'ENOCWD';
  return error.code ?? error.message;
}
