// The registry: models, their versions and aliases, and what can be asked about them.
import type { SearchGrammar } from '../../workspace/search-grammar';
import type { ModelsContext } from './context';
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

  constructor(context: ModelsContext, grammar: SearchGrammar) {
    const store = new RegistryStore(context.database, context.audit);
    this.registered = new RegisteredModels(context, store);
    this.versions = new ModelVersions(context, store, this.registered);
    this.aliases = new ModelAliases(context, store, { models: this.registered, versions: this.versions });
    this.queries = new ModelQueries(context.database, grammar);
  }
}
