// The folder beside an exported database in which MLflow finds the files of runs and models. It gets its name when it is whole.
import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, constants as modes, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SlipwayError } from '../../../../base/errors';
import { artifactPath } from '../../../../lifecycle/runs/artifacts/artifact-path';
import type { ExportedFile } from '../../../../lifecycle/runs/export/store/exported-files';
import type { SourceReport } from '../../../../lifecycle/runs/import/source-report';
import { explainDiskFault } from '../../../../platform/files/disk-fault';
import type { WorkspaceLayout } from '../../../../protocol/folder/layout';

/** Says that a folder may be written over by a later export: nothing else lies in it. */
const mark = '.slipway-export';

/** One per export; `finish` or `discard` ends it. */
export class ArtifactFolder {
  /** Its final place, `FILE.artifacts`. */
  readonly place: string;
  copied = { files: 0, bytes: 0 };
  readonly #layout: WorkspaceLayout;
  readonly #report: SourceReport;
  readonly #unfinished: string;
  readonly #old: string;

  /** Throws SlipwayError `already-exists` for a folder that is there, with `force` too when no export made it. */
  constructor(
    file: string,
    { layout, report, force }: { layout: WorkspaceLayout; report: SourceReport; force: boolean },
  ) {
    this.place = `${file}.artifacts`;
    this.#unfinished = `${this.place}.${process.pid}.unfinished`;
    this.#old = `${this.place}.${process.pid}.old`;
    this.#layout = layout;
    this.#report = report;
    const isThere = lstatSync(this.place, { throwIfNoEntry: false }) !== undefined;
    if (isThere && !(force && existsSync(join(this.place, mark)))) {
      const why = force ? 'is not the folder of an export; move it away first' : '--force writes over it';
      throw new SlipwayError('already-exists', `${this.place} exists and was left as it is: ${why}.`);
    }
    rmSync(this.#unfinished, { recursive: true, force: true });
  }

  /** The address of a folder in it. */
  address(...names: string[]): string {
    return pathToFileURL(join(this.place, ...names)).href;
  }

  /** Copies one file. What cannot be read is told to the report. Throws SlipwayError for a full or failing disk. */
  async copy(folder: string, { path, sha256, size }: ExportedFile): Promise<void> {
    const from = this.#layout.object(sha256);
    const found = await stat(from).catch(() => undefined);
    if (found?.size !== size) {
      const what = found === undefined ? 'missing from' : 'damaged in';
      this.#report.problem(`${folder}/${path}`, '', `its content is ${what} .slipway/objects`);
      return;
    }
    const target = join(this.#unfinished, folder, artifactPath(path));
    try {
      mkdirSync(dirname(target), { recursive: true });
      await copyFile(from, target, modes.COPYFILE_FICLONE);
    } catch (error) {
      throw explainDiskFault(error, dirname(this.place));
    }
    this.copied.files += 1;
    this.copied.bytes += size;
  }

  /** Gives it its name, unless nothing lies in it; the folder of an earlier export gives way. */
  finish(): void {
    const isThere = existsSync(this.place);
    if (isThere) renameSync(this.place, this.#old);
    if (this.copied.files > 0) {
      writeFileSync(
        join(this.#unfinished, mark),
        'Written by `slipway export --to mlflow`; the database beside it names these files.\n',
      );
      renameSync(this.#unfinished, this.place);
    }
    rmSync(this.#old, { recursive: true, force: true });
  }

  /** Takes away what was copied so far. */
  discard(): void {
    rmSync(this.#unfinished, { recursive: true, force: true });
  }
}
