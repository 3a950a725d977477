// What can be done with datasets as records: found, labelled, described, put into the trash and taken back.
import { SlipwayError } from '../../base/errors';
import type { DatasetDefinition, DatasetFile, DatasetVersion } from '../../protocol/datasets/dataset';
import type {
  DatasetTable,
  DescriptionChange,
  FileListQuery,
  FoundResult,
  KeptResult,
  LabelChange,
  ResultQuery,
  TrashMove,
  VersionListQuery,
  VersionQuery,
} from '../../protocol/datasets/dataset-api';
import type { Page } from '../../protocol/run';
import { writeDatasetEntry } from '../../workspace/config-edits/dataset-entry-edit';
import type { DatasetsContext } from './context';
import { type KnownDataset, KnownDatasets } from './known-datasets';
import { SourceConsents } from './sources/source-consents';
import { ResultStore } from './store/result-store';
import { type VersionRow, VersionStore } from './store/version-store';
import { chooseVersion } from './version-choice';
import { type VersionFiles, VersionPlaces } from './version-table';

/** Every method throws SlipwayError `not-found` for what is not known. */
export class DatasetsService {
  readonly context: DatasetsContext;
  readonly known: KnownDatasets;
  readonly versions: VersionStore;
  readonly places: VersionPlaces;
  readonly consents: SourceConsents;
  readonly #results: ResultStore;

  constructor(context: DatasetsContext) {
    this.context = context;
    this.known = new KnownDatasets(context);
    this.versions = new VersionStore(context.database);
    this.places = new VersionPlaces(context, (name) => this.known.find(name)?.definition);
    this.consents = new SourceConsents(context);
    this.#results = new ResultStore(context.database);
  }

  /** A page of a dataset's versions, the one that was seen last first. */
  listVersions({ dataset, deleted, limit, page }: VersionListQuery): Page<DatasetVersion> {
    const known = this.known.get(dataset);
    if (known.row === undefined) return { items: [], next: null };
    const offset = page === null ? 0 : Number(page);
    const rows = this.versions.page(known.row.dataset, { deleted, limit: limit + 1, offset });
    const items = this.describeVersions(known, rows.slice(0, limit));
    return { items, next: rows.length > limit ? String(offset + limit) : null };
  }

  /** The version of `NAME@VERSION`. */
  getVersion(query: VersionQuery): DatasetVersion {
    const { known, row } = this.#choose(query);
    return this.#described(known, row);
  }

  /** A page of a version's files, by path. */
  listFiles({ limit, page, ...query }: FileListQuery): Page<DatasetFile> {
    const { row } = this.#choose(query);
    const offset = page === null ? 0 : Number(page);
    const files = this.#files(row);
    return {
      items: files.slice(offset, offset + limit),
      next: offset + limit < files.length ? String(offset + limit) : null,
    };
  }

