// Models, their versions and rules as items of the Test Explorer. An item stays the same one over refreshes: a run that goes
// on tells of it.
import { l10n, type Range, type TestController, type TestItem, type TestItemCollection, type Uri } from 'vscode';
import { everyPage } from '../../../protocol/every-page';
import type { VersionSummary } from '../../../protocol/models/registry/model-version';
import type { ModelDetail } from '../../../protocol/models/registry/registered-model';
import { stageWord } from '../../../protocol/models/registry/registry-words';
import type { EngineSession } from '../../session/engine-session';
import { type RulePlaces, rulePlaces } from './rule-places';

/** Of a model, the newest so many that are on their way, and its champion. */
const mostVersions = 50;
/** So many are looked through for them. */
const mostSeen = 1000;

/** A version that can be judged. `rules`: by their ids. */
export interface JudgedVersion {
  session: EngineSession;
  name: string;
  summary: VersionSummary;
  rules: Map<string, TestItem>;
}

/** The items of a controller, and what each stands for. */
export class GateItems {
  readonly #controller: TestController;
  readonly #versions = new Map<TestItem, JudgedVersion>();

  constructor(controller: TestController) {
    this.#controller = controller;
  }

  /** Versions with their items. */
  get versions(): ReadonlyMap<TestItem, JudgedVersion> {
    return this.#versions;
  }

  /** Lists what is there now. Throws the engine's SlipwayError. */
  async find(sessions: readonly EngineSession[]): Promise<void> {
    const found: TestItem[] = [];
    this.#versions.clear();
    for (const session of sessions) {
      const { list } = session.requireClient().api.registry;
      const places = await rulePlaces(session);
      for await (const { items } of everyPage((page) => list.query({ limit: 500, page }))) {
        for (const { name, isGated } of items) {
          if (isGated) found.push(await this.#modelItem(session, places(name), { name, among: sessions.length }));
        }
      }
    }
    this.#controller.items.replace(found);
  }

  async #modelItem(
    session: EngineSession,
    places: RulePlaces,
    { name, among }: { name: string; among: number },
  ): Promise<TestItem> {
    const { folder } = session;
    const label = among > 1 ? l10n.t('{0} in {1}', name, folder.name) : name;
    const given = { id: `${folder.uri}#${name}`, label, uri: places.file, range: places.entry };
    const item = this.#item(this.#controller.items, given);
    const { model, versions } = await judgedVersions(session, name);
    item.children.replace(
      versions.map((summary, at) => {
        const version = this.#versionItem(item, summary);
        version.sortText = String(at).padStart(4, '0');
        const rules = model.rules.map(({ id }, index) => this.#ruleItem(version, places, { id, index }));
        version.children.replace(rules.map(([, rule]) => rule));
        this.#versions.set(version, { session, name, summary, rules: new Map(rules) });
        return version;
      }),
    );
    return item;
  }

  #versionItem(model: TestItem, { version, stage }: VersionSummary): TestItem {
    // A description would be read out in place of the label.
    const label = `v${version}, ${stageWord(stage)}`;
    return this.#item(model.children, { id: `${model.id}@${version}`, label });
  }

  #ruleItem(
    version: TestItem,
    { file, rule }: RulePlaces,
    { id, index }: { id: string; index: number },
  ): [string, TestItem] {
    const own = `${version.id}/${id}`;
    // What was told of it stands in its label.
    const label = version.children.get(own)?.label ?? id;
    const item = this.#item(version.children, { id: own, label, uri: file, range: rule(id) });
    item.sortText = String(index).padStart(4, '0');
    return [id, item];
  }

  #item(
    among: TestItemCollection,
    { id, label, uri, range }: { id: string; label: string; uri?: Uri; range?: Range | undefined },
  ): TestItem {
    const item = among.get(id) ?? this.#controller.createTestItem(id, label, uri);
    item.label = label;
    item.range = range;
    return item;
  }
}

/** Those in staging or candidate, the newest first, then the champion. */
async function judgedVersions(
  session: EngineSession,
  name: string,
): Promise<{ model: ModelDetail; versions: VersionSummary[] }> {
  const { registry } = session.requireClient().api;
  let model: ModelDetail | undefined;
  const versions: VersionSummary[] = [];
  let seen = 0;
  for await (const page of everyPage((token) => registry.get.query({ name, limit: 100, page: token }))) {
    model ??= page;
    seen += page.items.length;
    versions.push(...page.items.filter(({ stage }) => stage === 'staging' || stage === 'candidate'));
    if (versions.length >= mostVersions || seen >= mostSeen) break;
  }
  model ??= await registry.get.query({ name, limit: 1 });
  const { champion } = model;
  const newest = versions.slice(0, mostVersions);
  if (champion === null || newest.some(({ version }) => version === champion)) return { model, versions: newest };
  return { model, versions: [...newest, await registry.version.query({ name, version: champion })] };
}
