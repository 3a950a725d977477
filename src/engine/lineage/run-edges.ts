// Arrows between dataset versions and runs: by the bytes where a recorder hashed them, by name and path where only those
// were logged.
import { resolve } from 'node:path';
import { DatasetPlaces } from '../../lifecycle/datasets/dataset-places';
import {
  definedDatasets,
  type NamedVersion,
  versionsOfContent,
  versionsOfDatasets,
} from '../../lifecycle/datasets/store/lineage-store';
import { VersionStore } from '../../lifecycle/datasets/store/version-store';
import {
  allLoggedUses,
  type LoggedUse,
  loggedUses,
  type RecordedUse,
  recordedUses,
  runFacts,
  usesOfContent,
} from '../../lifecycle/runs/lineage/store/run-uses';
import type { Database } from '../../platform/sqlite/database';
import { parseVersionReference } from '../../protocol/datasets/dataset';
import type { LineageEdge } from '../../protocol/datasets/lineage';
import { placeOfSource, versionOfSource } from './logged-place';

/** The id of a version in a lineage. */
export function versionNode({ name, id }: Pick<NamedVersion, 'name' | 'id'>): string {
  return `${name}@${id}`;
}

/** Logged datasets looked through for those of a version: the newest. */
const mostLogged = 20_000;
/** Versions of a dataset that are looked through for a file, and files of a version: beyond that only the whole is known. */
const mostParted = 50;
const mostFiles = 20_000;

/** Finds the arrows; what runs named and no version is, stands in `unknown`. */
export class RunEdges {
  readonly unknown = new Set<string>();
  readonly #database: Database;
  readonly #folder: string;
  readonly #places: DatasetPlaces;
  readonly #names: ReadonlySet<string>;
  readonly #files = new Map<string, ReadonlySet<string>>();

  /** `folder` is the workspace's. */
  constructor(database: Database, folder: string) {
    this.#database = database;
    this.#folder = folder;
    const datasets = definedDatasets(database);
    this.#places = new DatasetPlaces(folder, datasets);
    this.#names = new Set(datasets.map(({ name }) => name));
  }

