// Arrow files as Parquet, kept while they are read and a little longer: a person who looks at one asks many things of it,
// and each would write it anew.
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SlipwayError } from '../../../../base/errors';
import { ArrowFault } from '../../../../platform/arrow/arrow-fault';
import { FileStamps } from '../file-stamps';
import { unpackedBytes } from '../text/unpacked-stream';
import { type ArrowParquet, arrowToParquet } from './arrow-parquet';

/** What stands for a file while it is read; `release` is called once. */
export interface ArrowCopy extends ArrowParquet {
  release(): void;
}

interface Kept {
  path: string;
  folder: string;
  stamps: FileStamps;
  written: ArrowParquet;
  readers: number;
}

/** Copies that nobody reads and that may be asked for again. */
const mostIdle = 4;
const kept: Kept[] = [];

/** `folder` is where copies go. Throws SlipwayError `invalid` for a file that cannot be read, and the reason of the signal. */
export async function arrowCopy(
  path: string,
  { folder, signal }: { folder: string; signal: AbortSignal },
): Promise<ArrowCopy> {
  const known = kept.find((each) => each.path === path && each.stamps.changed() === undefined);
  const copy = known ?? (await written(path, folder, signal));
  copy.readers += 1;
  // Behind the others: what was not asked for longest goes first.
  kept.splice(0, kept.length, ...kept.filter((each) => each !== copy), copy);
  return { ...copy.written, release: () => release(copy) };
}

function release(copy: Kept): void {
  copy.readers -= 1;
  const idle = kept.filter(({ readers }) => readers === 0);
  for (const old of idle.slice(0, Math.max(0, idle.length - mostIdle))) {
    kept.splice(kept.indexOf(old), 1);
    rmSync(old.folder, { recursive: true, force: true });
  }
}

async function written(path: string, to: string, signal: AbortSignal): Promise<Kept> {
  const folder = join(to, `arrow-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  try {
    const stamps = new FileStamps([path]);
    const plain = /\.(gz|zst)$/i.test(path) ? await unpacked(path, folder, signal) : path;
    const copy = { path, folder, stamps, written: await arrowToParquet(plain, folder, signal), readers: 0 };
    if (plain !== path) rmSync(plain);
    stamps.require();
    return copy;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!(error instanceof ArrowFault)) throw error;
    throw new SlipwayError('invalid', `${basename(path)}: ${error.message}.`, { cause: error });
  }
}

async function unpacked(path: string, folder: string, signal: AbortSignal): Promise<string> {
  const plain = join(folder, 'unpacked');
  await pipeline(Readable.from(unpackedBytes(path)), createWriteStream(plain), { signal });
  return plain;
}
