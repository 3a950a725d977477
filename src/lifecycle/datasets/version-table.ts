// What the data process reads for a version: the files themselves while they are as they were, else what is kept of them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { nameFile } from '../../platform/files/name-link';
import { objectPlace } from '../../platform/objects/placed-object';
import type { DatasetDefinition, DatasetFile } from '../../protocol/datasets/dataset';
import type { TableFiles, TableSource } from '../../protocol/datasets/table-source';
import { stampOf } from './content/file-stamp';
import { globParts, isGlob } from './content/glob';
import { rememberedPath } from './content/read-content';
import { partPath } from './content/selected-listing';
import type { DatasetsContext } from './context';
import { cachedPlaces } from './dvc/cached-content';
import { sourceFileName } from './sources/source-file';
import { rememberedFile } from './store/content-store';
import { KeptObjects } from './store/kept-objects';
import { type NamedFiles, tableFilesOf } from './table-files';

/** A version's files, and what its dataset is. */
export interface VersionFiles extends NamedFiles {
  id: string;
  /** The SELECT of a version that is one; its files' paths then begin with the names of their datasets. */
  query: string | null;
}

/** What a dataset is now; undefined for one that is not known any more. */
export type DefinitionOf = (name: string) => DatasetDefinition | undefined;

/** Where the files of a version lie now. */
export class VersionPlaces {
  readonly #context: Pick<DatasetsContext, 'database' | 'folder' | 'objects'>;
  readonly #definitionOf: DefinitionOf;
  readonly #kept: KeptObjects;

  constructor(context: Pick<DatasetsContext, 'database' | 'folder' | 'objects'>, definitionOf: DefinitionOf) {
    this.#context = context;
    this.#definitionOf = definitionOf;
    this.#kept = new KeptObjects(context);
  }

