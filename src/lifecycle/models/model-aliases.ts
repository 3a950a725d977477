// What can be done with aliases.
import { SlipwayError } from '../../base/errors';
import type { ModelsContext } from './context';
import type { ModelDecisions } from './decision/model-decisions';
import type { MoveTerms } from './decision/warrant';
import { type ModelVersionRecord, versionNumber } from './model-version';
import type { ModelVersions } from './model-versions';
import type { RegisteredModels } from './registered-models';
import { checkAlias, checkSettableAlias, isLatest } from './rules/model-alias';
import { checkModelName } from './rules/model-name';
import type { RegistryStore } from './store/registry-store';

/** Sets, moves, deletes and follows aliases. Every action is one transaction. */
export class ModelAliases {
  readonly #context: ModelsContext;
  readonly #store: RegistryStore;
  readonly #models: RegisteredModels;
  readonly #versions: ModelVersions;
  readonly #decisions: ModelDecisions;

  constructor(
    context: ModelsContext,
    store: RegistryStore,
    of: { models: RegisteredModels; versions: ModelVersions; decisions: ModelDecisions },
  ) {
    this.#context = context;
    this.#store = store;
    this.#models = of.models;
    this.#versions = of.versions;
    this.#decisions = of.decisions;
  }

  /**
   * Lets an alias point at a version, wherever it pointed before. Throws `invalid`, `not-found`, and `forbidden` where rules of
   * a gated model refuse it.
   */
  set(name: string, alias: string, versionText: string, terms = this.#usualTerms()): void {
    checkModelName(name);
    checkSettableAlias(alias);
    const number = versionNumber(versionText);
    this.#decisions.guarded({ subject: `${name}@${number}`, terms }, () => {
      const row = this.#versions.row(name, number);
      const { model, version } = row;
      const rules = this.#decisions.rulesOf(row);
      if (rules !== null) {
        this.#decisions.moves.move({ row, goal: { alias }, rules, terms });
        return;
      }
      const before = this.#store.aliases.find(model, alias);
      if (before === version) return;
      this.#store.aliases.set(model, { alias, version });
      const move = before === undefined ? 'alias set' : 'alias moved';
      const from = before === undefined ? null : String(before);
      const event = { move, model, modelName: name, version, alias, from, to: String(version) } as const;
      this.#store.log.add(event, terms, this.#context.now());
    });
  }

  /** Removes an alias, if it is there. Throws `not-found` when the model is not, and `forbidden` as `set`. */
  delete(name: string, alias: string, terms = this.#usualTerms()): void {
    checkModelName(name);
    checkAlias(alias);
    this.#decisions.guarded({ subject: name, terms }, () => {
      const { model } = this.#models.row(name);
      const version = this.#store.aliases.find(model, alias);
      if (version === undefined) return;
      const rules = this.#decisions.rulesOf({ model, name });
      const row = rules === null ? undefined : this.#store.versions.find(name, version);
      if (rules !== null && row !== undefined) {
        this.#decisions.moves.move({ row, goal: { unset: alias }, rules, terms });
        return;
      }
      this.#store.aliases.delete(model, alias);
      const from = String(version);
      const event = { move: 'alias deleted', model, modelName: name, version, alias, from, to: null } as const;
      this.#store.log.add(event, terms, this.#context.now());
    });
  }

  /** The number of the version that an alias points at; undefined where there is no such model or alias. */
  find(name: string, alias: string): number | undefined {
    const model = this.#store.models.byName(name)?.model;
    return model === undefined ? undefined : this.#store.aliases.find(model, alias);
  }

  /** The version an alias points at; `latest` is the newest of all. Throws `invalid` for an alias that is not set. */
  version(name: string, alias: string): ModelVersionRecord {
    checkModelName(name);
    checkAlias(alias);
    if (isLatest(alias)) return this.#newest(name);
    const version = this.#store.aliases.find(this.#models.row(name).model, alias);
    if (version === undefined) throw new SlipwayError('invalid', `Registered model alias ${alias} not found.`);
    return this.#versions.get(name, version);
  }

  #usualTerms(): MoveTerms {
    return { actor: this.#context.actor, door: 'MLflow client' };
  }

  #newest(name: string): ModelVersionRecord {
    const [newest] = this.#models.latestVersions(name, []).sort((a, b) => b.version - a.version);
    if (newest === undefined) throw new SlipwayError('not-found', `Latest version not found for model ${name}.`);
    return newest;
  }
}
