// What can be done with aliases.
import { SlipwayError } from '../../base/errors';
import type { ModelsContext } from './context';
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

  constructor(context: ModelsContext, store: RegistryStore, of: { models: RegisteredModels; versions: ModelVersions }) {
    this.#context = context;
    this.#store = store;
    this.#models = of.models;
    this.#versions = of.versions;
  }

  /** Lets an alias point at a version, wherever it pointed before. Throws `invalid` or `not-found`. */
  set(name: string, alias: string, versionText: string): void {
    checkModelName(name);
    checkSettableAlias(alias);
    const { database, now, actor } = this.#context;
    database
      .transaction(() => {
        const { model, version } = this.#versions.row(name, versionNumber(versionText));
        const before = this.#store.aliases.find(model, alias);
        if (before === version) return;
        this.#store.aliases.set(model, { alias, version });
        const move = before === undefined ? 'alias set' : 'alias moved';
        const from = before === undefined ? null : String(before);
        const event = { move, model, modelName: name, version, alias, from, to: String(version) } as const;
        this.#store.log.add(event, actor, now());
      })
      .immediate();
  }

  /** Removes an alias, if it is there. Throws `not-found` when the model is not. */
  delete(name: string, alias: string): void {
    checkModelName(name);
    checkAlias(alias);
    const { database, now, actor } = this.#context;
    database
      .transaction(() => {
        const { model } = this.#models.row(name);
        const version = this.#store.aliases.find(model, alias);
        if (version === undefined) return;
        this.#store.aliases.delete(model, alias);
        const from = String(version);
        const event = { move: 'alias deleted', model, modelName: name, version, alias, from, to: null } as const;
        this.#store.log.add(event, actor, now());
      })
      .immediate();
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

  #newest(name: string): ModelVersionRecord {
    const [newest] = this.#models.latestVersions(name, []).sort((a, b) => b.version - a.version);
    if (newest === undefined) throw new SlipwayError('not-found', `Latest version not found for model ${name}.`);
    return newest;
  }
}
