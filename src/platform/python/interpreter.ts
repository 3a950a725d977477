// Which Python a command will run on, without running the command.
import { closeSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lookUpCommand, realPathOf } from '../process/command-lookup';

/** The words that start the same interpreter, or one sentence why there is none to be found. */
export type InterpreterChoice = { start: string[] } | { problem: string };

/** Where the command runs: its working folder and environment. */
export interface CommandPlace {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

const pythonName = /^(python|pypy)([\d.]+)?t?(\.exe)?$/i;
const launchers = new Set(['uv', 'poetry', 'pdm', 'hatch', 'pipenv', 'rye', 'pixi']);
/** Programs that only change how the command after them runs, with those of their options that take a value. */
const wrappers = new Map<string, readonly string[]>([
  ['env', ['-u', '-C', '-S', '--unset', '--chdir']],
  ['nice', ['-n', '--adjustment']],
  ['nohup', []],
  ['time', ['-f', '-o']],
  ['timeout', ['-s', '-k', '--signal', '--kill-after']],
  ['stdbuf', ['-i', '-o', '-e']],
  ['taskset', []],
  ['numactl', []],
]);

/** Finds the interpreter of `command`. Best effort for launchers such as `uv run` and `poetry run`. */
export function findInterpreter(command: readonly string[], place: CommandPlace): InterpreterChoice {
  const [program = '', ...rest] = command;
  const name = basename(program).replace(/\.exe$/i, '');
  if (wrappers.has(name)) return findInterpreter(unwrap(name, rest), place);
  if (launchers.has(name) && rest[0] === 'run') return { start: [program, ...runOptions(rest), 'python'] };
  if (name === 'conda' && rest[0] === 'run') return { start: [program, ...condaOptions(rest), 'python'] };
  const path = lookUpCommand(program, place.cwd, place.env.PATH ?? place.env.Path);
  if (path === undefined) return { problem: `${program} was not found, so its environment is unknown.` };
  // Not the real path: a virtual environment's python is a link, and the link is what makes it that environment.
  if (pythonName.test(basename(path))) return { start: [path] };
  if (pythonName.test(basename(realPathOf(path)))) return { start: [path] };
  return fromScript(path, place) ?? { problem: `${name} is not a Python command, so no packages were listed.` };
}

/** `env A=1 python x`, `timeout -s INT 5 python x`: the words from the wrapped program on. */
function unwrap(name: string, rest: readonly string[]): readonly string[] {
  const withValue = wrappers.get(name) ?? [];
  let at = 0;
  while (at < rest.length) {
    const word = rest[at] ?? '';
    if (withValue.includes(word)) at += 2;
    else if (word.startsWith('-') || (name === 'env' && word.includes('=')) || /^[\d.]+[smhd]?$/.test(word)) at += 1;
    else break;
  }
  return rest.slice(at);
}

/** The options between `run` and the command they run; `uv run --with x train.py` keeps `--with x`. */
function runOptions(rest: readonly string[]): string[] {
  const kept = ['run'];
  const withValue = new Set(['--with', '--python', '-p', '--project', '--directory', '--extra', '--group', '--env']);
  for (let at = 1; at < rest.length; at++) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-') || word === '--') break;
    kept.push(word);
    if (withValue.has(word)) kept.push(rest[++at] ?? '');
  }
  return kept;
}

function condaOptions(rest: readonly string[]): string[] {
  const kept = ['run'];
  for (let at = 1; at < rest.length; at++) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-')) break;
    kept.push(word);
    if (['-n', '--name', '-p', '--prefix'].includes(word)) kept.push(rest[++at] ?? '');
  }
  return kept;
}

/** A script whose first line names a Python, or a console script lying beside one in a virtual environment. */
function fromScript(path: string, place: CommandPlace): InterpreterChoice | undefined {
  const line = firstLine(path);
  const words = line.startsWith('#!') ? line.slice(2).trim().split(/\s+/) : [];
  const viaEnv = basename(words[0] ?? '') === 'env';
  const program = viaEnv ? words.slice(1).find((word) => !word.startsWith('-')) : words[0];
  if (program !== undefined && pythonName.test(basename(program))) {
    const found = lookUpCommand(program, place.cwd, place.env.PATH ?? place.env.Path);
    return found === undefined ? { problem: `${program}, named by ${path}, was not found.` } : { start: [found] };
  }
  if (!isConsoleScript(path, line)) return undefined;
  const beside = lookUpCommand(join(dirname(path), 'python'), place.cwd, undefined);
  return beside === undefined ? undefined : { start: [beside] };
}

/** Installers write `#!/bin/sh` with a second line that starts Python when the interpreter's path is too long. */
function isConsoleScript(path: string, line: string): boolean {
  return /^#!\s*\/bin\/sh/.test(line) && /'''exec'/.test(head(path));
}

function firstLine(path: string): string {
  return head(path).split('\n', 1)[0] ?? '';
}

function head(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(512);
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0)).toString('latin1');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
