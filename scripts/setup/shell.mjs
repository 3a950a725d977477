// Runs the programs that prepare things: quiet while all is well, the last lines shown when something fails.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A failure with a sentence for the person at the terminal; `detail` holds the program's last lines. */
export class StepError extends Error {
  constructor(sentence, detail = '') {
    super(sentence);
    this.name = 'StepError';
    this.detail = detail;
  }
}

/**
 * Runs a program to its end and returns what it printed on stdout. Options: `cwd`, `env` (added to the process's own),
 * `says` (the sentence of the StepError when it exits otherwise than 0), `show` (print its output as it comes).
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
  });
  const printed = { out: '', all: '' };
  child.stdout?.on('data', (data) => {
    printed.out += data;
    printed.all += data;
  });
  child.stderr?.on('data', (data) => {
    printed.all += data;
  });
  return new Promise((resolve, reject) => {
    const says = options.says ?? `${command} ${args.join(' ')} failed.`;
    child.on('error', (error) => reject(new StepError(says, error.message)));
    child.on('close', (code) => {
      if (code === 0) resolve(printed.out);
      else reject(new StepError(says, lastLines(printed.all, 30)));
    });
  });
}

/** The absolute path of the first of `names` that is on the PATH, or undefined. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (folder && isExecutable(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

/** Whether a quick probe exits with 0. */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