  /** From what these runs read, and to what they wrote. */
  ofRuns(runIds: readonly string[]): LineageEdge[] {
    const recorded = recordedUses(this.#database, runIds);
    const logged = loggedUses(this.#database, runIds);
    this.#tellSilent(runIds, recorded, logged);
    return [...this.#recorded(recorded), ...this.#logged(logged)];
  }

  /** The arrows of the same kinds that begin or end at versions. */
  ofVersions(versions: readonly NamedVersion[]): LineageEdge[] {
    const contents = versions.flatMap(({ id }) => [id, ...this.#filesOf(id)]);
    const byContent = this.#recorded(usesOfContent(this.#database, [...new Set(contents)]));
    const wanted = new Set(versions.map(({ name }) => name));
    const logged = allLoggedUses(this.#database, mostLogged).filter((use) =>
      this.#datasetsOf(use).some(({ name }) => wanted.has(name)),
    );
    const ids = new Set(versions.map(versionNode));
    return [...byContent, ...this.#logged(logged)].filter(({ from, to }) => ids.has(from.id) || ids.has(to.id));
  }

  #recorded(uses: readonly RecordedUse[]): LineageEdge[] {
    const contents = uses.flatMap(({ sha256 }) => sha256 ?? []);
    const known = Map.groupBy(versionsOfContent(this.#database, [...new Set(contents)]), ({ id }) => id);
    return uses.flatMap((use) => {
      const same = use.sha256 === null ? [] : (known.get(use.sha256) ?? []);
      const name = this.#nameOf(use);
      // The same bytes may be a version of several datasets: where the file lies says which was meant.
      const meant = same.filter((version) => version.name === name);
      if (same.length > 0) return (meant.length > 0 ? meant : same).map((version) => recordedEdge(use, version));
      const part = name === undefined ? undefined : this.#versionWith(use, name);
      if (part !== undefined) return [recordedEdge(use, part, ' of one file')];
      if (name !== undefined) {
        this.unknown.add(`${use.path}, as a run had it, is no known version of ${name}: its bytes are others.`);
      }
      return [];
    });
  }

  /** The dataset at the path, or the one that was named in its place. */
  #nameOf({ path, cwd }: RecordedUse): string | undefined {
    const named = parseVersionReference(path)?.dataset ?? '';
    return this.#places.at(resolve(cwd, path)) ?? (this.#names.has(named) ? named : undefined);
  }

  /** The version of a dataset of many files that holds the one a run used; the last one there when the run began. */
  #versionWith({ runId, sha256 }: RecordedUse, name: string): NamedVersion | undefined {
    if (sha256 === null) return undefined;
    const versions = versionsOfDatasets(this.#database, [name]).slice(-mostParted);
    const holding = versions.filter(({ id }) => this.#filesOf(id).has(sha256));
    const start = runFacts(this.#database, [runId])[0]?.start ?? 0;
    return versionThen(holding, start) ?? holding[0];
  }

  /** The contents of the files of a version that has several. */
  #filesOf(id: string): ReadonlySet<string> {
    const known = this.#files.get(id);
    if (known !== undefined) return known;
    const files = new VersionStore(this.#database).files(id) ?? [];
    const contents = new Set(files.length > mostFiles ? [] : files.map(({ sha256 }) => sha256));
    this.#files.set(id, contents);
    return contents;
  }

  #logged(uses: readonly LoggedUse[]): LineageEdge[] {
    const named = uses.flatMap((use) => this.#datasetsOf(use).map((dataset) => ({ use, ...dataset })));
    const names = [...new Set(named.map(({ name }) => name))];
    const versions = Map.groupBy(versionsOfDatasets(this.#database, names), ({ name }) => name);
    const starts = new Map(
      runFacts(this.#database, [...new Set(uses.map(({ runId }) => runId))]).map(({ runId, start }) => [runId, start]),
    );
    return named.flatMap(({ use, name, by }) => {
      const known = versions.get(name) ?? [];
      const exact = known.find(({ id }) => id === versionOfSource(use.source));
      const version = exact ?? versionThen(known, starts.get(use.runId) ?? 0);
      if (version !== undefined) return [loggedEdge(use, version, exact === undefined ? by : 'content')];
      this.unknown.add(`${name} was read for the first time after a run that logged it had begun.`);
      return [];
    });
  }

  /** The one at the place of its source, and the one of its name: the code may have meant either. */
  #datasetsOf({ name, source }: LoggedUse): { name: string; by: LineageEdge['by'] }[] {
    const place = placeOfSource(source, this.#folder);
    const there = place === undefined ? undefined : this.#places.at(place);
    return [
      ...(there === undefined ? [] : [{ name: there, by: 'path' as const }]),
      ...(this.#names.has(name) && name !== there ? [{ name, by: 'name' as const }] : []),
    ];
  }

  #tellSilent(runIds: readonly string[], recorded: readonly RecordedUse[], logged: readonly LoggedUse[]): void {
    const spoke = new Set([...recorded.filter(({ way }) => way === 'input'), ...logged].map(({ runId }) => runId));
    for (const { runId, name } of runFacts(this.#database, runIds)) {
      if (!spoke.has(runId)) this.unknown.add(`${name} named none of the data it read.`);
    }
  }
}

/** The version that was there when the run began: the last one first seen before; none for a run older than all. */
function versionThen(versions: readonly NamedVersion[], start: number): NamedVersion | undefined {
  return versions.findLast(({ created }) => created <= start);
}

function recordedEdge({ runId, way }: RecordedUse, version: NamedVersion, part = ''): LineageEdge {
  const run = { kind: 'run', id: runId } as const;
  const data = { kind: 'version', id: versionNode(version) } as const;
  return way === 'input'
    ? { from: data, to: run, by: 'content', how: `--input${part}` }
    : { from: run, to: data, by: 'content', how: `--output${part}` };
}

function loggedEdge({ runId, context }: LoggedUse, version: NamedVersion, by: LineageEdge['by']): LineageEdge {
  const how = context === null ? 'log_input' : `log_input (${context})`;
  return { from: { kind: 'version', id: versionNode(version) }, to: { kind: 'run', id: runId }, by, how };
}
