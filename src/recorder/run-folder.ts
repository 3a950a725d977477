// The run's folder is the truth of a recording: it is complete without any engine.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { messageOf, SlipwayError } from '../base/errors';
import { runFiles, type WorkspaceLayout } from '../protocol/folder/layout';

/** Writes the files of one run. */
export class RunFolder {
  readonly path: string;
  readonly #layout: WorkspaceLayout;
  readonly #runId: string;

  constructor(layout: WorkspaceLayout, runId: string) {
    this.#layout = layout;
    this.#runId = runId;
    this.path = layout.run(runId);
  }

  /** Makes the folder with its `spec` and the inbox marker. Throws SlipwayError `read-only` when it cannot. */
  create(spec: unknown): void {
    try {
      const isNew = !existsSync(this.#layout.home);
      mkdirSync(this.path, { recursive: true });
      mkdirSync(this.#layout.inbox, { recursive: true });
      // The folder keeps itself out of git, so that nobody has to remember it.
      if (isNew) writeFileSync(`${this.#layout.home}/.gitignore`, '*\n');
      closeSync(openSync(this.file('metrics'), 'a'));
      this.write('spec', spec);
      closeSync(openSync(`${this.#layout.inbox}/${this.#runId}`, 'a'));
    } catch (error) {
      throw new SlipwayError(
        'read-only',
        `${this.path} cannot be written, so nothing can be recorded there. Check the folder's permissions and space.`,
        { cause: error },
      );
    }
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
    writeFileSync(`${path}.tmp`, `${JSON.stringify(value)}\n`);
    renameSync(`${path}.tmp`, path);
  }

  /** The same while the command runs, when no failure of ours may end the recording. Says what failed, or undefined. */
  tryWrite(name: keyof typeof runFiles, value: unknown): string | undefined {
    try {
      this.write(name, value);
      return undefined;
    } catch (error) {
      return `${this.file(name)} could not be written: ${messageOf(error)}`;
    }
  }
}
