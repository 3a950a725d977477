// A program of our own that hears and says lines.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf } from '../../base/errors';

/** What to start, and who hears it. `onEnd` is called once, with the signal, exit code or failure that ended it. */
export interface LineProcessOptions {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  onLine(line: string): void;
  onEnd(how: string): void;
}

/** A started process. It hears the end of its input when this process ends, however that happens. */
export class LineProcess {
  readonly #child;

  constructor({ command, args, env, onLine, onEnd }: LineProcessOptions) {
    this.#child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
    // A process that is gone cannot be written to; its end is told by `close`.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', onLine);
    let failure: string | undefined;
    this.#child.once('error', (error) => {
      failure = messageOf(error);
      if (this.#child.pid === undefined) onEnd(failure);
    });
    this.#child.once('close', (code, signal) => {
      if (this.#child.pid !== undefined) onEnd(failure ?? signal ?? `exit code ${code}`);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends one line. */
  write(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
