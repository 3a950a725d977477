// Which data with a contract the inputs of a training are: by where they lie, by the file itself under another name, and by
// their bytes.
import { statSync } from 'node:fs';
import { SlipwayError } from '../../../base/errors';
import type { Database } from '../../../platform/sqlite/database';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';
import { digestFile } from '../content/file-digest';
import { stampOf } from '../content/file-stamp';
import { type FoundFile, findFiles } from '../content/found-files';
import { rememberedPath } from '../content/read-content';
import { DatasetPlaces } from '../dataset-places';
import { rememberedFile } from '../store/content-store';
import { DatasetStore } from '../store/dataset-store';
import { VersionStore } from '../store/version-store';

/** `inputs` are absolute paths, `folder` is the workspace's, `datasets` those with a contract. */
export interface NamedDataQuery {
  folder: string;
  inputs: readonly string[];
  datasets: readonly { name: string; definition: DatasetDefinition }[];
}

/** `current`: datasets that are read as they are now. `versions`: those whose bytes lie somewhere else. */
export interface NamedData {
  current: string[];
  versions: { dataset: string; id: string }[];
}

/** Files of versions that inputs are compared with, and versions of one dataset: the newest. */
const mostFiles = 200_000;
const mostVersions = 100;

/** It walks and may hash files, so it is for a reader thread. */
export function namedData(database: Database, { folder, inputs, datasets }: NamedDataQuery): NamedData {
  const all = datasets.map((each) => ({ ...each, places: new DatasetPlaces(folder, [each]) }));
  const byPath = all.filter(({ places }) => inputs.some((input) => places.touched(input) !== undefined));
  const files = inputs.flatMap((input) => filesOf(folder, [input]));
  const other = all.filter((each) => !byPath.includes(each));
  const current = [...byPath, ...sameFiles(folder, other, files)];
  // What is read anew with its dataset need not be looked up.
  const elsewhere = files.filter(({ place }) => current.every(({ places }) => places.at(place) === undefined));
  return {
    current: current.map(({ name }) => name),
    versions: sameBytes(database, { folder, datasets, files: elsewhere }),
  };
}

/** What cannot be found or read is no file; who reads it next says why. */
function filesOf(folder: string, paths: readonly string[]): FoundFile[] {
  try {
    return findFiles(folder, paths, () => undefined).files;
  } catch (error) {
    if (SlipwayError.is(error)) return [];
    throw error;
  }
}

/** Datasets one of whose files has a second name among these. */
function sameFiles<T extends { definition: DatasetDefinition }>(
  folder: string,
  datasets: readonly T[],
  files: readonly FoundFile[],
): T[] {
  const linked = new Set(files.filter(({ stat }) => stat.nlink > 1n).map(identityOf));
  if (linked.size === 0) return [];
  return datasets.filter(({ definition: { path } }) =>
    filesOf(folder, [path ?? []].flat()).some((file) => linked.has(identityOf(file))),
  );
}

function identityOf({ stat }: FoundFile): string {
  return `${stat.dev}.${stat.ino}`;
}

/** Versions that hold one of these files: of each dataset the newest that does. Only files of the same size are hashed. */
function sameBytes(
  database: Database,
  { folder, datasets, files }: Pick<NamedDataQuery, 'folder' | 'datasets'> & { files: readonly FoundFile[] },
): NamedData['versions'] {
  if (files.length === 0) return [];
  const known = knownContents(database, datasets);
  const found = new Map<string, NamedData['versions'][number]>();
  for (const file of files) {
    if (!known.sizes.has(Number(file.stat.size))) continue;
    for (const version of known.versions.get(contentOf(database, folder, file)) ?? [])
      found.set(JSON.stringify(version), version);
  }
  return [...found.values()];
}

interface KnownContents {
  sizes: Set<number>;
  /** By SHA-256. */
  versions: Map<string, NamedData['versions']>;
}

function knownContents(database: Database, datasets: NamedDataQuery['datasets']): KnownContents {
  const [rows, store] = [new DatasetStore(database), new VersionStore(database)];
  const known: KnownContents = { sizes: new Set(), versions: new Map() };
  let left = mostFiles;
  for (const { name } of datasets) {
    const row = rows.find(name);
    if (row === undefined) continue;
    // What is selected from a dataset is judged by its own contract, and not the files it was selected from.
    const versions = store
      .page(row.dataset, { deleted: false, limit: mostVersions, offset: 0 })
      .filter(({ query }) => query === null);
    for (const { id } of versions) {
      for (const { sha256, bytes } of (store.files(id) ?? []).slice(0, left)) {
        left -= 1;
        // Empty files are the same everywhere.
        if (bytes === 0) continue;
        const same = known.versions.get(sha256) ?? [];
        if (!same.some(({ dataset }) => dataset === name)) known.versions.set(sha256, [...same, { dataset: name, id }]);
        known.sizes.add(bytes);
      }
    }
  }
  return known;
}

/** The SHA-256; '' for a file that cannot be read. */
function contentOf(database: Database, folder: string, { place }: FoundFile): string {
  const known = rememberedFile(database, rememberedPath(folder, place));
  const found = statSync(place, { bigint: true, throwIfNoEntry: false });
  if (known !== undefined && found !== undefined && known.stamp === stampOf(found)) return known.sha256;
  try {
    return digestFile(place, { names: ['sha256'], read: () => undefined }).sha256;
  } catch (error) {
    if (SlipwayError.is(error)) return '';
    throw error;
  }
}