  /** A version and what is read for it. Throws as `VersionPlaces.source` does too. */
  table(query: VersionQuery): DatasetTable {
    const { known, row } = this.#choose(query);
    const source = this.places.source(this.versionFiles(known, row));
    return { source, version: this.#described(known, row), definition: known.definition };
  }

  /** The SHA-256 of each file that is read for a version, in the order of its table. Throws as `table`. */
  tableContents(query: VersionQuery): string[] {
    const { known, row } = this.#choose(query);
    return this.places.contents(this.versionFiles(known, row));
  }

  /** The files of a version, with what its dataset is now. */
  versionFiles({ name, definition }: KnownDataset, row: VersionRow): VersionFiles {
    return { name, id: row.id, files: this.#files(row), definition, query: row.query };
  }

  /** Versions as clients see them. */
  describeVersions({ name, row: dataset }: KnownDataset, rows: readonly VersionRow[]): DatasetVersion[] {
    const numbers = rows.map(({ version }) => version);
    const [labels, states] = [this.versions.labels(numbers), this.versions.states(numbers)];
    const latest =
      dataset === undefined
        ? undefined
        : this.versions.page(dataset.dataset, { deleted: false, limit: 1, offset: 0 })[0];
    return rows.map((row) => ({
      dataset: name,
      id: row.id,
      dvc: row.dvc,
      created: row.createdTime,
      seen: row.seenTime,
      files: row.files,
      bytes: row.bytes,
      isQuery: row.query !== null,
      rows: row.rowCount,
      columns: row.columnCount,
      storage: row.referenceWhy === null ? { kind: 'kept' } : { kind: 'reference', why: row.referenceWhy },
      labels: labels.get(row.version) ?? [],
      states: states.get(row.version) ?? [],
      isLatest: row.version === latest?.version,
      deletedTime: row.deletedTime,
    }));
  }

  /** Moves a label, makes one or takes it away; returns what undoes it. */
  label({ dataset, label, version }: LabelChange): LabelChange {
    const known = this.known.get(dataset);
    if (known.row === undefined) throw new SlipwayError('not-found', `${dataset} has not been read yet.`);
    const number = known.row.dataset;
    const before = this.versions.labelAt(number, label);
    const target =
      version === null
        ? null
        : { ...chooseVersion(this.versions, known, { wanted: version }), time: this.context.now() };
    if (target === null && before === undefined)
      throw new SlipwayError('not-found', `${dataset} has no label ${label}.`);
    const undone = before === undefined ? null : (this.versions.byNumber(before)?.id ?? null);
    if (target !== null) this.#refuseIdStart(number, label, target.version);
    this.versions.setLabel(number, label, target);
    this.context.events.datasetChanged(dataset);
    return { dataset, label, version: undone };
  }

  /** A label that reads like an id would take the name of a version that there is, or will be. Years are no such words. */
  #refuseIdStart(dataset: number, label: string, version: number): void {
    if (!/^[0-9a-f]{4,}$/i.test(label)) return;
    const found = [false, true].flatMap((deleted) => this.versions.beginning(dataset, label.toLowerCase(), deleted));
    const other = found.find((each) => each.version !== version);
    if (other === undefined && (found.length > 0 || !/[a-f]/i.test(label))) return;
    if (other === undefined) {
      const sentence = `${label} reads like the beginning of a version's id. Choose another label, such as v-${label}.`;
      throw new SlipwayError('invalid', sentence);
    }
    const sentence = `${label} is the beginning of another version's id (${other.id.slice(0, 12)}). Choose another label.`;
    throw new SlipwayError('invalid', sentence);
  }

  /** Writes into slipway.yaml; returns what undoes it. Throws as `writeDatasetEntry` does too. */
  describe({ dataset, ...changes }: DescriptionChange): DescriptionChange {
    const known = this.known.get(dataset);
    const { definition } = known;
    const before = Object.fromEntries(
      Object.keys(changes).map((key) => [key, definition[key as keyof DatasetDefinition] ?? null]),
    );
    const keys = known.declared ? changes : { ...definition, ...changes };
    writeDatasetEntry(this.context.configPath, { name: dataset, keys: keys as Partial<DatasetDefinition> });
    this.#refreshDefinition(dataset);
    this.context.events.datasetChanged(dataset);
    return { dataset, ...before };
  }

  /** To the trash: a version, or with the entry in slipway.yaml the dataset. */
  remove({ dataset, version }: TrashMove): void {
    const known = this.known.get(dataset);
    const now = this.context.now();
    if (version !== null) {
      this.versions.setDeleted(chooseVersion(this.versions, known, { wanted: version }).version, now);
    } else {
      // A dataset that was never read is kept all the same, so that this can be undone.
      const number = this.known.store.put(dataset, known.definition, now);
      writeDatasetEntry(this.context.configPath, { name: dataset, keys: null });
      this.known.store.setDeleted(number, now);
    }
    this.context.events.datasetChanged(dataset);
  }

  /** Back from the trash. Throws SlipwayError `already-exists` where the name is taken again. */
  restore({ dataset, version }: TrashMove): void {
    if (version !== null) {
      const known = this.known.get(dataset);
      this.versions.setDeleted(chooseVersion(this.versions, known, { wanted: version, deleted: true }).version, null);
    } else {
      const row = this.known.store.find(dataset, true);
      if (row === undefined) throw new SlipwayError('not-found', `There is no dataset ${dataset} in the trash.`);
      if (this.known.find(dataset) !== undefined) {
        throw new SlipwayError('already-exists', `There is a dataset ${dataset} again. Remove that one first.`);
      }
      writeDatasetEntry(this.context.configPath, { name: dataset, keys: row.definition });
      this.known.store.setDeleted(row.dataset, null);
    }
    this.context.events.datasetChanged(dataset);
  }

  /** Keeps a result for a version. */
  keepResult({ dataset, version, value, ...result }: KeptResult): void {
    const { row } = this.#choose({ dataset, version });
    this.#results.put(row.version, { ...result, time: this.context.now(), value: JSON.stringify(value ?? null) });
    this.context.events.datasetChanged(dataset);
  }

  /** A result that is kept; null for none. */
  findResult({ dataset, version, kind, digest }: ResultQuery): FoundResult | null {
    const { row } = this.#choose({ dataset, version });
    const found = this.#results.find(row.version, kind, digest);
    return found === undefined
      ? null
      : { ...found, dataset, version: row.id, value: JSON.parse(found.value) as unknown };
  }

  #choose({ dataset, version }: VersionQuery): { known: KnownDataset; row: VersionRow } {
    const known = this.known.get(dataset);
    return { known, row: chooseVersion(this.versions, known, { wanted: version }) };
  }

  #described(known: KnownDataset, row: VersionRow): DatasetVersion {
    const [version] = this.describeVersions(known, [row]);
    if (version === undefined) throw new SlipwayError('not-found', `${known.name} has no such version.`);
    return version;
  }

  #files(row: VersionRow): DatasetFile[] {
    const files = this.versions.files(row.id);
    if (files === undefined)
      throw new SlipwayError('damaged', `The list of the files of version ${row.id.slice(0, 12)} is missing.`);
    return files;
  }

  #refreshDefinition(name: string): void {
    const known = this.known.find(name);
    if (known?.row !== undefined) this.known.store.put(name, known.definition, this.context.now());
  }
}
