// The files of a run as one tree: its own artifacts, and below `models/` the folder of each model it logged, which
// MLflow 3 keeps beside the run and not in it.
import { SlipwayError } from '../../../base/errors';
import type { ArtifactCount, ArtifactEntry, DeletedArtifact, Page } from '../../../protocol/run';
import { foreignToken, pageToken, readPageToken } from '../reading/page-token';
import type { RunsService } from '../service';
import { artifactFolder, artifactPath } from './artifact-path';
import type { ArtifactService } from './artifact-service';
import type { StoredArtifact } from './artifact-store';

/** What the tree is read from. */
export interface RunArtifactsParts {
  runs: RunsService;
  artifacts: ArtifactService;
}

/** A place in the tree that lies in a model's folder: the model's address, and the path below it. */
interface ModelPlace {
  prefix: string;
  artifactUri: string;
  path: string;
}

const modelsFolder = 'models';

/** Reads by run and path. Throws SlipwayError `not-found` for a run there is none of, `invalid` for an unsound path. */
export class RunArtifacts {
  readonly #runs: RunsService;
  readonly #artifacts: ArtifactService;

  constructor({ runs, artifacts }: RunArtifactsParts) {
    this.#runs = runs;
    this.#artifacts = artifacts;
  }

  /** One page of what lies directly in the folder `path` ('' is the root), by path. */
  async list(query: { runId: string; path: string; limit: number; page: string | null }): Promise<Page<ArtifactEntry>> {
    const [after] = query.page === null ? [''] : readPageToken(query.page, ['string']);
    if (typeof after !== 'string') throw foreignToken();
    const entries = await this.#entries(query.runId, artifactFolder(query.path));
    const rest = after === '' ? entries : entries.filter(({ path }) => path > after);
    const items = rest.slice(0, query.limit);
    const last = items.at(-1);
    return { items, next: rest.length > items.length && last !== undefined ? pageToken([last.path]) : null };
  }

  /** One file. Throws SlipwayError `not-found` when there is none. */
  async find(runId: string, path: string): Promise<StoredArtifact> {
    const sound = artifactPath(path);
    try {
      return await this.#artifacts.findOf(this.#runs.getRun(runId).artifactUri, sound);
    } catch (error) {
      const place = SlipwayError.is(error, 'not-found') ? this.#modelPlace(runId, sound) : undefined;
      if (place === undefined || place.path === '') throw error;
      return await this.#artifacts.findOf(place.artifactUri, place.path);
    }
  }

  /** Keeps all of `body` under `path` of the run, or nothing. Throws SlipwayError `invalid` below `models/ID`. */
  async write(runId: string, path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const sound = artifactPath(path);
    if (this.#modelPlace(runId, sound) !== undefined) {
      throw new SlipwayError('invalid', `${sound} belongs to a model that the run logged; the run's own files do not.`);
    }
    await this.#artifacts.writeOf(this.#runs.getRun(runId).artifactUri, sound, body);
  }

  /** Moves a file or a folder of the run to the trash; returns how many files. Throws SlipwayError `not-found`. */
  async remove(runId: string, path: string): Promise<number> {
    const sound = artifactPath(path);
    if (this.#modelPlace(runId, sound) !== undefined) {
      throw new SlipwayError('invalid', `${sound} belongs to a model that the run logged. Delete the model instead.`);
    }
    const removed = await this.#artifacts.removeOf(this.#runs.getRun(runId).artifactUri, sound);
    if (removed === 0) throw this.#nothingOf(runId, sound);
    return removed;
  }

  #nothingOf(runId: string, path: string): SlipwayError {
    if (path !== modelsFolder || this.#models(runId).length === 0) {
      return new SlipwayError('not-found', `The run has no file or folder ${path}.`);
    }
    const sentence = `${path} holds models that the run logged, and no files of its own. Delete the models instead.`;
    return new SlipwayError('invalid', sentence);
  }

  /** Takes back what was deleted last of a file, a folder, or ('') all. Throws SlipwayError `not-found` for nothing. */
  async restore(runId: string, path: string): Promise<number> {
    const restored = await this.#artifacts.restoreOf(this.#runs.getRun(runId).artifactUri, path);
    if (restored === 0) throw new SlipwayError('not-found', `The trash holds nothing of ${path || 'this run'}.`);
    return restored;
  }

  /** One page of what lies in the trash of the run, by path. */
  deleted(query: { runId: string; limit: number; page: string | null }): Page<DeletedArtifact> {
    const [after] = query.page === null ? [''] : readPageToken(query.page, ['string']);
    if (typeof after !== 'string') throw foreignToken();
    const { artifactUri } = this.#runs.getRun(query.runId);
    const found = this.#artifacts.deletedOf(artifactUri, { after, limit: query.limit + 1 });
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    return { items, next: found.length > items.length && last !== undefined ? pageToken([last.path]) : null };
  }

  /** How many files there are in the whole tree, and how large they are together. */
  async count(runId: string): Promise<ArtifactCount> {
    const addresses = [this.#runs.getRun(runId).artifactUri, ...this.#models(runId).map((each) => each.artifactUri)];
    const counts = await Promise.all(addresses.map((address) => this.#artifacts.countOf(address)));
    return {
      files: counts.reduce((sum, { files }) => sum + files, 0),
      bytes: counts.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async #entries(runId: string, folder: string): Promise<ArtifactEntry[]> {
    const entries = new Map<string, ArtifactEntry>();
    for (const path of this.#modelFolders(runId, folder)) entries.set(path, { path, isDirectory: true, size: null });
    const place = this.#modelPlace(runId, folder);
    if (place !== undefined) {
      for (const entry of await this.#artifacts.listOf(place.artifactUri, place.path)) {
        entries.set(`${place.prefix}/${entry.path}`, { ...entry, path: `${place.prefix}/${entry.path}` });
      }
    }
    const own = await this.#artifacts.listOf(this.#runs.getRun(runId).artifactUri, folder);
    for (const entry of own) entries.set(entry.path, entry);
    return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  #modelFolders(runId: string, folder: string): string[] {
    if (folder !== '' && folder !== modelsFolder) return [];
    const models = this.#models(runId);
    if (folder === '') return models.length === 0 ? [] : [modelsFolder];
    return models.map(({ modelId }) => `${modelsFolder}/${modelId}`);
  }

  #modelPlace(runId: string, path: string): ModelPlace | undefined {
    const [, modelId, rest = ''] = /^models\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    if (modelId === undefined) return undefined;
    const model = this.#models(runId).find((each) => each.modelId === modelId);
    return model && { prefix: `${modelsFolder}/${modelId}`, artifactUri: model.artifactUri, path: rest };
  }

  #models(runId: string): { modelId: string; artifactUri: string }[] {
    return this.#runs.models.ofRun(this.#runs.getRun(runId).run, runId);
  }
}
