// The one narrow door to where artifacts lie; behind it are the content store or a plain folder.
import type { Readable } from 'node:stream';
import type { ArtifactCount, ArtifactEntry, DeletedArtifact } from '../../../protocol/run';

/** A stored file, ready to be read whole or in part (`start` and `end` in bytes, both included). */
export interface StoredArtifact {
  size: number;
  open(range?: { start: number; end: number }): Promise<Readable>;
}

/** Paths are relative to the artifact root and already judged by `artifactPath`. */
export interface ArtifactStore {
  /** Keeps all of `body` or nothing. Throws SlipwayError `invalid` where a file stands in a folder's place. */
  write(path: string, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** The file at `path`; undefined where there is none, or a folder. */
  find(path: string): Promise<StoredArtifact | undefined>;
  /** What lies directly in the folder `path` ('' is the root), by name; empty when there is none. */
  list(path: string): Promise<ArtifactEntry[]>;
  /** How many files lie below the folder `path`, however deep, and their bytes together. */
  count(path: string): Promise<ArtifactCount>;
  /** Removes a file, or a folder with all below it: to the trash where the store has one. Returns how many files went. */
  remove(path: string): Promise<number>;
  /** Takes back what was removed last of a file or a folder; returns how many files. 0 where there is no trash. */
  restore(path: string): Promise<number>;
  /** What lies in the trash of a folder, by path, `limit` files behind `after` ('' is the start); none where there is no trash. */
  deleted(folder: string, page: { after: string; limit: number }): DeletedArtifact[];
}
