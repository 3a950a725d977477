// Whether files are still what they were when reading began.
import { type BigIntStats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { SlipwayError, systemCodeOf } from '../../../base/errors';

/** Size and time of each file. */
export class FileStamps {
  readonly #stamps: ReadonlyMap<string, string>;

  /** Throws SlipwayError: `not-found` for a file that is not there, `invalid` for a folder. */
  constructor(paths: readonly string[]) {
    this.#stamps = new Map(paths.map((path) => [path, stampOf(path)]));
  }

  /** A file that is not what it was, if there is one. Throws as the constructor does. */
  changed(): string | undefined {
    return [...this.#stamps].find(([path, stamp]) => stampOf(path) !== stamp)?.[0];
  }

  /** Throws SlipwayError `conflict` naming a file that changed. */
  require(): void {
    const path = this.changed();
    if (path === undefined) return;
    const sentence = `${basename(path)} changed while it was being read. Try again when it is at rest.`;
    throw new SlipwayError('conflict', sentence);
  }
}

function stampOf(path: string): string {
  const found = statOf(path);
  if (found === undefined) throw new SlipwayError('not-found', `There is no file ${path}.`);
  if (!found.isFile()) throw new SlipwayError('invalid', `${path} is not a file.`);
  return `${found.size}:${found.mtimeNs}`;
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (systemCodeOf(error) !== 'ELOOP') throw error;
    throw new SlipwayError('invalid', `${path} is a link that leads round in a circle.`, { cause: error });
  }
}
