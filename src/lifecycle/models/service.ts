// The registry: models, their versions and aliases, and what can be asked about them.
import type { SearchGrammar } from '../../workspace/search-grammar';
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

  constructor(context: ModelsContext, grammar: SearchGrammar) {
    const store = new RegistryStore(context);
    this.decisions = new ModelDecisions(context, store);
    this.registered = new RegisteredModels(context, store, this.decisions);
    const of = { models: this.registered, decisions: this.decisions };
    this.versions = new ModelVersions(context, store, of);
    this.aliases = new ModelAliases(context, store, { ...of, versions: this.versions });
    this.queries = new ModelQueries(context.database, grammar);
  }
}
