// Files of a foreign store on their way into the contents of the workspace.
import { createHash, randomUUID } from 'node:crypto';
import { constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { messageOf, SlipwayError } from '../../../../base/errors';
import { artifactPath } from '../../../../lifecycle/runs/artifacts/artifact-path';
import type { SourceReport } from '../../../../lifecycle/runs/import/source-report';
import type { RunDetails } from '../../../../lifecycle/runs/import/source-run';
import { explainDiskFault } from '../../../../platform/files/disk-fault';
import { streamToFile } from '../../../../platform/objects/stream-to-file';
import type { WorkspaceLayout } from '../../../../protocol/folder/layout';
import type { JobPort } from '../job-port';

/** A file whose content is in the workspace. */
export interface KeptFile {
  path: string;
  sha256: string;
  size: number;
}

/** Copies files of runs. What nothing comes to name is freed when the job is over. */
export class FileKeeper {
  readonly #layout: WorkspaceLayout;
  readonly #port: JobPort;
  readonly #report: SourceReport;

  constructor(layout: WorkspaceLayout, port: JobPort, report: SourceReport) {
    this.#layout = layout;
    this.#port = port;
    this.#report = report;
  }

  /** Those that could be read. Throws SlipwayError for a full or failing disk. */
  async keep({ name, files, texts = [] }: Pick<RunDetails, 'name' | 'files' | 'texts'>): Promise<KeptFile[]> {
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const kept: KeptFile[] = [];
    let done = 0;
    for (const { path, place, size } of files) {
      this.#port.progress(`copying files of ${name}`, done, total);
      done += size;
      if (this.#isSound(path, place)) kept.push(...(await this.#copied(path, place)));
    }
    for (const { path, text } of texts) {
      if (this.#isSound(path, path)) kept.push({ path, ...(await this.#store(Readable.from([Buffer.from(text)]))) });
    }
    return kept;
  }

  #isSound(path: string, place: string): boolean {
    try {
      artifactPath(path);
      return true;
    } catch (error) {
      this.#report.problem(place, '', messageOf(error));
      return false;
    }
  }

  async #copied(path: string, place: string): Promise<KeptFile[]> {
    try {
      // A link that took the file's place meanwhile is not followed either.
      const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      return [{ path, ...(await this.#store(file.createReadStream({ highWaterMark: 256 * 1024 }))) }];
    } catch (error) {
      if (SlipwayError.is(error)) throw error;
      this.#report.problem(place, '', messageOf(error));
      return [];
    }
  }

  async #store(source: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }> {
    const { objects } = this.#layout;
    const temporary = `${objects}/tmp/import-${randomUUID()}`;
    const hash = createHash('sha256');
    try {
      mkdirSync(`${objects}/tmp`, { recursive: true });
      const size = await streamToFile(source, temporary, (piece) => {
        this.#port.goOn();
        hash.update(piece);
      });
      const sha256 = hash.digest('hex');
      const place = this.#layout.object(sha256);
      await this.#port.call('objectsAdded', [sha256]);
      mkdirSync(dirname(place), { recursive: true });
      if (existsSync(place)) rmSync(temporary, { force: true });
      else renameSync(temporary, place);
      return { sha256, size };
    } catch (error) {
      rmSync(temporary, { force: true });
      throw explainDiskFault(error, objects);
    }
  }
}
