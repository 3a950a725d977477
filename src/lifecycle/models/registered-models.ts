// What can be done with registered models.
import { SlipwayError } from '../../base/errors';
import { checkKeyName } from '../../workspace/key-name';
import type { ModelsContext } from './context';
import type { ModelDecisions } from './decision/model-decisions';
import type { MoveTerms } from './decision/warrant';
import type { ModelVersionRecord } from './model-version';
import type { ModelTag, RegisteredModelRecord, RegisteredModelRow } from './registered-model';
import type { RegistryEvent } from './registry-event';
import { checkModelName, checkModelTag, checkNewModelName } from './rules/model-name';
import { modelStage } from './rules/model-stage';
import { refuseTakenName } from './rules/prompt';
import { readModels } from './store/registry-read';
import type { RegistryStore } from './store/registry-store';

/** Creates, finds, renames, describes, tags and deletes registered models. Every action is one transaction. */
export class RegisteredModels {
  readonly #context: ModelsContext;
  readonly #store: RegistryStore;
  readonly #decisions: ModelDecisions;

  constructor(context: ModelsContext, store: RegistryStore, decisions: ModelDecisions) {
    this.#context = context;
    this.#store = store;
    this.#decisions = decisions;
  }

  /** Creates a model without versions. Throws `already-exists` when the name is taken, `invalid` for a bad one. */
  create(
    input: { name: string; description: string; tags: readonly ModelTag[] },
    terms = this.#usualTerms(),
  ): RegisteredModelRecord {
    const { name, description, tags } = input;
    checkNewModelName(name);
    for (const tag of tags) checkModelTag(tag);
    return this.#write((time) => {
      const taken = this.#store.models.byName(name);
      if (taken !== undefined) refuseTakenName(name, this.#store.models.tags(taken.model), tags);
      const model = this.#store.models.insert({ name, description, time });
      for (const tag of tags) this.#store.models.setTag(model, tag);
      this.#decisions.rules.bind({ model, name });
      this.#log({ move: 'model created', model, modelName: name, from: null, to: name }, time, terms);
      return this.get(name);
    });
  }

  /** The model. Throws `not-found`, also for a deleted one. */
  get(name: string): RegisteredModelRecord {
    const [record] = readModels(this.#context.database, [this.row(name)]);
    if (record === undefined) throw notFound(name);
    return record;
  }

  /** The model's own fields; as `get`. */
  row(name: string): RegisteredModelRow {
    checkModelName(name);
    const row = this.#store.models.byName(name);
    if (row === undefined) throw notFound(name);
    return row;
  }

  /** The model's own fields; undefined where there is none, or a deleted one. */
  find(name: string): RegisteredModelRow | undefined {
    return this.#store.models.byName(name);
  }

  /** The newest version of each of these stages, or of all; with aliases. Throws `invalid` for an unknown stage. */
  latestVersions(name: string, stages: readonly string[]): ModelVersionRecord[] {
    const { latestVersions, aliases } = this.get(name);
    const wanted = stages.map(modelStage);
    const found = latestVersions.filter(({ stage }) => wanted.length === 0 || wanted.includes(stage));
    return found.map((version) => ({
      ...version,
      aliases: aliases.flatMap((each) => (each.version === version.version ? [each.alias] : [])),
    }));
  }

  /** Gives the model another name. Throws `already-exists` when it is taken, `forbidden` while a rule guards where its versions are. */
  rename(name: string, newName: string, terms = this.#usualTerms()): RegisteredModelRecord {
    checkNewModelName(newName, 'new_name');
    return this.#decisions.guarded({ subject: name, terms }, () => {
      const time = this.#context.now();
      const row = this.row(name);
      const { model } = row;
      this.#decisions.checkRename(row, newName);
      const wasDraft = this.#decisions.rules.isDraft(newName);
      this.#decisions.rules.bind({ model, name });
      const taken = this.#store.models.byName(newName);
      if (taken !== undefined && taken.model !== model) {
        throw new SlipwayError('already-exists', `Registered Model (name=${newName}) already exists.`);
      }
      this.#store.models.rename(model, newName, time);
      this.#store.versions.touchAll(model, time);
      this.#decisions.rules.bind({ model, name: newName }, { wasDraft });
      this.#log({ move: 'model renamed', model, modelName: name, from: name, to: newName }, time, terms);
      return this.get(newName);
    });
  }

  /** Replaces the description. */
  describe(name: string, description: string): RegisteredModelRecord {
    return this.#write((time) => {
      this.#store.models.describe(this.row(name).model, description, time);
      return this.get(name);
    });
  }

  /**
   * Deletes the model and its versions: they are found no more, and what they were made from stays known. Throws `forbidden`
   * while a rule guards where they are.
   */
  delete(name: string, terms = this.#usualTerms()): void {
    this.#decisions.guarded({ subject: name, terms }, () => {
      const time = this.#context.now();
      const row = this.row(name);
      const { model } = row;
      this.#decisions.checkModelDeletion(row);
      this.#store.versions.deleteAll(model, time);
      this.#store.models.delete(model, time);
      this.#log({ move: 'model deleted', model, modelName: name, from: name, to: null }, time, terms);
    });
  }

  /** Sets or replaces a tag. */
  setTag(name: string, tag: ModelTag): void {
    checkModelName(name);
    checkModelTag(tag);
    this.#write(() => this.#store.models.setTag(this.row(name).model, tag));
  }

  /** Removes a tag, if it is there. */
  deleteTag(name: string, key: string): void {
    checkModelName(name);
    checkKeyName(key, 'key');
    this.#write(() => this.#store.models.deleteTag(this.row(name).model, key));
  }

  #write<T>(action: (time: number) => T): T {
    return this.#context.database.transaction(() => action(this.#context.now())).immediate();
  }

  #log(event: RegistryEvent, time: number, { actor } = this.#usualTerms()): void {
    const gate = this.#decisions.gateWord({ model: event.model, name: event.modelName });
    this.#store.log.add(event, { actor, gate }, time);
  }

  #usualTerms(): MoveTerms {
    return { actor: this.#context.actor, door: 'MLflow client' };
  }
}

function notFound(name: string): SlipwayError {
  return new SlipwayError('not-found', `Registered Model with name=${name} not found`);
}
