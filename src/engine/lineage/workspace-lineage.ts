// Everything within reach of one thing, over all stages: a walk along arrows, and one against them.
import { type NamedVersion, versionsOfContent } from '../../lifecycle/datasets/store/lineage-store';
import { runsOfVersions, type VersionRun, versionsOfRuns } from '../../lifecycle/models/store/version-runs';
import { runFacts } from '../../lifecycle/runs/lineage/store/run-uses';
import type { Database } from '../../platform/sqlite/database';
import type { LineageQuery } from '../../protocol/datasets/dataset-api';
import type { Lineage, LineageEdge, LineageKind, LineageNode } from '../../protocol/datasets/lineage';
import { versionName } from '../../protocol/datasets/panel/version-name';
import { countText } from '../../protocol/wording';
import { keptEdges } from '../../workspace/lineage-edges';
import { RunEdges, versionNode } from './run-edges';
import { SourceEdges } from './source-edges';
import { StageEdges } from './stage-edges';

/** `folder` is the workspace's. */
export type LineageAsked = LineageQuery & { folder: string };

const mostNodes = 300;
const mostKept = 200;
const mostUnknown = 10;

/**
 * What the thing came of, and what came of it; not what else came of the same. For a reader thread: it reads what all
 * recorded runs named, and the files of DVC.
 */
export function workspaceLineage(database: Database, { kind, id, depth, folder }: LineageAsked): Lineage {
  const walk = new Walk(database, folder);
  for (const way of ['back', 'on'] as const) walk.go({ kind, id }, way, depth);
  return walk.lineage();
}

/** How many runs each of these versions, `NAME@CONTENT`, leads to: for all of them one look, and no walk. */
export function versionRunCounts(
  database: Database,
  { ids, folder }: { ids: readonly string[]; folder: string },
): Record<string, number> {
  const walk = new Walk(database, folder);
  return Object.fromEntries([...walk.runsAfter(ids)].map(([id, runs]) => [id, runs.size]));
}

type Place = LineageEdge['from'];

const keyOf = ({ kind, id }: Place): string => `${kind} ${id}`;

class Walk {
  readonly #database: Database;
  readonly #runs: RunEdges;
  readonly #stages: StageEdges;
  readonly #sources: SourceEdges;
  readonly #reached = new Map<string, Place>();
  readonly #edges = new Map<string, LineageEdge>();
  #isCut = false;

  constructor(database: Database, folder: string) {
    this.#database = database;
    this.#runs = new RunEdges(database, folder);
    this.#stages = new StageEdges(database, folder);
    this.#sources = new SourceEdges(database);
  }

