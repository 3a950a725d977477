// Reads what a dataset holds now and lands it as a version: nothing is registered before all of it was read and kept.
import { statSync } from 'node:fs';
import { SlipwayError } from '../../../../base/errors';
import { stampOf } from '../../../../lifecycle/datasets/content/file-stamp';
import { type FoundFiles, findFiles } from '../../../../lifecycle/datasets/content/found-files';
import { type ReadContent, readContent } from '../../../../lifecycle/datasets/content/read-content';
import { keepContent, type Snapshot } from '../../../../lifecycle/datasets/content/snapshot';
import { adviceOnMissing, contentInCache, refuseDvcFile } from '../../../../lifecycle/datasets/dvc/cached-content';
import { scheduleFingerprint } from '../../../../lifecycle/datasets/sources/source-fingerprint';
import { rememberedFiles } from '../../../../lifecycle/datasets/store/content-store';
import { DatasetStore } from '../../../../lifecycle/datasets/store/dataset-store';
import { KeptObjects } from '../../../../lifecycle/datasets/store/kept-objects';
import { type VersionRow, VersionStore } from '../../../../lifecycle/datasets/store/version-store';
import { mixedTables, type NamedFiles, tableFilesOf } from '../../../../lifecycle/datasets/table-files';
import type { Landing, VersionShape } from '../../../../lifecycle/datasets/version-landing';
import { type Database, openForReading } from '../../../../platform/sqlite/database';
import type { DatasetDefinition } from '../../../../protocol/datasets/dataset';
import type { ReadDataset } from '../../../../protocol/datasets/dataset-api';
import type { TableSource } from '../../../../protocol/datasets/table-source';
import { WorkspaceLayout } from '../../../../protocol/folder/layout';
import { type LoadedConfig, loadConfig } from '../../../../workspace/config';
import type { JobGiven } from '../job-given';
import type { JobPort } from '../job-port';
import { copyLimitOf } from './copy-limit';
import { DigestPool } from './digest-pool';
import { readFetched } from './fetched-content';
import { landedVersion, type Reading } from './reading';
import { readSelected } from './selected-content';

/** `definition` null: what slipway.yaml says; else a new dataset, which is written there. */
export interface RefreshTerms extends Omit<JobGiven, 'request'> {
  dataset: string;
  definition: DatasetDefinition | null;
  /** The fingerprint of the schedule by which it is fetched; none where somebody asked. */
  scheduled?: string | undefined;
}

const contentsAtOnce = 2000;
const mostLookedAfter = 5000;
/** Files of a table beyond which opening them all just to count takes too long. */
const mostCounted = 10_000;

/**
 * Throws SlipwayError `not-found` for a dataset or a path that is not there, `invalid` for one that cannot be read,
 * `conflict` for files that do not hold still, `already-exists` for the name of a new dataset that is taken.
 */
export async function refreshDataset(terms: RefreshTerms, port: JobPort): Promise<ReadDataset> {
  const database = openForReading(terms.database);
  const refresh = new Refresh(terms, port, database);
  try {
    return await refresh.run();
  } finally {
    refresh.dispose();
    database.close();
  }
}

/** One reading of one dataset, and of those that it selects from. */
export class Refresh {
  readonly layout: WorkspaceLayout;
  readonly port: JobPort;
  /** The queries that are being read, each of which selects from the next. */
  readonly selecting: string[] = [];
  readonly #terms: RefreshTerms;
  readonly #database: Database;
  readonly #digests: DigestPool;
  readonly #loaded: LoadedConfig;
  #total = 0;