  /** What is read for a version. Throws as `table` does. */
  source(version: VersionFiles): TableSource {
    if (version.query === null) return this.#table(version);
    const tables = [...this.#parts(version)].map(([name, part]) => [name, this.#table(part)] as const);
    return { query: version.query, tables: Object.fromEntries(tables) };
  }

  /** The SHA-256 of each file that `source` reads, in its order. Throws SlipwayError `invalid` as `source` does. */
  contents(version: VersionFiles): string[] {
    const parts = version.query === null ? [version] : [...this.#parts(version).values()];
    return parts.flatMap((part) => tableFilesOf(part, ({ sha256 }) => sha256).files);
  }

  /** True for a table that is read from what is kept alone: that never changes. */
  isKept(source: TableSource): boolean {
    const tables = 'query' in source ? Object.values(source.tables) : [source];
    return tables.every(({ files }) => files.every((file) => file.startsWith(`${this.#links}${sep}`)));
  }

  /** Where objects are linked to by the names of their files. */
  get #links(): string {
    return join(dirname(this.#context.objects), 'versions');
  }

  /** The files of a SELECT's version by the datasets they are of. */
  #parts({ id, files }: VersionFiles): Map<string, VersionFiles> {
    const parts = new Map<string, VersionFiles & { files: DatasetFile[] }>();
    for (const file of files) {
      const { name, path } = partPath(file.path);
      const part = parts.get(name) ?? { name, id, files: [], definition: this.#definitionOf(name) ?? {}, query: null };
      part.files.push({ ...file, path });
      parts.set(name, part);
    }
    return parts;
  }

  /**
   * The table of a version. Throws SlipwayError `invalid` for files of no known or of several formats, `unavailable` where
   * a file has changed and its bytes are not kept, `damaged` where they are and are not what they were.
   */
  #table(version: VersionFiles): TableFiles {
    let known: ReturnType<typeof cachedPlaces> | undefined;
    const cached = (md5: string): string[] => {
      known ??= cachedPlaces(dirname(liveRoot(this.#context.folder, version.definition) ?? this.#context.folder));
      return known(md5);
    };
    return tableFilesOf(version, (file) => this.#placeOf(version, file, cached));
  }

  /** The places where a content may lie, the best first: the store, then the dataset's own file. */
  places(version: VersionFiles, file: DatasetFile): string[] {
    const { definition, path } = this.#ownerOf(version, file.path);
    const live = livePlace(this.#context.folder, definition, path);
    return [objectPlace(this.#context.objects, file.sha256), ...(live === undefined ? [] : [live])];
  }

  #ownerOf({ definition, query }: VersionFiles, path: string): { definition: DatasetDefinition; path: string } {
    if (query === null) return { definition, path };
    const part = partPath(path);
    return { definition: this.#definitionOf(part.name) ?? {}, path: part.path };
  }

  #placeOf(version: VersionFiles, file: DatasetFile, cached: (md5: string) => string[]): string {
    // What is kept never changes; a file may while a question about it waits for its turn.
    const object = objectPlace(this.#context.objects, file.sha256);
    const state = this.#kept.state(file.sha256);
    if (state === 'sound') return this.#named(version, file, object);
    const live = livePlace(this.#context.folder, version.definition, file.path);
    if (live !== undefined && this.#isUnchanged(live, file)) return live;
    const what = file.path === '' ? 'its file' : file.path;
    const inCache = cached(file.md5).find((place) => isTrusted(place, file));
    if (inCache !== undefined) return this.#named(version, file, inCache);
    if (state === 'damaged') throw damaged(version, object, what);
    const now = live === undefined || existsSync(live) ? 'has changed since' : 'is gone';
    const sentence = `${version.name}@${version.id.slice(0, 12)} cannot be read: its bytes are not kept, and ${what} ${now}. Bring it back as it was.`;
    throw new SlipwayError('unavailable', sentence);
  }

  #isUnchanged(place: string, file: DatasetFile): boolean {
    const found = statSync(place, { bigint: true, throwIfNoEntry: false });
    if (found === undefined || Number(found.size) !== file.bytes) return false;
    const known = rememberedFile(this.#context.database, rememberedPath(this.#context.folder, place));
    return known?.sha256 === file.sha256 && known.stamp === stampOf(found);
  }

  /** An object has a hash for a name; a link gives it one by which its packing is known and that sentences can use. */
  #named({ id, definition, name }: VersionFiles, file: DatasetFile, object: string): string {
    const path = file.path === '' ? singleName(definition, name) : file.path;
    const link = join(this.#links, id.slice(0, 16), createHash('sha256').update(name).digest('hex').slice(0, 8), path);
    mkdirSync(dirname(link), { recursive: true });
    nameFile(object, link);
    return link;
  }
}

/** As DVC trusts it: an object that nobody may write to is not read again. */
function isTrusted(place: string, file: DatasetFile): boolean {
  const found = statSync(place, { throwIfNoEntry: false });
  return found !== undefined && found.size === file.bytes && (found.mode & 0o222) === 0;
}

function damaged({ name, id }: VersionFiles, object: string, what: string): SlipwayError {
  const sentence = `${name}@${id.slice(0, 12)} cannot be read: what is kept of ${what} is damaged (${object}). Bring the file back as it was and run \`slipway dataset refresh ${name}\`, or copy the object from a backup.`;
  return new SlipwayError('damaged', sentence);
}

/** Where the dataset's own file of that path is now; undefined for one that is fetched. */
function livePlace(folder: string, definition: DatasetDefinition, path: string): string | undefined {
  const root = liveRoot(folder, definition);
  return root === undefined ? undefined : path === '' ? root : join(root, path);
}

/** The folder that paths of a listing begin in, or for a dataset of one file that file; undefined for what is fetched. */
function liveRoot(folder: string, { path }: DatasetDefinition): string | undefined {
  if (path === undefined) return undefined;
  const places = [path].flat().map((each) => {
    const place = resolve(folder, each);
    const found = statSync(place, { throwIfNoEntry: false });
    const isPattern = found === undefined && isGlob(each);
    return { place: isPattern ? globParts(place).folder || '/' : place, isFile: found?.isFile() ?? !isPattern };
  });
  const [only] = places;
  if (places.length === 1 && only !== undefined) return only.place;
  return places.map(({ place, isFile }) => (isFile ? dirname(place) : place)).reduce(shared);
}

function shared(common: string, folder: string): string {
  let at = common;
  while (folder !== at && !folder.startsWith(at.endsWith('/') ? at : `${at}/`)) at = dirname(at);
  return at;
}

function singleName({ path, source }: DatasetDefinition, name: string): string {
  if (path !== undefined) return basename(String([path].flat()[0]));
  return source === undefined ? name : sourceFileName(source, name);
}
