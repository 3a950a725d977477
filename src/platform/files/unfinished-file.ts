// A file that gets its name when it is whole. Until then it lies beside its place.
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { SlipwayError, systemCodeOf } from '../../base/errors';
import { removeAbandoned } from './abandoned-files';

/** What a disk answers that knows no second name of a file (FAT, some network disks). */
const withoutLinks = ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/** Throws SlipwayError `invalid` where `path` is a folder, a device or a pipe, or a link to one: none can be written over. */
export function checkReplaceable(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  if (found.isDirectory()) throw new SlipwayError('invalid', `${path} is a folder. Name a file in it.`);
  throw new SlipwayError('invalid', `${path} is a device, a pipe or a socket and was left as it is. Name a file.`);
}

/** A file on its way to `target`; `finish` or `discard` ends it. */
export class UnfinishedFile {
  /** Where it is written. Named after the process, so that two engines never write the same one. */
  readonly path: string;
  readonly #target: string;

  constructor(target: string) {
    this.#target = target;
    this.path = `${target}.${process.pid}.unfinished`;
    // Of processes that were killed; one of the same number may have left its own.
    removeAbandoned(target);
    this.discard();
  }

  /**
   * Gives the file its name, in one step. Throws SlipwayError `already-exists`, and leaves what is there as it is, when
   * something of that name came meanwhile and `overwrite` is false; `invalid` for what no file may take the place of.
   */
  finish({ overwrite }: { overwrite: boolean }): void {
    this.#sync();
    if (overwrite) {
      checkReplaceable(this.#target);
      renameSync(this.path, this.#target);
    } else if (!this.#link()) this.#take();
    this.discard();
  }

  /** Takes away what was written so far. */
  discard(): void {
    rmSync(this.path, { force: true });
  }

  /** On the disk before it has its name: after a power cut no half file bears it. */
  #sync(): void {
    const file = openSync(this.path, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** False on a disk that has no links. */
  #link(): boolean {
    try {
      linkSync(this.path, this.#target);
      return true;
    } catch (error) {
      if (withoutLinks.includes(systemCodeOf(error) ?? '')) return false;
      throw this.#explained(error);
    }
  }

  /** Holds the name with an empty file that nobody else can have made, and puts the whole one in its place. */
  #take(): void {
    try {
      closeSync(openSync(this.#target, 'wx'));
    } catch (error) {
      throw this.#explained(error);
    }
    try {
      renameSync(this.path, this.#target);
    } catch (error) {
      rmSync(this.#target, { force: true });
      throw error;
    }
  }

  #explained(error: unknown): unknown {
    if (systemCodeOf(error) !== 'EEXIST') return error;
    const sentence = `${this.#target} came while this was written and was left as it is. --force writes over it.`;
    return new SlipwayError('already-exists', sentence, { cause: error });
  }
}
