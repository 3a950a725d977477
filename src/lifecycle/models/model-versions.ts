// What can be done with versions of registered models.
import { SlipwayError } from '../../base/errors';
import { checkKeyName } from '../../workspace/key-name';
import type { ModelsContext } from './context';
import type { ModelDecisions } from './decision/model-decisions';
import { isDecisionTag } from './decision/version-moves';
import { type MoveTerms, refused } from './decision/warrant';
import type { ModelVersionRecord, ModelVersionRow } from './model-version';
import type { ModelTag } from './registered-model';
import type { RegisteredModels } from './registered-models';
import type { RegistryEvent } from './registry-event';
import { checkModelName, checkModelTag } from './rules/model-name';
import { checkArchiving, modelStage } from './rules/model-stage';
import { isPrompt } from './rules/prompt';
import type { ModelUri } from './sources/model-uri';
import { checkPromptSource, type SaidOrigin, type VersionOrigin, versionOrigin } from './sources/version-source';
import { readVersions } from './store/registry-read';
import type { RegistryStore } from './store/registry-store';

const versionsTag = 'mlflow.modelVersions';

/** What a new version is given. */
export interface CreateVersionInput extends SaidOrigin {
  name: string;
  description: string;
  runLink: string;
  tags: readonly ModelTag[];
  /** Whoever git says registers it; '' where nobody knows. */
  author: string;
}

/** Creates, finds, describes, tags, moves and deletes versions. Every action is one transaction. */
export class ModelVersions {
  readonly #context: ModelsContext;
  readonly #store: RegistryStore;
  readonly #models: RegisteredModels;
  readonly #decisions: ModelDecisions;

  constructor(
    context: ModelsContext,
    store: RegistryStore,
    of: { models: RegisteredModels; decisions: ModelDecisions },
  ) {
    this.#context = context;
    this.#store = store;
    this.#models = of.models;
    this.#decisions = of.decisions;
  }

