// Arrows from the paths that slipway.yaml names to the versions that were read there.
import { definedDatasets, type NamedVersion, versionsOfDatasets } from '../../lifecycle/datasets/store/lineage-store';
import type { Database } from '../../platform/sqlite/database';
import type { LineageEdge } from '../../protocol/datasets/lineage';
import { versionNode } from './run-edges';

/** Reads the definitions of a workspace once. */
export class SourceEdges {
  readonly #database: Database;
  readonly #paths: ReadonlyMap<string, readonly string[]>;

  constructor(database: Database) {
    this.#database = database;
    this.#paths = new Map(
      definedDatasets(database).map(({ name, definition }) => [name, [definition.path ?? []].flat()]),
    );
  }

  /** From the paths of their datasets to these versions. */
  ofVersions(versions: readonly NamedVersion[]): LineageEdge[] {
    return versions.flatMap((version) =>
      (this.#paths.get(version.name) ?? []).map((path) => declaredEdge(path, version)),
    );
  }

  /** The versions of the datasets that name one of these paths. */
  versionsAt(paths: readonly string[]): NamedVersion[] {
    const wanted = new Set(paths);
    const names = [...this.#paths].filter(([, own]) => own.some((path) => wanted.has(path))).map(([name]) => name);
    return names.length === 0 ? [] : versionsOfDatasets(this.#database, names);
  }
}

function declaredEdge(path: string, version: NamedVersion): LineageEdge {
  const to = { kind: 'version', id: versionNode(version) } as const;
  return { from: { kind: 'source', id: path }, to, by: 'declared', how: 'slipway.yaml' };
}
