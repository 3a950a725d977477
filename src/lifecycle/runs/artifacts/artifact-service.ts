// Artifacts for the surfaces: by the path a client names, or by the run they belong to.
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SlipwayError } from '../../../base/errors';
import type { ArtifactCount, ArtifactEntry, DeletedArtifact } from '../../../protocol/run';
import type { WorkspaceEvents } from '../../../workspace/events';
import { artifactFolder, artifactPath } from './artifact-path';
import type { ArtifactStore, StoredArtifact } from './artifact-store';

/** A folder outside the content store from which artifacts may be read, by `file:` addresses below it. */
export interface ArtifactFolder {
  root: string;
  store: ArtifactStore;
}

/** `proxied` holds what `mlflow-artifacts:` addresses name. `requireFree` rejects the address of what has to stay as it is. */
export interface ArtifactServiceOptions {
  proxied: ArtifactStore;
  folders: readonly ArtifactFolder[];
  events: WorkspaceEvents;
  requireFree(address: string): Promise<void>;
}

/** A change of artifacts, by the address of what is changed; `ended` (epoch milliseconds) is null while it goes on. */
interface ArtifactChange {
  address: string;
  ended: number | null;
}

/** Milliseconds for which changes are remembered: longer than what was seen of files counts for a decision. */
const remembered = 300_000;

/** Every path is judged here before a store sees it; SlipwayError `invalid` is thrown for an unsound one. */
export class ArtifactService {
  readonly #options: ArtifactServiceOptions;
  /** In the order in which they began. */
  readonly #changes = new Set<ArtifactChange>();

  constructor(options: ArtifactServiceOptions) {
    this.#options = options;
  }

  /** Keeps all of `body` under `path`, or nothing; replaces what was there in one step. */
  async write(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#write(this.#options.proxied, artifactPath(path), body);
  }

  /** The file at `path`. Throws SlipwayError `not-found` when there is none. */
  async find(path: string): Promise<StoredArtifact> {
    return this.#found(await this.#options.proxied.find(artifactPath(path)), path);
  }

  /** What lies directly in the folder `path`; empty when there is none. Paths are relative to the artifact root. */
  list(path: string): Promise<ArtifactEntry[]> {
    return this.#options.proxied.list(artifactFolder(path));
  }

