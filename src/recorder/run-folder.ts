// The run's folder is the truth of a recording: it is complete without any engine.
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { messageOf, SlipwayError } from '../base/errors';
import { isDiskFull } from '../platform/files/disk-fault';
import { runFiles, type WorkspaceLayout } from '../protocol/folder/layout';

/** Bytes that are kept free for the run's end; a block of most file systems. */
const reserved = 4096;

/** Writes the files of one run. */
export class RunFolder {
  readonly path: string;
  readonly #layout: WorkspaceLayout;
  readonly #runId: string;
  #spec: unknown;
  #wasRemoved = false;

  constructor(layout: WorkspaceLayout, runId: string) {
    this.#layout = layout;
    this.#runId = runId;
    this.path = layout.run(runId);
  }

  /** Makes the folder with its `spec` and the inbox marker. Throws SlipwayError `read-only` or `disk-full`, and leaves nothing. */
  create(spec: unknown): void {
    this.#spec = spec;
    try {
      const isNew = !existsSync(this.#layout.home);
      mkdirSync(this.path, { recursive: true });
      mkdirSync(this.#layout.inbox, { recursive: true });
      // The folder keeps itself out of git, so that nobody has to remember it.
      if (isNew) writeFileSync(`${this.#layout.home}/.gitignore`, '*\n');
      closeSync(openSync(this.file('metrics'), 'a'));
      this.write('spec', spec);
      // How the run ended must find room on a disk that the run itself has filled.
      writeFileSync(unfinished(this.file('exit')), ' '.repeat(reserved));
      closeSync(openSync(`${this.#layout.inbox}/${this.#runId}`, 'a'));
    } catch (error) {
      this.#takeBack();
      const why = isDiskFull(error) ? 'Its disk is full: free some space.' : "Check the folder's permissions.";
      throw new SlipwayError(
        isDiskFull(error) ? 'disk-full' : 'read-only',
        `${this.path} cannot be written, so nothing can be recorded there. ${why}`,
        { cause: error },
      );
    }
  }

  /**
   * Makes the folder again when somebody removed it while the command ran, unless the run is no longer waited for or the
   * whole workspace is gone. Returns whether it ever had to.
   */
  restore(): boolean {
    if (existsSync(this.file('spec')) || !existsSync(`${this.#layout.inbox}/${this.#runId}`)) return this.#wasRemoved;
    try {
      mkdirSync(this.path, { recursive: true });
      this.write('spec', this.#spec);
      this.#wasRemoved = true;
    } catch {
      // What is written next cannot be written either, and says so.
    }
    return this.#wasRemoved;
  }

  /** The absolute path of one of the run's files. */
  file(name: keyof typeof runFiles): string {
    return `${this.path}/${runFiles[name]}`;
  }

  /** Bytes in one of the run's files; 0 when it is not there. */
  size(name: keyof typeof runFiles): number {
    return statSync(this.file(name), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Writes a file whole: whoever reads it sees all of it or none. */
  write(name: keyof typeof runFiles, value: unknown): void {
    const path = this.file(name);
    const text = `${JSON.stringify(value)}\n`;
    if (!overwrite(unfinished(path), text)) writeFileSync(unfinished(path), text);
    renameSync(unfinished(path), path);
  }

  /**
   * The same while the command runs, when no failure of ours may end the recording. A folder that was removed is made
   * again. Says what failed, or undefined.
   */
  tryWrite(name: keyof typeof runFiles, value: unknown): string | undefined {
    try {
      this.restore();
      this.write(name, value);
      return undefined;
    } catch (error) {
      return `${this.file(name)} could not be written: ${isDiskFull(error) ? 'the disk is full.' : messageOf(error)}`;
    }
  }

  #takeBack(): void {
    try {
      rmSync(this.path, { recursive: true, force: true });
    } catch {
      // What cannot be written cannot be removed either.
    }
  }
}

/** Where a file is written before it gets its name. */
function unfinished(path: string): string {
  return `${path}.tmp`;
}

/** Writes `text` over what is at `path`, which needs no new room on most disks. False when it does not fit there. */
function overwrite(path: string, text: string): boolean {
  const bytes = Buffer.from(text);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < bytes.length) return false;
  const file = openSync(path, 'r+');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
    ftruncateSync(file, bytes.length);
    return true;
  } finally {
    closeSync(file);
  }
}