  /** Goes along arrows, or back against them, all of the same distance at a time. */
  go(start: Place, way: 'back' | 'on', depth: number): void {
    const seen = new Set([keyOf(start)]);
    this.#reached.set(keyOf(start), start);
    let places = [start];
    for (let step = 0; step < depth && places.length > 0; step += 1) {
      const here = new Set(places.map(keyOf));
      const next: Place[] = [];
      for (const edge of this.#edgesAt(places)) {
        const [near, far] = way === 'on' ? [edge.from, edge.to] : [edge.to, edge.from];
        if (!here.has(keyOf(near)) || !this.#reach(far)) continue;
        this.#edges.set(`${keyOf(edge.from)}\n${keyOf(edge.to)}\n${edge.how}`, edge);
        if (seen.has(keyOf(far))) continue;
        seen.add(keyOf(far));
        next.push(far);
      }
      places = next;
    }
  }

  /** False for one too many. */
  #reach(place: Place): boolean {
    const key = keyOf(place);
    if (this.#reached.has(key)) return true;
    if (this.#reached.size >= mostNodes) {
      this.#isCut = true;
      return false;
    }
    this.#reached.set(key, place);
    return true;
  }

  lineage(): Lineage {
    const places = [...this.#reached.values()];
    const known = this.#nodes(places);
    return {
      nodes: places.map((place) => known.get(keyOf(place)) ?? nameless(place)),
      edges: [...this.#edges.values()],
      unknown: [...this.#stages.problems, ...this.#runs.unknown].slice(0, mostUnknown),
      isCut: this.#isCut,
    };
  }

  /** The runs that these versions lead to, by version. */
  runsAfter(ids: readonly string[]): Map<string, Set<string>> {
    const found = new Map(ids.map((id) => [id, new Set<string>()]));
    const places = ids.map((id): Place => ({ kind: 'version', id }));
    const edges = [
      ...this.#runs.ofVersions(this.#versions(ids)),
      ...places.flatMap((place) => keptEdges(this.#database, place, mostKept)),
    ];
    for (const { from, to } of edges) {
      if (from.kind === 'version' && to.kind === 'run') found.get(from.id)?.add(to.id);
    }
    return found;
  }

  #edgesAt(places: readonly Place[]): LineageEdge[] {
    const ids = (kind: LineageKind): string[] => places.filter((place) => place.kind === kind).map(({ id }) => id);
    const runIds = ids('run');
    const models = [...versionsOfRuns(this.#database, runIds), ...runsOfVersions(this.#database, ids('model'))];
    const there = this.#sources.versionsAt(ids('source'));
    const versions = [...this.#versions(ids('version')), ...there];
    const all = [...places, ...there.map((version): Place => ({ kind: 'version', id: versionNode(version) }))];
    const known = [
      ...(runIds.length > 0 ? this.#runs.ofRuns(runIds) : []),
      ...(versions.length > 0 ? this.#runs.ofVersions(versions) : []),
      ...this.#stages.at(new Set([...ids('stage'), ...versions.map(versionNode)])),
      ...models.filter(({ runId }) => runId !== '').map(modelEdge),
      ...all.flatMap((place) => keptEdges(this.#database, place, mostKept)),
    ];
    // Where a run or a stage wrote a version, or a source is known that it was fetched from, its path says nothing new.
    const made = new Set(known.map(({ to }) => to.id));
    const pathless = versions.filter((version) => !made.has(versionNode(version)));
    return [...known, ...this.#sources.ofVersions(pathless)];
  }

  /** The versions of these ids, `NAME@CONTENT` each. */
  #versions(ids: readonly string[]): NamedVersion[] {
    const wanted = new Set(ids);
    const contents = ids.map((id) => id.slice(id.lastIndexOf('@') + 1));
    return versionsOfContent(this.#database, [...new Set(contents)]).filter((version) =>
      wanted.has(versionNode(version)),
    );
  }

  #nodes(places: readonly Place[]): Map<string, LineageNode> {
    const ids = (kind: LineageKind): string[] => places.filter((place) => place.kind === kind).map(({ id }) => id);
    const nodes: LineageNode[] = [
      ...this.#versions(ids('version')).map(versionFact),
      ...runFacts(this.#database, ids('run')).map(
        ({ runId, name, experiment, start, isDeleted }): LineageNode => ({
          kind: 'run',
          id: runId,
          name,
          detail: experiment,
          time: start,
          isHere: !isDeleted,
        }),
      ),
      ...runsOfVersions(this.#database, ids('model')).map(modelFact),
      ...this.#stages.nodes(ids('stage')),
    ];
    return new Map(nodes.map((node) => [keyOf(node), node]));
  }
}

function modelEdge({ model, version, runId }: VersionRun): LineageEdge {
  const from = { kind: 'run', id: runId } as const;
  return { from, to: { kind: 'model', id: `${model}/${version}` }, by: 'declared', how: 'registered' };
}

function versionFact(version: NamedVersion): LineageNode {
  const { name, id, rows, created, isDeleted, labels } = version;
  const detail = [
    ...(labels.length === 0 ? [] : [id.slice(0, 7)]),
    ...(rows === null ? [] : [countText(rows, 'row', 'rows')]),
  ].join(' · ');
  const called = `${name}@${versionName(version)}`;
  return { kind: 'version', id: versionNode(version), name: called, detail, time: created, isHere: !isDeleted };
}

function modelFact({ model, version, created, isDeleted }: VersionRun): LineageNode {
  const id = `${model}/${version}`;
  return { kind: 'model', id, name: `${model} v${version}`, detail: '', time: created, isHere: !isDeleted };
}

/** What is known by its name only: sources, and what was erased. */
function nameless({ kind, id }: Place): LineageNode {
  return { kind, id, name: id, detail: '', time: null, isHere: kind === 'source' };
}
