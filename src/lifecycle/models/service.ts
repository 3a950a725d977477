// The registry: models, their versions and aliases, and what can be asked about them.
import type { SearchGrammar } from '../../workspace/search-grammar';
import { landRegisteredModel, type RegisteredModelPart } from './bundle/store/model-landing';
import type { ModelsContext } from './context';
import { ModelDecisions } from './decision/model-decisions';
import { ModelAliases } from './model-aliases';
import { ModelVersions } from './model-versions';
import { ModelQueries } from './queries';
import { RegisteredModels } from './registered-models';
import { RegistryStore } from './store/registry-store';

/** The actions on the registry of one workspace. Every move is recorded in the transaction that makes it. */
export class ModelsService {
  readonly registered: RegisteredModels;
  readonly versions: ModelVersions;
  readonly aliases: ModelAliases;
  readonly queries: ModelQueries;
  readonly decisions: ModelDecisions;

  readonly #context: ModelsContext;

  constructor(context: ModelsContext, grammar: SearchGrammar) {
    this.#context = context;
    const store = new RegistryStore(context);
    this.decisions = new ModelDecisions(context, store);
    this.registered = new RegisteredModels(context, store, this.decisions);
    const of = { models: this.registered, decisions: this.decisions };
    this.versions = new ModelVersions(context, store, of);
    this.aliases = new ModelAliases(context, store, { ...of, versions: this.versions });
    this.queries = new ModelQueries(context.database, grammar);
  }
  /** Brings in a registered model of a bundle. Throws SlipwayError `already-exists`, `invalid` or `newer-schema`; then nothing changed. */
  land(part: RegisteredModelPart): void {
    landRegisteredModel({ context: this.#context, decisions: this.decisions }, part);
  }
}
