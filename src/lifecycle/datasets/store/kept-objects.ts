// Objects that versions are kept in, and whether their bytes are still what their names say: disks lose bytes, and people
// write into folders. Each is read once, and again only when it looks otherwise.
import { statSync } from 'node:fs';
import { SlipwayError } from '../../../base/errors';
import { objectPlace, storedHashes } from '../../../platform/objects/placed-object';
import type { DatasetFile } from '../../../protocol/datasets/dataset';
import { digestFile } from '../content/file-digest';
import { stampOf } from '../content/file-stamp';
import { type HashedFile, rememberedPath } from '../content/read-content';
import type { DatasetsContext } from '../context';
import { rememberedFile, rememberedFiles } from './content-store';

const lookedAtOnce = 5000;

/** How objects looked when this process read them, by place. */
const checked = new Map<string, string>();

/** The objects of a workspace. */
export class KeptObjects {
  readonly #context: Pick<DatasetsContext, 'database' | 'folder' | 'objects'>;

  constructor(context: Pick<DatasetsContext, 'database' | 'folder' | 'objects'>) {
    this.#context = context;
  }

  /** Whether the object of that content is there, and holds it. `read` is told of bytes and may throw. */
  state(sha256: string, read: (bytes: number) => void = () => undefined): 'sound' | 'missing' | 'damaged' {
    const place = objectPlace(this.#context.objects, sha256);
    const stamp = stampAt(place);
    if (stamp === undefined) return 'missing';
    if (checked.get(place) === stamp) return 'sound';
    const known = this.#remembered(place);
    if (known?.stamp === stamp && known.sha256 === sha256) return 'sound';
    if (digestOf(place, read) !== sha256) return 'damaged';
    checked.set(place, stamp);
    return 'sound';
  }

  /** What is to be remembered of objects that were just placed or read, so that they are not read again. */
  unremembered(files: readonly DatasetFile[]): HashedFile[] {
    return files.flatMap(({ sha256, md5 }) => {
      const place = objectPlace(this.#context.objects, sha256);
      const stamp = stampAt(place);
      if (stamp === undefined || this.#remembered(place)?.stamp === stamp) return [];
      return [{ path: rememberedPath(this.#context.folder, place), stamp, sha256, md5 }];
    });
  }

  /**
   * Of very many contents those that have to be looked at one by one: the ones that are gone, that were not read since they
   * were placed, and a few thousand others each time.
   */
  doubtful(hashes: readonly string[]): Set<string> {
    const { database, folder, objects } = this.#context;
    const place = (sha256: string): string => rememberedPath(folder, objectPlace(objects, sha256));
    const known = rememberedFiles(database, hashes.map(place));
    const there = new Set(storedHashes(objects));
    const first = Math.floor(Math.random() * hashes.length);
    return new Set(
      hashes.filter(
        (sha256, index) =>
          (index >= first && index < first + lookedAtOnce) ||
          !there.has(sha256) ||
          known.get(place(sha256))?.sha256 !== sha256,
      ),
    );
  }

  #remembered(place: string): Omit<HashedFile, 'path'> | undefined {
    return rememberedFile(this.#context.database, rememberedPath(this.#context.folder, place));
  }
}

function stampAt(place: string): string | undefined {
  const found = statSync(place, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : stampOf(found);
}

/** Undefined for one that cannot be read to its end. */
function digestOf(place: string, read: (bytes: number) => void): string | undefined {
  try {
    return digestFile(place, { names: ['sha256'], read }).sha256;
  } catch (error) {
    if (SlipwayError.is(error, 'invalid') || SlipwayError.is(error, 'conflict')) return undefined;
    throw error;
  }
}
