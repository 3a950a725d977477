// Stores of other tools, written by those tools: now, or when the same was asked for before.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keepWriting } from '../engine/kept-writing';

/** How much of it. */
export interface StoreSize {
  runs: number;
  metrics: number;
  steps: number;
}

/** A point as its step in digits, its time in epoch milliseconds, and its value. */
export type Point = [step: string, time: number, value: number];

/** What MLflow reads of a store that it wrote. */
export interface MlflowTells {
  runs: Record<
    string,
    {
      info: [name: string, status: string, start: number, end: number];
      params: Record<string, string>;
      tags: Record<string, string>;
      inputs: [name: string, digest: string, profile: string][];
      metrics: Record<string, [string, number, string][]>;
    }
  >;
  models: string[];
}

export type Tracker = 'tensorboardx' | 'tensorboard' | 'wandb' | 'trackio' | 'dvclive';

const writers = join(import.meta.dirname, 'writers');
const mlflowScript = join(writers, 'write_mlflow.py');

/**
 * Writes with the MLflow of that line into `uri`, which lies in the folder `cwd`. `--plain`: only runs. `--grow`: more of
 * the first.
 */
export async function writeMlflow(
  line: 2 | 3,
  { uri, cwd, size, flags = [] }: { uri: string; cwd: string; size: StoreSize; flags?: ('--plain' | '--grow')[] },
): Promise<MlflowTells> {
  const words = [...numbers(size), ...flags];
  const said = await keepWriting(cwd, {
    by: { python: mlflowPython(line), script: mlflowScript, words: [uri.replace(cwd, ''), ...words] },
    run: (folder) => runMlflow(line, [uri.replace(cwd, folder), ...words], folder),
  });
  return tellsOf(said);
}

/** What the MLflow of that line reads of the database `file` now. */
export async function readWithMlflow(line: 2 | 3, file: string, cwd: string): Promise<MlflowTells> {
  return tellsOf(await runMlflow(line, [`sqlite:///${file}`, '0', '0', '0', '--plain'], cwd));
}

/** Writes with another tracker into `folder`, beginning at step `first`. */
export async function writeTracker(tool: Tracker, folder: string, size: StoreSize, first = 0): Promise<void> {
  const python = interpreter('SLIPWAY_TEST_PYTHON_TRACKERS');
  const script = join(writers, 'write_tracker.py');
  const words = [...numbers(size), String(first)];
  await keepWriting(folder, {
    by: { python, script, words: [tool, ...words] },
    run: (place) => written([python, script, tool, place, ...words], place),
  });
}

/** What lies in a folder: paths with hashes, links with what they name. */
export function traceOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const place = join(entry.parentPath, entry.name);
      const content = entry.isSymbolicLink() ? readlinkSync(place) : readFileSync(place);
      return `${place} ${createHash('sha256').update(content).digest('hex')}`;
    })
    .sort();
}

/** The value that the writers give a metric at a step. */
export function writtenValue(metric: number, step: number): number {
  return ((step * 37 + metric * 11) % 1000) / 1000;
}

function mlflowPython(line: 2 | 3): string {
  return interpreter(`SLIPWAY_TEST_PYTHON_MLFLOW${line}`);
}

function runMlflow(line: 2 | 3, words: string[], cwd: string): Promise<string> {
  return written([mlflowPython(line), mlflowScript, ...words], cwd);
}

function tellsOf(said: string): MlflowTells {
  return JSON.parse(said.slice(said.indexOf('{"runs"'))) as MlflowTells;
}

function numbers({ runs, metrics, steps }: StoreSize): string[] {
  return [runs, metrics, steps].map(String);
}

function interpreter(variable: string): string {
  const path = process.env[variable];
  if (path !== undefined && path !== '') return path;
  throw new Error(`${variable} must name a Python with that tool. Run the tests with \`npm test\`.`);
}

function written([program = '', ...words]: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      MLFLOW_ALLOW_FILE_STORE: 'true',
      GIT_PYTHON_REFRESH: 'quiet',
      PYTHONWARNINGS: 'ignore',
    };
    const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complained = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complained = (complained + text).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${words[0]} failed: ${complained}`)),
    );
  });
}