  /**
   * Adds a version with the next number of its model. Throws `invalid` for a source that does not lie in the run or
   * logged model it is said to come from, `not-found` for an unknown model.
   */
  create(input: CreateVersionInput): ModelVersionRecord {
    const { name, description, runLink, author } = input;
    return this.#write((time) => {
      const isModel = !isPrompt(input.tags);
      const origin = this.#origin(input, isModel);
      for (const tag of input.tags) checkModelTag(tag);
      const { model } = this.#models.row(name);
      const wasDraft = this.#decisions.rules.isDraft(name);
      // A copy of another version brings along who agreed to that one.
      const isGated = this.#decisions.rulesOf({ model, name }) !== null;
      const tags = isGated ? input.tags.filter(({ key }) => !isDecisionTag(key)) : input.tags;
      const version = this.#store.models.takeVersion(model);
      this.#store.models.touch(model, time);
      this.#store.versions.insert({ ...origin, model, version, description, runLink, author, creationTime: time });
      for (const tag of tags) this.#store.versions.setTag({ model, version }, tag);
      this.#log(
        { move: 'version created', model, modelName: name, version, author, origin, from: null, to: origin.source },
        time,
        author === '' ? this.#usualTerms() : { actor: author },
      );
      this.#decisions.rules.bind({ model, name }, { wasDraft, by: author || null });
      if (isModel && input.modelId) this.#markLoggedModel(origin.modelId, name, version);
      return this.get(name, version);
    });
  }

  /** The version with tags and aliases. Throws `not-found`, also for a deleted one. */
  get(name: string, version: number): ModelVersionRecord {
    return this.#whole(this.row(name, version));
  }

  /** The version's own fields; as `get`. */
  row(name: string, version: number): ModelVersionRow {
    checkModelName(name);
    const row = this.#store.versions.find(name, version);
    if (row !== undefined) return row;
    throw new SlipwayError('not-found', `Model Version (name=${name}, version=${version}) not found`);
  }

  /** Replaces the description; null for none. */
  describe(name: string, version: number, description: string | null): ModelVersionRecord {
    return this.#write((time) => {
      this.#store.versions.describe(this.row(name, version), description, time);
      return this.get(name, version);
    });
  }

  /**
   * Moves a version to a stage and, when asked, the others of that stage to the archive. Throws `invalid` for an unknown
   * stage, or one whose versions cannot be archived, `forbidden` where rules of a gated model refuse it: of that one, one
   * version is in production, whatever is asked.
   */
  transition(
    name: string,
    version: number,
    to: { stage: string; archiveOthers: boolean },
    terms = this.#usualTerms(),
  ): ModelVersionRecord {
    const stage = modelStage(to.stage);
    if (to.archiveOthers) checkArchiving(stage, to.stage);
    return this.#decisions.guarded({ subject: `${name}@${version}`, terms }, () => {
      const row = this.row(name, version);
      const rules = this.#decisions.rulesOf(row);
      const time = this.#context.now();
      if (rules === null) {
        const others = to.archiveOthers ? this.#store.versions.inStage(row.model, stage) : [];
        for (const other of others) if (other.version !== version) this.#move(other, 'Archived', { time, terms });
        this.#move(row, stage, { time, terms });
      } else {
        const goal = { stage, archives: to.archiveOthers };
        this.#decisions.moves.move({ row, goal, rules, terms });
      }
      this.#store.models.touch(row.model, time);
      return this.get(name, version);
    });
  }

  /**
   * Deletes a version: it is found no more and loses its aliases; what it was made from stays known. Throws `forbidden` while a
   * rule guards where it is.
   */
  delete(name: string, version: number, terms = this.#usualTerms()): void {
    this.#decisions.guarded({ subject: `${name}@${version}`, terms }, () => {
      const time = this.#context.now();
      const row = this.row(name, version);
      this.#decisions.checkDeletion(row);
      const { model, source } = row;
      const event = { model, modelName: name, version, to: null };
      for (const alias of this.#store.aliases.ofVersion(model, version)) {
        this.#store.aliases.delete(model, alias);
        this.#log({ ...event, move: 'alias deleted', alias, from: String(version) }, time, terms);
      }
      this.#store.versions.delete(row, time);
      this.#store.models.touch(model, time);
      this.#log({ ...event, move: 'version deleted', from: source }, time, terms);
    });
  }

  /** Sets or replaces a tag. Throws SlipwayError `forbidden` for one that a decision writes. */
  setTag(name: string, version: number, tag: ModelTag, terms = this.#usualTerms()): void {
    checkModelName(name);
    checkModelTag(tag);
    this.#decisions.guarded({ subject: `${name}@${version}`, terms }, () => {
      const row = this.row(name, version);
      this.#checkTag(row, tag.key);
      this.#store.versions.setTag(row, tag);
    });
  }

  /** Removes a tag, if it is there. As `setTag`. */
  deleteTag(name: string, version: number, key: string, terms = this.#usualTerms()): void {
    checkModelName(name);
    checkKeyName(key, 'key');
    this.#decisions.guarded({ subject: `${name}@${version}`, terms }, () => {
      const row = this.row(name, version);
      this.#checkTag(row, key);
      this.#store.versions.deleteTag(row, key);
    });
  }

  /** `time`: one for all versions of a transition, as they are searched by it in the order that MLflow's have. */
  #move(
    row: ModelVersionRow,
    stage: ModelVersionRow['stage'],
    { time, terms }: { time: number; terms: MoveTerms },
  ): void {
    const { model, name, version, stage: from } = row;
    this.#store.versions.setStage(row, stage, time);
    if (from === stage) return;
    this.#log({ move: 'stage changed', model, modelName: name, version, from, to: stage }, time, terms);
  }

  /** What says who agreed is written by the decision alone. */
  #checkTag(model: Pick<ModelVersionRow, 'model' | 'name'>, key: string): void {
    if (!isDecisionTag(key) || this.#decisions.rulesOf(model) === null) return;
    const why = 'a promotion of a gated model writes it, and nobody else';
    throw refused(`The tag ${key} cannot be changed`, [{ rule: 'protected', why }], null);
  }

  #origin(said: SaidOrigin, isModel: boolean): VersionOrigin {
    if (isModel) return versionOrigin(said, this.#context.runs, (uri, source) => this.#named(uri, source));
    checkPromptSource(said.source);
    const { source, runId = '', modelId = '' } = said;
    return { source, storageLocation: source, runId, modelId };
  }

  /** The version a URI over the registry means. */
  #named(uri: Exclude<ModelUri, { kind: 'logged' }>, source: string): ModelVersionRow {
    const { model, tags, latestVersions } = this.#models.get(uri.name);
    if (isPrompt(tags)) {
      throw new SlipwayError(
        'invalid',
        `Invalid model version source: '${source}'. Prompt versions cannot be used as model version sources.`,
      );
    }
    if (uri.kind === 'version') return this.row(uri.name, uri.version);
    if (uri.kind === 'alias') {
      const version = this.#store.aliases.find(model, uri.alias);
      if (version === undefined) throw new SlipwayError('invalid', `Registered model alias ${uri.alias} not found.`);
      return this.row(uri.name, version);
    }
    const stage = uri.stage === undefined ? undefined : modelStage(uri.stage);
    const inStage = latestVersions.filter((each) => stage === undefined || each.stage === stage);
    const [newest] = inStage.sort((a, b) => b.version - a.version);
    if (newest !== undefined) return newest;
    const where = stage === undefined ? '' : ` and stage '${stage}'`;
    throw new SlipwayError('not-found', `No versions of model with name '${uri.name}'${where} found`);
  }

  /** The logged model says where it is registered, in the form its clients read. */
  #markLoggedModel(modelId: string, name: string, version: number): void {
    const { tags } = this.#context.runs.models.get(modelId);
    const mark = `{"name": ${asciiJson(name)}, "version": ${version}}`;
    const known = tags.find((tag) => tag.key === versionsTag)?.value.trim() ?? '';
    const before = /^\[\s*(\{.*\})\s*\]$/s.exec(known)?.[1];
    const value = before === undefined ? `[${mark}]` : `[${before}, ${mark}]`;
    this.#context.runs.models.setTags(modelId, [{ key: versionsTag, value }]);
  }

  #whole(row: ModelVersionRow): ModelVersionRecord {
    const [record] = readVersions(this.#context.database, [row]);
    const aliases = this.#store.aliases.ofVersion(row.model, row.version);
    return { ...row, tags: record?.tags ?? [], aliases };
  }

  #write<T>(action: (time: number) => T): T {
    return this.#context.database.transaction(() => action(this.#context.now())).immediate();
  }

  #log(event: RegistryEvent, time: number, { actor }: Pick<MoveTerms, 'actor'> = this.#usualTerms()): void {
    const gate = this.#decisions.gateWord({ model: event.model, name: event.modelName });
    this.#store.log.add(event, { actor, gate }, time);
  }

  #usualTerms(): MoveTerms {
    return { actor: this.#context.actor, door: 'MLflow client' };
  }
}

/** The text as JSON in which every character is ASCII. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
