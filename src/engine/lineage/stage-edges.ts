// Arrows between dataset versions and the stages of dvc.yaml that last read or wrote them, by DVC's id of the content.
import { dirname, relative, resolve } from 'node:path';
import { globParts, isGlob } from '../../lifecycle/datasets/content/glob';
import type { DvcStage } from '../../lifecycle/datasets/dvc/dvc-lock';
import { dvcId } from '../../lifecycle/datasets/dvc/dvc-out';
import { DvcRepository } from '../../lifecycle/datasets/dvc/dvc-repository';
import { definedDatasets, versionsOfDvc } from '../../lifecycle/datasets/store/lineage-store';
import type { Database } from '../../platform/sqlite/database';
import type { LineageEdge, LineageNode } from '../../protocol/datasets/lineage';
import { versionNode } from './run-edges';

/** Reads the pipelines of a workspace once. */
export class StageEdges {
  readonly problems: string[];
  readonly #folder: string;
  readonly #stages: DvcStage[];
  readonly #edges: LineageEdge[];

  constructor(database: Database, folder: string) {
    const states = repositoriesOf(database, folder).map((repository) => repository.state());
    this.problems = [...new Set(states.flatMap(({ problems }) => problems))];
    this.#folder = folder;
    // A repository within another one is met twice.
    this.#stages = [
      ...new Map(states.flatMap(({ stages }) => stages).map((stage) => [this.#idOf(stage), stage])).values(),
    ];
    const uses = this.#stages.flatMap((stage) => [
      ...stage.deps.map((out) => ({ stage, id: dvcId(out), way: 'dep' as const })),
      ...stage.outs.map((out) => ({ stage, id: dvcId(out), way: 'out' as const })),
    ]);
    const known = Map.groupBy(
      versionsOfDvc(database, [...new Set(uses.flatMap(({ id }) => id ?? []))]),
      ({ dvc }) => dvc,
    );
    this.#edges = uses.flatMap(({ stage, id, way }) =>
      (known.get(id) ?? []).map((version): LineageEdge => {
        const made = { kind: 'stage', id: this.#idOf(stage) } as const;
        const data = { kind: 'version', id: versionNode(version) } as const;
        const terms = { by: 'content', how: 'dvc.lock' } as const;
        return way === 'dep' ? { from: data, to: made, ...terms } : { from: made, to: data, ...terms };
      }),
    );
  }

  /** The arrows that begin or end at one of these versions or stages, by id. */
  at(ids: ReadonlySet<string>): LineageEdge[] {
    return this.#edges.filter(({ from, to }) => ids.has(from.id) || ids.has(to.id));
  }

  /** What stands in the lineage for stages; ids of none are left out. */
  nodes(ids: readonly string[]): LineageNode[] {
    const wanted = new Set(ids);
    return this.#stages
      .filter((stage) => wanted.has(this.#idOf(stage)))
      .map((stage) => ({
        kind: 'stage',
        id: this.#idOf(stage),
        name: stage.name,
        detail: stage.command.split('\n')[0] ?? '',
        time: null,
        isHere: true,
      }));
  }

  #idOf({ pipeline, name }: DvcStage): string {
    const folder = relative(this.#folder, pipeline).replaceAll('\\', '/');
    return `${folder === '' ? '' : `${folder}/`}dvc.yaml:${name}`;
  }
}

/** The repository around the workspace, and those within it that datasets lie in. */
function repositoriesOf(database: Database, folder: string): DvcRepository[] {
  const paths = definedDatasets(database).flatMap(({ definition: { path } }) => [path ?? []].flat());
  const places = paths.map((path) => {
    const place = resolve(folder, path);
    return isGlob(path) ? globParts(place).folder || '/' : dirname(place);
  });
  const found = [folder, ...new Set(places)].flatMap((place) => DvcRepository.around(place) ?? []);
  return [...new Map(found.map((repository) => [repository.root, repository])).values()];
}