  constructor(terms: RefreshTerms, port: JobPort, database: Database) {
    this.#terms = terms;
    this.port = port;
    this.#database = database;
    this.layout = new WorkspaceLayout(terms.root);
    this.#digests = new DigestPool((bytes) => port.progress('reading files', bytes, this.#total));
    this.#loaded = loadConfig(this.layout.config);
    if (this.#loaded.isUnread) this.#refuseMistake(terms.dataset);
  }

  get keptObjects(): KeptObjects {
    return new KeptObjects(this.context);
  }

  /** Where versions and their bytes are kept. */
  get context(): { database: Database; folder: string; objects: string } {
    const { root, objects } = this.layout;
    return { database: this.#database, folder: root, objects };
  }

  async run(): Promise<ReadDataset> {
    const { dataset, definition: given } = this.#terms;
    if (given !== null) await this.port.call('refuseTaken', dataset);
    const definition = given ?? this.definitionOf(dataset);
    if (definition === undefined) {
      const sentence = `There is no dataset ${dataset}. \`slipway dataset add\` registers one; \`slipway dataset list\` shows those there are.`;
      throw new SlipwayError('not-found', sentence);
    }
    const { landing, reading } = await this.land(dataset, definition);
    const { hashed, notes } = reading;
    const { storage } = landing.version;
    const said = storage.kind === 'kept' ? [] : [`Only its hashes are kept: ${storage.why}`];
    return { dataset, definition, ...landing, hashed, notes: [...notes, ...said] };
  }

  /** What slipway.yaml says of a dataset, or said last. */
  definitionOf(name: string): DatasetDefinition | undefined {
    const { datasets } = this.#loaded.config;
    const declared = Object.hasOwn(datasets, name) ? datasets[name] : undefined;
    // What it said last may not be what the entry with the mistake means.
    if (declared === undefined) this.#refuseMistake(name);
    return declared ?? new DatasetStore(this.#database).find(name)?.definition;
  }

  #refuseMistake(name: string): void {
    const [problem] = this.#loaded.problems;
    if (problem !== undefined) throw new SlipwayError('invalid', `${name} was not read. ${problem}`);
  }

  /** Throws SlipwayError `forbidden` for a command that nobody agreed to here; who registers one has written it. */
  async requireConsent({ dataset, definition }: { dataset: string; definition: DatasetDefinition }): Promise<void> {
    if (this.#terms.definition !== null && dataset === this.#terms.dataset) return;
    const { scheduled } = this.#terms;
    if (scheduled !== undefined && scheduleFingerprint(dataset, definition) !== scheduled) {
      const sentence = `${dataset} was not fetched: slipway.yaml says something else of it than when its schedule was enabled.`;
      throw new SlipwayError('conflict', sentence);
    }
    await this.port.call('requireConsent', { dataset, definition });
  }

  /** The names of all datasets there are. */
  names(): string[] {
    const known = new DatasetStore(this.#database).all(false).map(({ name }) => name);
    return [...new Set([...known, ...Object.keys(this.#loaded.config.datasets)])];
  }

  /** Reads a dataset and makes what was read a version. */
  async land(dataset: string, definition: DatasetDefinition): Promise<{ landing: Landing; reading: Reading }> {
    const reading = await this.#read(dataset, definition);
    const shape = reading.shape ?? (await this.#shape(dataset, reading));
    this.port.progress('keeping the version', 0, 0);
    const declare = this.#terms.definition !== null && dataset === this.#terms.dataset;
    const landed = landedVersion(reading, { dataset, definition, declare, shape });
    return { landing: await this.port.call<Landing>('landVersion', landed), reading };
  }

  /** Reads the files of paths that begin in the workspace's folder. */
  async files(paths: readonly string[]): ReturnType<typeof readContent> {
    return readContent({
      folder: this.layout.root,
      found: this.#find(paths),
      known: (paths) => rememberedFiles(this.#database, paths),
      plan: (bytes) => {
        this.#total = bytes;
      },
      read: (files) => this.#digests.read(files),
      remember: (files) => (files.length === 0 ? Promise.resolve() : this.port.call('rememberFiles', files)),
    });
  }

  /** What is not here may be in the cache of DVC. */
  #find(paths: readonly string[]): FoundFiles {
    const { root } = this.layout;
    if (paths.length === 1 && paths[0] !== undefined) refuseDvcFile(root, paths[0]);
    try {
      return findFiles(root, paths, () => this.port.goOn());
    } catch (error) {
      const [path, ...others] = paths;
      if (!SlipwayError.is(error, 'not-found') || path === undefined || others.length > 0) throw error;
      const cached = contentInCache(root, path);
      if (cached !== undefined) return cached;
      const advice = adviceOnMissing(root, path);
      throw advice === undefined ? error : new SlipwayError('not-found', advice, { cause: error });
    }
  }

  /** What the data process says of a table. Throws what is wrong with it, with file and line. */
  shapeOf(source: TableSource): Promise<VersionShape> {
    this.port.progress('counting rows', 0, 0);
    return this.port.call<VersionShape>('shapeOf', source);
  }

  /** Names contents of the store as data, before the version that has them lands. */
  async nameContents(snapshot: Snapshot): Promise<void> {
    if ('why' in snapshot) return;
    const { contents } = snapshot;
    for (let from = 0; from < contents.length; from += contentsAtOnce) {
      this.port.progress('keeping files', from, contents.length);
      await this.port.call('nameDataContents', contents.slice(from, from + contentsAtOnce));
    }
  }

  #known(dataset: string, id: string): VersionRow | undefined {
    const row = new DatasetStore(this.#database).find(dataset);
    return row === undefined ? undefined : new VersionStore(this.#database).find(row.dataset, id);
  }

  /** What is kept already is not kept again; it is looked whether all of it is there still, and of very many files whether some are unharmed. */
  async #keep(content: ReadContent, known: VersionRow | undefined): Promise<Snapshot> {
    const isKept = known !== undefined && known.referenceWhy === null && known.deletedTime === null;
    const kept = this.keptObjects;
    const { files } = content.listing;
    const isLarge = isKept && files.length > mostLookedAfter;
    const doubtful = isLarge ? kept.doubtful(files.map(({ sha256 }) => sha256)) : undefined;
    const looked = files.filter(({ sha256 }) => doubtful?.has(sha256) ?? true);
    const snapshot = keepContent(content, {
      objects: this.layout.objects,
      isSound: (sha256) => doubtful?.has(sha256) === false || kept.state(sha256, () => this.port.goOn()) === 'sound',
      limit: copyLimitOf(this.#loaded.config),
      progress: (done, total) => this.port.progress('keeping files', done, total),
    });
    const placed = 'why' in snapshot ? [] : kept.unremembered(looked);
    if (placed.length > 0) await this.port.call('rememberFiles', placed);
    if (!isKept) await this.nameContents(snapshot);
    return snapshot;
  }

  /** A table that cannot be read is no version; what was counted before is not counted again. */
  async #shape(dataset: string, { listing, table, places }: Reading): Promise<VersionShape | null> {
    const counted = this.#known(dataset, listing.id)?.rowCount ?? null;
    if (table === null || counted !== null || listing.files.length > mostCounted) return null;
    const shape = await this.shapeOf(table);
    const changed = places.find((each) => !isStill(each));
    if (changed === undefined) return shape;
    throw new SlipwayError('conflict', `${changed.place} changed while its rows were counted. Try again.`);
  }

  dispose(): void {
    this.#digests.dispose();
  }

  async #read(dataset: string, definition: DatasetDefinition): Promise<Reading> {
    const { path, query, source } = definition;
    if (source !== undefined) return readFetched(this, { dataset, definition, source });
    if (query !== undefined) return readSelected(this, { dataset, query });
    const content = await this.files([path ?? []].flat());
    const known = this.#known(dataset, content.listing.id);
    const snapshot = await this.#keep(content, known);
    const { listing, found, places, hashed, notes } = content;
    const named = { name: dataset, definition, files: listing.files };
    const table = tableIn(named, (path) => places.get(path)?.place ?? path);
    const mixed = table === null ? mixedTables(named) : undefined;
    return {
      listing,
      kind: found.kind,
      known: known !== undefined,
      snapshot,
      table,
      places: [...places.values()],
      query: null,
      edges: [],
      hashed,
      notes: mixed === undefined ? notes : [...notes, mixed],
    };
  }
}

function isStill({ place, stamp }: Reading['places'][number]): boolean {
  const found = statSync(place, { bigint: true, throwIfNoEntry: false });
  return found !== undefined && stampOf(found) === stamp;
}

/** Null for files that are no table, such as images. */
function tableIn(version: NamedFiles, placeOf: (path: string) => string): TableSource | null {
  try {
    return tableFilesOf(version, ({ path }) => placeOf(path));
  } catch (error) {
    if (SlipwayError.is(error, 'invalid')) return null;
    throw error;
  }
}
