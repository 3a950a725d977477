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
import type { LineageEdge } from '../../protocol/datasets/lineage';
import { placeOfSource } from './logged-place';

/** The id of a version in a lineage. */
export function versionNode({ name, id }: Pick<NamedVersion, 'name' | 'id'>): string {
  return `${name}@${id}`;
}

/** Logged datasets looked through for those of a version: the newest. */
const mostLogged = 20_000;

/** Finds the arrows; what runs named and no version is, stands in `unknown`. */
export class RunEdges {
  readonly unknown = new Set<string>();
  readonly #database: Database;
  readonly #folder: string;
  readonly #places: DatasetPlaces;
  readonly #names: ReadonlySet<string>;

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
    const byContent = this.#recorded(usesOfContent(this.#database, [...new Set(versions.map(({ id }) => id))]));
    const wanted = new Set(versions.map(({ name }) => name));
    const logged = allLoggedUses(this.#database, mostLogged).filter((use) => wanted.has(this.#datasetOf(use) ?? ''));
    const ids = new Set(versions.map(versionNode));
    return [...byContent, ...this.#logged(logged)].filter(({ from, to }) => ids.has(from.id) || ids.has(to.id));
  }

  #recorded(uses: readonly RecordedUse[]): LineageEdge[] {
    const contents = uses.flatMap(({ sha256 }) => sha256 ?? []);
    const known = Map.groupBy(versionsOfContent(this.#database, [...new Set(contents)]), ({ id }) => id);
    return uses.flatMap((use) => {
      const same = use.sha256 === null ? [] : (known.get(use.sha256) ?? []);
      const name = this.#places.at(resolve(use.cwd, use.path));
      // The same bytes may be a version of several datasets: where the file lies says which was meant.
      const meant = same.filter((version) => version.name === name);
      if (same.length > 0) return (meant.length > 0 ? meant : same).map((version) => recordedEdge(use, version));
      if (name !== undefined) {
        this.unknown.add(`${use.path}, as a run had it, is no known version of ${name}: its bytes are others.`);
      }
      return [];
    });
  }

  #logged(uses: readonly LoggedUse[]): LineageEdge[] {
    const named = uses.flatMap((use) => ({ use, name: this.#datasetOf(use) }));
    const names = [...new Set(named.flatMap(({ name }) => name ?? []))];
    const versions = Map.groupBy(versionsOfDatasets(this.#database, names), ({ name }) => name);
    const starts = new Map(
      runFacts(this.#database, [...new Set(uses.map(({ runId }) => runId))]).map(({ runId, start }) => [runId, start]),
    );
    return named.flatMap(({ use, name }) => {
      const version = versionThen(versions.get(name ?? '') ?? [], starts.get(use.runId) ?? 0);
      if (version !== undefined) return [loggedEdge(use, version)];
      if (name !== undefined)
        this.unknown.add(`${name} was read for the first time after a run that logged it had begun.`);
      return [];
    });
  }

  /** By the place of its source; else by its name, when that is a dataset's. */
  #datasetOf({ name, source }: LoggedUse): string | undefined {
    const place = placeOfSource(source, this.#folder);
    return (place === undefined ? undefined : this.#places.at(place)) ?? (this.#names.has(name) ? name : undefined);
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

function recordedEdge({ runId, way }: RecordedUse, version: NamedVersion): LineageEdge {
  const run = { kind: 'run', id: runId } as const;
  const data = { kind: 'version', id: versionNode(version) } as const;
  return way === 'input'
    ? { from: data, to: run, by: 'content', how: '--input' }
    : { from: run, to: data, by: 'content', how: '--output' };
}

function loggedEdge({ runId, context }: LoggedUse, version: NamedVersion): LineageEdge {
  const how = context === null ? 'log_input' : `log_input (${context})`;
  return { from: { kind: 'version', id: versionNode(version) }, to: { kind: 'run', id: runId }, by: 'name', how };
}
