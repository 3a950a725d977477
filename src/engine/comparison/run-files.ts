// The artifacts of runs as a comparing thread reads them: through the engine, piece by piece.
import type { ByteSource } from '../../platform/tables/byte-source';
import type { SideFile } from '../../protocol/comparison/evidence/file-item';
import type { JobPort } from '../jobs/thread/job-port';
import type { ComparisonCalls, RunFileFound } from './comparison-given';

const mostFiles = 3000;
const mostFolders = 500;

/** One per question. */
export class RunFiles {
  readonly #port: JobPort;
  readonly #predictions = new Map<string, RunFileFound | null>();

  constructor(port: JobPort) {
    this.#port = port;
  }

  /** Looks for the predictions of many runs at once. */
  async findPredictions(runIds: readonly string[]): Promise<void> {
    const found = await this.#call('findPredictions', { runIds });
    for (const [at, runId] of runIds.entries()) this.#predictions.set(runId, found[at] ?? null);
  }

  /** The predictions of a run; undefined where it has none. */
  async predictions(runId: string): Promise<ByteSource | undefined> {
    if (!this.#predictions.has(runId)) await this.findPredictions([runId]);
    const found = this.#predictions.get(runId);
    return found == null ? undefined : this.#sourceOf(found);
  }

  /** The predictions of each run; undefined where one of them has none. */
  async allPredictions(runIds: readonly string[]): Promise<ByteSource[] | undefined> {
    const found: ByteSource[] = [];
    for (const runId of runIds) {
      const source = await this.predictions(runId);
      if (source === undefined) return undefined;
      found.push(source);
    }
    return found;
  }

  /** One file. Throws SlipwayError `not-found` when there is none. */
  async source(runId: string, path: string): Promise<ByteSource> {
    return this.#sourceOf(await this.#call('findFile', { runId, path }));
  }

  /** The files of a run, folder by folder; `leftOut` is 1 where there are more than can be listed. */
  async list(runId: string): Promise<{ files: SideFile[]; leftOut: number }> {
    const files: SideFile[] = [];
    const folders = [''];
    for (let place = 0; place < folders.length; place += 1) {
      if (place >= mostFolders || files.length >= mostFiles) return { files, leftOut: 1 };
      const limit = mostFiles - files.length + 1;
      const entries = await this.#call('listFolder', { runId, path: folders[place] ?? '', limit });
      for (const { path, isDirectory, size } of entries) {
        if (isDirectory) folders.push(path);
        else files.push({ path, size: size ?? 0 });
      }
    }
    return { files: files.slice(0, mostFiles), leftOut: files.length > mostFiles ? 1 : 0 };
  }

  #sourceOf(found: RunFileFound): ByteSource {
    const read = (start: number, end: number): Promise<Uint8Array> => this.#call('readFile', { ...found, start, end });
    return { name: found.name, size: found.size, read };
  }

  #call<Name extends keyof ComparisonCalls>(
    name: Name,
    input: ComparisonCalls[Name]['input'],
  ): Promise<ComparisonCalls[Name]['answer']> {
    return this.#port.call(name, input);
  }
}
