// What other tools have written or said before: kept outside the clone, and laid into a test's folder as if they had
// written it there just now. The same tool with the same script and words tells the same; to start it takes seconds.
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** One run of a tool that writes into a folder. */
interface Writing {
  /** The interpreter, whose path names its packages, the script's file, and words without the name of the folder. */
  by: { python: string; script: string; words: readonly string[] };
  /** Runs it on a folder whose name is as long as that of the one asked for. Returns what it printed. */
  run(folder: string): string | Promise<string>;
}

/** What is kept beside the files: the folder that they were written in, by which they may name each other. */
interface Told {
  writtenIn: string;
  said: string;
}

/** Keys of what has been written into a folder by this process, step by step. */
const steps = new Map<string, readonly string[]>();

/**
 * Writes into `folder` what the tool would, after all that was written there in this way before. Returns what the tool
 * printed. The tool itself runs only when nobody has asked for the same before.
 */
export async function keepWriting(folder: string, { by, run }: Writing): Promise<string> {
  const before = steps.get(folder) ?? [];
  // Names of files in what is written are as long as they were.
  const all = [...before, keyOf([by.python, readFileSync(by.script, 'utf8'), ...by.words, String(folder.length)])];
  if (!existsSync(placeOf(all))) {
    const writtenIn = `${folder.slice(0, -6)}${randomBytes(3).toString('hex')}`;
    mkdirSync(writtenIn);
    try {
      if (before.length > 0) lay(placeOf(before), writtenIn);
      const told: Told = { writtenIn, said: await run(writtenIn) };
      keep(placeOf(all), (half) => {
        copy(writtenIn, join(half, 'files'), (bytes) => bytes);
        writeFileSync(join(half, 'told.json'), JSON.stringify(told));
      });
    } finally {
      rmSync(writtenIn, { recursive: true, force: true });
    }
  }
  steps.set(folder, all);
  return lay(placeOf(all), folder);
}

/** The text that `make` returned when it was first asked for by these words. */
export function keptText(words: readonly string[], make: () => string): string {
  const place = keptFolder(words, (half) => writeFileSync(join(half, 'text'), make()));
  return readFileSync(join(place, 'text'), 'utf8');
}

/** The folder, to be copied from, that `fill` filled when it was first asked for by these words. */
export function keptFolder(words: readonly string[], fill: (folder: string) => void): string {
  const place = placeOf([keyOf(words)]);
  if (!existsSync(place)) keep(place, fill);
  return place;
}

function keyOf(words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

function placeOf(keys: readonly string[]): string {
  const root = process.env.SLIPWAY_TEST_KEPT;
  if (!root) throw new Error('SLIPWAY_TEST_KEPT is not set. Run the tests with `npm test`.');
  return join(root, keyOf(keys).slice(0, 16));
}

/** Makes a folder that is there whole or not at all. */
function keep(place: string, fill: (half: string) => void): void {
  const half = `${place}.${randomBytes(3).toString('hex')}`;
  mkdirSync(half, { recursive: true });
  try {
    fill(half);
    renameSync(half, place);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another worker may have been quicker; what it kept is as good.
    if (!existsSync(place)) throw error;
  }
}

function lay(place: string, folder: string): string {
  const { writtenIn, said } = JSON.parse(readFileSync(join(place, 'told.json'), 'utf8')) as Told;
  const moved = (text: Buffer): Buffer => replaced(text, Buffer.from(writtenIn), Buffer.from(folder));
  copy(join(place, 'files'), folder, moved);
  return moved(Buffer.from(said)).toString();
}

/** Copies a folder's files and links, their bytes as `change` has them. Files keep their times. */
function copy(from: string, to: string, change: (bytes: Buffer) => Buffer): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      copy(source, target, change);
    } else if (entry.isSymbolicLink()) {
      rmSync(target, { force: true });
      symlinkSync(change(Buffer.from(readlinkSync(source))).toString(), target);
    } else {
      const bytes = readFileSync(source);
      // Each record of W&B's file has a checksum; nothing in it is needed to find the others.
      writeFileSync(target, entry.name.endsWith('.wandb') ? bytes : change(bytes));
      const { atime, mtime } = statSync(source);
      utimesSync(target, atime, mtime);
    }
  }
}

/** `bytes` with one text in the place of another of the same length, so that no place in a file moves. */
function replaced(bytes: Buffer, old: Buffer, now: Buffer): Buffer {
  for (let at = bytes.indexOf(old); at !== -1; at = bytes.indexOf(old, at + now.length)) now.copy(bytes, at);
  return bytes;
}
