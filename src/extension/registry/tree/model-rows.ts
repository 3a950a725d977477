// The rows of the Models view, asked of the engines: models, and of one its stages with the versions in them.
import { everyPage } from '../../../protocol/every-page';
import type { VersionSummary } from '../../../protocol/models/registry/model-version';
import type { ModelSummary } from '../../../protocol/models/registry/registered-model';
import { shownStages } from '../../../protocol/models/registry/registry-words';
import type { EngineSession } from '../../session/engine-session';
import { rowOfModels } from './model-item';
import type { ModelNode, ModelsNode, StageNode } from './models-node';

const [modelsAtOnce, versionsAtOnce] = [50, 50];
/** The engine gives no more of a list at once. */
const mostAtOnce = 500;

/** Knows how much of each list is shown. */
export class ModelRows {
  /** How many rows of a list are shown, by its key. */
  readonly #shown = new Map<string, number>();
  readonly #nodes = new Map<string, ModelsNode>();

  /** Shows a list, by its key, twice as far. */
  grow(key: string): void {
    this.#shown.set(key, (this.#shown.get(key) ?? versionsAtOnce) * 2);
  }

  /** The same row as before where it is known: VS Code then keeps what is selected. */
  kept<T extends ModelsNode>(node: T): T {
    const key = rowOfModels(node);
    const known = this.#nodes.get(key);
    if (known === undefined) {
      this.#nodes.set(key, node);
      return node;
    }
    return Object.assign(known, node) as T;
  }

  /** Throws the engine's SlipwayError, as the others do. */
  async models(session: EngineSession): Promise<ModelsNode[]> {
    const { list } = session.requireClient().api.registry;
    const key = session.folder.uri.toString();
    const { items, isWhole } = await upTo(this.#shown.get(key) ?? modelsAtOnce, (limit, page) =>
      list.query({ limit, page }),
    );
    const rows = items.map((model) => this.kept({ kind: 'model', session, model }));
    return [...rows, ...this.#more(session, key, isWhole)];
  }

  /** Of a model: rules that wait, the stages that hold a version, and whether there is more. */
  async stages({ session, model }: ModelNode): Promise<ModelsNode[]> {
    const { registry } = session.requireClient().api;
    const key = `${session.folder.uri}#${model.name}`;
    let now: ModelSummary = model;
    const ask = async (limit: number, page: string | null) => {
      const answer = await registry.get.query({ name: model.name, limit, page });
      now = answer;
      return answer;
    };
    const { items, isWhole } = await upTo(this.#shown.get(key) ?? versionsAtOnce, ask);
    const versions = [...items, ...(await this.#olderChampion(session, now, items))];
    const { pendingRules: pending } = now;
    return [
      ...(pending === null ? [] : [this.kept({ kind: 'rules', session, model: now, pending })]),
      ...this.#stageNodes({ session, model: now, versions, isWhole }),
      ...this.#more(session, key, isWhole),
    ];
  }

  /** The versions of a stage. */
  versions({ session, model, versions }: StageNode): ModelsNode[] {
    return versions.map((version) => this.kept({ kind: 'version', session, model, version }));
  }

  /** The champion is in sight, however old it is. */
  async #olderChampion(
    session: EngineSession,
    { name, champion }: ModelSummary,
    items: readonly VersionSummary[],
  ): Promise<VersionSummary[]> {
    if (champion === null || items.some(({ version }) => version === champion)) return [];
    return [await session.requireClient().api.registry.version.query({ name, version: champion })];
  }

  #stageNodes({ versions, ...of }: Omit<StageNode, 'kind' | 'stage'>): StageNode[] {
    const byStage = Map.groupBy(versions, ({ stage }) => stage);
    return shownStages.flatMap((stage) => {
      const there = byStage.get(stage);
      return there === undefined ? [] : [this.kept({ kind: 'stage', ...of, stage, versions: there })];
    });
  }

  #more(session: EngineSession, key: string, isWhole: boolean): ModelsNode[] {
    return isWhole ? [] : [this.kept({ kind: 'more', session, key })];
  }
}

/** How a stage begins: of what is archived only the count. */
export function beginsOpen({ stage }: StageNode): boolean {
  return stage !== 'archived';
}

/** The first `wanted` of a list that comes in pages. */
async function upTo<T>(
  wanted: number,
  ask: (limit: number, page: string | null) => Promise<{ items: T[]; next: string | null }>,
): Promise<{ items: T[]; isWhole: boolean }> {
  const found: T[] = [];
  const limit = Math.min(mostAtOnce, wanted);
  for await (const { items, next } of everyPage((page) => ask(limit, page))) {
    found.push(...items);
    if (next === null) return { items: found, isWhole: true };
    if (found.length >= wanted) break;
  }
  return { items: found, isWhole: false };
}
