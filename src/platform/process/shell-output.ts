// A command of the shell whose output goes into a file.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { killTree } from './process-signal';

/** `code` is null when a signal ended it or it never started; `errors` is the end of what it said on stderr. */
export interface ShellOutcome {
  code: number | null;
  errors: string;
}

/** Runs `command` in the system's shell; its standard output becomes the new file `to`. Aborting kills all it started. */
export async function shellToFile(
  command: string,
  { cwd, to, signal }: { cwd: string; to: string; signal: AbortSignal },
): Promise<ShellOutcome> {
  const file = openSync(to, 'wx');
  try {
    return await new Promise((resolve) => {
      const child = spawn(command, { cwd, shell: true, stdio: ['ignore', file, 'pipe'], windowsHide: true });
      let errors = '';
      const kill = (): void => {
        if (child.pid !== undefined) killTree(child.pid).catch(() => undefined);
      };
      signal.addEventListener('abort', kill, { once: true });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        errors = (errors + text).slice(-4000);
      });
      child.once('error', (error) => resolve({ code: null, errors: error.message }));
      child.once('close', (code) => {
        signal.removeEventListener('abort', kill);
        resolve({ code, errors });
      });
    });
  } finally {
    closeSync(file);
  }
}