  /** Removes a file or a folder, to the trash where there is one; nothing there is no error. */
  async remove(path: string): Promise<void> {
    const sound = artifactPath(path);
    const { proxied } = this.#options;
    if ((await this.#changed(proxied, sound, () => proxied.remove(sound))) > 0) this.#tell(sound);
  }

  /** Removes a file or a folder of a run, by the run's artifact address; returns how many files went. */
  async removeOf(artifactUri: string, path: string): Promise<number> {
    const { store, root } = this.#placeOf(artifactUri);
    const place = joined(root, artifactPath(path));
    const removed = await this.#changed(store, place, () => store.remove(place));
    if (removed > 0) this.#tell(place);
    return removed;
  }

  /** Takes back what was deleted last of a file or a folder of a run ('' is all of it); returns how many files. */
  async restoreOf(artifactUri: string, path: string): Promise<number> {
    const { store, root } = this.#placeOf(artifactUri);
    const place = joined(root, artifactFolder(path));
    const restored = await this.#changed(store, place, () => store.restore(place));
    if (restored > 0) this.#tell(`${place}/`);
    return restored;
  }

  /** What lies in the trash of a run, `limit` files behind `after`, by paths relative to its artifact address. */
  deletedOf(artifactUri: string, { after, limit }: { after: string; limit: number }): DeletedArtifact[] {
    const { store, root } = this.#placeOf(artifactUri);
    const page = { after: after === '' ? '' : joined(root, after), limit };
    return store.deleted(root, page).map((each) => ({ ...each, path: each.path.slice(root.length + 1) }));
  }

  /** What lies in the folder `path` of a run, by the run's artifact address. Paths are relative to that address. */
  async listOf(artifactUri: string, path: string): Promise<ArtifactEntry[]> {
    const { store, root } = this.#placeOf(artifactUri);
    const entries = await store.list(joined(root, artifactFolder(path)));
    return entries.map((entry) => ({ ...entry, path: root === '' ? entry.path : entry.path.slice(root.length + 1) }));
  }

  /** The files below an artifact address, and their bytes together. */
  countOf(artifactUri: string): Promise<ArtifactCount> {
    const { store, root } = this.#placeOf(artifactUri);
    return store.count(root);
  }

  /** One file of a run, by the run's artifact address. Throws SlipwayError `not-found` when there is none. */
  async findOf(artifactUri: string, path: string): Promise<StoredArtifact> {
    const { store, root } = this.#placeOf(artifactUri);
    return this.#found(await store.find(joined(root, artifactPath(path))), path);
  }

  /** Keeps all of `body` under `path` of a run, by the run's artifact address. */
  async writeOf(artifactUri: string, path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const { store, root } = this.#placeOf(artifactUri);
    await this.#write(store, joined(root, artifactPath(path)), body);
  }

  /** Addresses of what was changed since then (epoch milliseconds), or is being changed. */
  changedSince(time: number): string[] {
    const recent = [...this.#changes].filter(({ ended }) => ended === null || ended >= time);
    return recent.map(({ address }) => address);
  }

  /** What arrives slowly may find a place that is not free any more. */
  async #write(store: ArtifactStore, place: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const address = this.#addressOf(store, place);
    await this.#options.requireFree(address);
    const arrived = async (): Promise<ArtifactChange> => {
      await this.#options.requireFree(address);
      return this.#begin(address);
    };
    let change: ArtifactChange | undefined;
    const judged = async function* (): AsyncGenerator<Uint8Array> {
      yield* body;
      change = await arrived();
    };
    try {
      await store.write(place, judged());
    } finally {
      if (change !== undefined) change.ended = Date.now();
    }
    this.#tell(place);
  }

  async #changed(store: ArtifactStore, place: string, act: () => Promise<number>): Promise<number> {
    const address = this.#addressOf(store, place);
    await this.#options.requireFree(address);
    const change = this.#begin(address);
    try {
      return await act();
    } finally {
      change.ended = Date.now();
    }
  }

  #begin(address: string): ArtifactChange {
    const forgotten = Date.now() - remembered;
    for (const old of this.#changes) {
      if (old.ended === null || old.ended > forgotten) break;
      this.#changes.delete(old);
    }
    const change: ArtifactChange = { address, ended: null };
    this.#changes.add(change);
    return change;
  }

  #addressOf(store: ArtifactStore, place: string): string {
    const folder = this.#options.folders.find((each) => each.store === store);
    return folder === undefined ? `mlflow-artifacts:/${place}` : join(folder.root, place);
  }

  #placeOf(artifactUri: string): { store: ArtifactStore; root: string } {
    if (artifactUri.startsWith('mlflow-artifacts:')) {
      const path = artifactUri.slice('mlflow-artifacts:'.length).replace(/^\/\/[^/]*/, '');
      return { store: this.#options.proxied, root: artifactFolder(path.replace(/^\/+/, '')) };
    }
    const place = localPlace(artifactUri);
    for (const folder of place === undefined ? [] : this.#options.folders) {
      const below = relative(folder.root, place ?? '');
      if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) continue;
      return { store: folder.store, root: below.split(sep).join('/') };
    }
    throw new SlipwayError('forbidden', `The artifacts lie at ${artifactUri}, where Slipway does not read.`);
  }

  #found(artifact: StoredArtifact | undefined, path: string): StoredArtifact {
    if (artifact === undefined) throw new SlipwayError('not-found', `No such artifact: '${path}'`);
    return artifact;
  }

  #tell(path: string): void {
    const [, owner, folder] = path.split('/', 3);
    if (owner !== undefined && folder === 'artifacts') this.#options.events.runChanged(owner);
  }
}

function localPlace(artifactUri: string): string | undefined {
  if (isAbsolute(artifactUri)) return artifactUri;
  if (!artifactUri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(artifactUri);
  } catch {
    return undefined;
  }
}

function joined(root: string, path: string): string {
  return [root, path].filter((part) => part !== '').join('/');
}
