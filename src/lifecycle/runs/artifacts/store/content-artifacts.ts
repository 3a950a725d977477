// Proxied artifacts: names in SQLite, bytes in the object store, the same bytes once.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SlipwayError } from '../../../../base/errors';
import type { ObjectStore, ReceivedContent } from '../../../../platform/objects/object-store';
import type { Database, Statement } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { ArtifactCount, ArtifactEntry, DeletedArtifact } from '../../../../protocol/run';
import type { WriteQueue } from '../../../../workspace/write-queue';
import type { ArtifactStore, StoredArtifact } from '../artifact-store';
import { ArtifactTrash, type TrashPlace, type TrashStep } from './artifact-trash';

interface Row {
  path: string;
  sha256: string;
  size: number;
}

/** What the store keeps names and bytes in, and the turn in which it writes. `now` is epoch milliseconds. */
export interface ContentArtifactsOptions {
  database: Database;
  objects: ObjectStore;
  writes: WriteQueue;
  now: () => number;
  /** True for contents that something else than artifacts names. */
  isUsedElsewhere: (sha256: string) => boolean;
}

/** The artifact store of a workspace. Content that no artifact names any more, in the trash or out of it, is freed at once. */
export class ContentArtifacts implements ArtifactStore {
  readonly #database: Database;
  readonly #objects: ObjectStore;
  readonly #writes: WriteQueue;
  readonly #now: () => number;
  readonly #isUsedElsewhere: (sha256: string) => boolean;
  readonly #byPath: Statement<[string], Row>;
  readonly #next: Statement<[string, string], Row>;
  readonly #used: Statement<[string, string]>;
  /** Deleted artifacts. */
  readonly trash: ArtifactTrash;
  readonly #held = new Set<string>();
  #holders = 0;

  constructor(options: ContentArtifactsOptions) {
    this.#database = options.database;
    this.#objects = options.objects;
    this.#writes = options.writes;
    this.#now = options.now;
    this.#isUsedElsewhere = options.isUsedElsewhere;
    this.trash = new ArtifactTrash(this.#database);
    this.#used = this.#database.prepare(
      `SELECT 1 FROM artifacts WHERE sha256 = ? UNION ALL SELECT 1 FROM artifacts_trash WHERE sha256 = ? LIMIT 1`,
    );
    this.#byPath = this.#database.prepare('SELECT path, sha256, size FROM artifacts WHERE path = ?');
    this.#next = this.#database.prepare(
      'SELECT path, sha256, size FROM artifacts WHERE path >= ? AND path < ? ORDER BY path LIMIT 1',
    );
  }

  async write(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    this.#refuseCollision(path);
    const content = await this.#objects.receive(body);
    try {
      await this.#writes.run(() => this.#commit(path, content));
    } catch (error) {
      content.discard();
      throw error;
    }
  }

  async find(path: string): Promise<StoredArtifact | undefined> {
    const row = this.#byPath.get(path);
    if (row === undefined) return undefined;
    return { size: row.size, open: (range) => this.#objects.open(row.sha256, range) };
  }

  async list(path: string): Promise<ArtifactEntry[]> {
    const prefix = path === '' ? '' : `${path}/`;
    const end = path === '' ? '\u{10ffff}' : after(path);
    const entries: ArtifactEntry[] = [];
    // One step per child, not per file below it: after a folder the next step starts behind all it holds.
    let cursor = prefix;
    for (let row = this.#next.get(cursor, end); row !== undefined; row = this.#next.get(cursor, end)) {
      const slash = row.path.indexOf('/', prefix.length);
      if (slash < 0) {
        entries.push({ path: row.path, isDirectory: false, size: row.size });
        cursor = `${row.path}\u0001`;
      } else {
        const folder = row.path.slice(0, slash);
        entries.push({ path: folder, isDirectory: true, size: null });
        cursor = after(folder);
      }
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async count(path: string): Promise<ArtifactCount> {
    const [from, to] = path === '' ? ['', '\u{10ffff}'] : [`${path}/`, after(path)];
    const count = this.#database
      .prepare<[string, string], ArtifactCount>(
        'SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM artifacts WHERE path >= ? AND path < ?',
      )
      .get(from, to);
    return count ?? { files: 0, bytes: 0 };
  }

  async remove(path: string): Promise<number> {
    const now = this.#now();
    return this.#inSteps(path, (place) => this.#writes.run(() => this.trash.discardSome(place, now)));
  }

  async restore(path: string): Promise<number> {
    // All of it is looked at before any of it is moved.
    await this.#inSteps(path, (place) => this.trash.checkSome(place));
    return this.#inSteps(path, (place) => this.#writes.run(() => this.trash.restoreSome(place)));
  }

  deleted(folder: string, page: { after: string; limit: number }): DeletedArtifact[] {
    return this.trash.list(folder, page);
  }

  /** Steps of a few milliseconds, with turns for others between them; returns how many files they were about. */
  async #inSteps(path: string, step: (place: TrashPlace) => TrashStep | Promise<TrashStep>): Promise<number> {
    let files = 0;
    for (let after: string | null = null; ; await nextTurn()) {
      const taken: TrashStep = await step({ path, after });
      files += taken.files;
      if (taken.after === null) return files;
      after = taken.after;
    }
  }

  /** Until the returned function is called, contents that nothing names any more stay where they are. */
  hold(): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
      if (this.#holders > 0) return;
      const held = [...this.#held];
      this.#held.clear();
      this.free(held);
    };
  }

  /** Gives a content of the store a name, or another content to a name; inside a transaction. */
  name(path: string, { sha256, size }: { sha256: string; size: number }): void {
    prepared<unknown[], never>(
      this.#database,
      `INSERT INTO artifacts (path, sha256, size, time) VALUES (?, ?, ?, ?)
       ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, time = excluded.time`,
    ).run(path, sha256, size, this.#now());
  }

  /** Frees those of the contents that nothing names. Nothing else runs meanwhile, so none is claimed in between. */
  free(hashes: readonly string[]): { count: number; bytes: number } {
    const freed = { count: 0, bytes: 0 };
    for (const sha256 of hashes) {
      if (this.#used.get(sha256, sha256) !== undefined || this.#isUsedElsewhere(sha256)) continue;
      freed.bytes += this.#objects.remove(sha256);
      freed.count += 1;
    }
    return freed;
  }

  /** From beginning to end nothing else runs, so no other write can free or claim the same content in between. */
  #commit(path: string, content: ReceivedContent): void {
    this.#refuseCollision(path);
    const before = this.#byPath.get(path);
    this.#database
      .transaction(() => {
        this.name(path, content);
        // Behind the lock: a commit that has to wait for its turn must not have moved the bytes yet.
        content.keep();
      })
      .immediate();
    if (before !== undefined && before.sha256 !== content.sha256) this.#free(before.sha256);
  }

  #free(sha256: string): void {
    if (this.#holders > 0) this.#held.add(sha256);
    else this.free([sha256]);
  }

  #refuseCollision(path: string): void {
    if (this.#next.get(`${path}/`, after(path)) !== undefined) {
      throw new SlipwayError('invalid', `Invalid path: ${path} is a folder.`);
    }
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const above = path.slice(0, slash);
      if (this.#byPath.get(above) !== undefined) {
        throw new SlipwayError('invalid', `Invalid path: ${above} is a file, not a folder.`);
      }
    }
  }
}

/** The first text that sorts behind everything below the folder `path`: `0` follows `/` in Unicode. */
function after(path: string): string {
  return `${path}0`;
}
