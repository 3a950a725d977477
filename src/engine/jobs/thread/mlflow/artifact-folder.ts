// The folder beside an exported database in which MLflow finds the files of runs and models. It gets its name when it is whole.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, constants as modes, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SlipwayError } from '../../../../base/errors';
import { artifactPath } from '../../../../lifecycle/runs/artifacts/artifact-path';
import type { ExportedFile } from '../../../../lifecycle/runs/export/store/exported-files';
import type { SourceReport } from '../../../../lifecycle/runs/import/source-report';
import { removeAbandoned } from '../../../../platform/files/abandoned-files';
import { explainDiskFault } from '../../../../platform/files/disk-fault';
import type { WorkspaceLayout } from '../../../../protocol/folder/layout';

/** The size of each file that an export wrote, by its path: a later one takes the folder's place when it holds nothing else. */
const listName = '.slipway-export';

/** One per export; `finish` or `discard` ends it. */
export class ArtifactFolder {
  /** Its final place, `FILE.artifacts`. */
  readonly place: string;
  copied = { files: 0, bytes: 0 };
  readonly #layout: WorkspaceLayout;
  readonly #report: SourceReport;
  readonly #unfinished: string;
  readonly #old: string;
  readonly #sizes: Record<string, number> = {};

  /** Throws SlipwayError `already-exists` for a folder that is there, with `force` too when anything in it is of no export. */
  constructor(
    file: string,
    { layout, report, force }: { layout: WorkspaceLayout; report: SourceReport; force: boolean },
  ) {
    this.place = `${file}.artifacts`;
    this.#unfinished = `${this.place}.${process.pid}.unfinished`;
    this.#old = `${this.place}.${process.pid}.old`;
    this.#layout = layout;
    this.#report = report;
    removeAbandoned(this.place);
    rmSync(this.#unfinished, { recursive: true, force: true });
    this.#checkPlace(force);
  }

  #checkPlace(force: boolean): void {
    if (lstatSync(this.place, { throwIfNoEntry: false }) === undefined) return;
    const why = force ? whyKept(this.place) : '--force writes over it';
    if (why === undefined) return;
    throw new SlipwayError('already-exists', `${this.place} exists and was left as it is: ${why}.`);
  }

  /** The address of a folder in it. */
  address(...names: string[]): string {
    return pathToFileURL(join(this.place, ...names)).href;
  }

  /** Whether something was copied there. */
  has(...names: string[]): boolean {
    return existsSync(join(this.#unfinished, ...names));
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
    const name = join(folder, artifactPath(path));
    const target = join(this.#unfinished, name);
    try {
      mkdirSync(dirname(target), { recursive: true });
      await copyFile(from, target, modes.COPYFILE_FICLONE);
    } catch (error) {
      throw explainDiskFault(error, dirname(this.place));
    }
    this.#sizes[name] = size;
    this.copied.files += 1;
    this.copied.bytes += size;
  }

  /** Gives it its name, unless nothing lies in it; the folder of an earlier export gives way. */
  finish(): void {
    // What came while the export ran is kept as well.
    if (existsSync(this.place)) this.#checkPlace(true);
    if (existsSync(this.place)) renameSync(this.place, this.#old);
    if (this.copied.files > 0) {
      const writtenBy = 'slipway export --to mlflow; the database beside this folder names these files';
      writeFileSync(join(this.#unfinished, listName), `${JSON.stringify({ writtenBy, sizes: this.#sizes })}\n`);
      renameSync(this.#unfinished, this.place);
    }
    rmSync(this.#old, { recursive: true, force: true });
  }

  /** Takes away what was copied so far. */
  discard(): void {
    rmSync(this.#unfinished, { recursive: true, force: true });
  }
}

/** Why the folder must not give way to another export; undefined when each file in it was written by the export before. */
function whyKept(place: string): string | undefined {
  const sizes = listedSizes(place);
  if (sizes === undefined) return 'no export says that it wrote it; move it away first';
  const others = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)))
    .filter((name) => name !== listName && lstatSync(join(place, name)).size !== sizes[name]);
  const [first] = others;
  if (first === undefined) return undefined;
  const more = others.length === 1 ? '' : ` and ${others.length - 1} more`;
  return `it holds ${first}${more}, which no export wrote so; move it away first`;
}

function listedSizes(place: string): Readonly<Record<string, number>> | undefined {
  try {
    const { sizes } = JSON.parse(readFileSync(join(place, listName), 'utf8')) as { sizes?: Record<string, number> };
    return sizes;
  } catch {
    return undefined;
  }
}
