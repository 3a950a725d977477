// An engine started with --artifact-root writes there, and still shows what the workspace kept before.
import type { ArtifactCount, ArtifactEntry, DeletedArtifact } from '../../../protocol/run';
import type { ArtifactStore, StoredArtifact } from './artifact-store';

/** Writes to the first store and reads from both; the first wins where both have a name. */
export class LayeredArtifacts implements ArtifactStore {
  readonly #first: ArtifactStore;
  readonly #second: ArtifactStore;

  constructor(first: ArtifactStore, second: ArtifactStore) {
    this.#first = first;
    this.#second = second;
  }

  write(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    return this.#first.write(path, body);
  }

  async find(path: string): Promise<StoredArtifact | undefined> {
    return (await this.#first.find(path)) ?? (await this.#second.find(path));
  }

  async list(path: string): Promise<ArtifactEntry[]> {
    const entries = new Map<string, ArtifactEntry>();
    for (const entry of await this.#second.list(path)) entries.set(entry.path, entry);
    for (const entry of await this.#first.list(path)) entries.set(entry.path, entry);
    return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** A file that both stores have counts twice. */
  async count(path: string): Promise<ArtifactCount> {
    const [first, second] = await Promise.all([this.#first.count(path), this.#second.count(path)]);
    return { files: first.files + second.files, bytes: first.bytes + second.bytes };
  }

  async remove(path: string): Promise<number> {
    const removed = await Promise.all([this.#first.remove(path), this.#second.remove(path)]);
    return removed[0] + removed[1];
  }

  async restore(path: string): Promise<number> {
    const restored = await Promise.all([this.#first.restore(path), this.#second.restore(path)]);
    return restored[0] + restored[1];
  }

  /** Only one of them has a trash. */
  deleted(folder: string, page: { after: string; limit: number }): DeletedArtifact[] {
    return [...this.#first.deleted(folder, page), ...this.#second.deleted(folder, page)];
  }
}
