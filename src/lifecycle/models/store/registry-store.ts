// The tables of the registry, for the actions that write to several of them.
import type { ModelsContext } from '../context';
import { ModelAliasStore } from './model-alias-store';
import { ModelVersionStore } from './model-version-store';
import { RegisteredModelStore } from './registered-model-store';
import { RegistryLog } from './registry-log';

/** One store per table over one database. */
export class RegistryStore {
  readonly models: RegisteredModelStore;
  readonly versions: ModelVersionStore;
  readonly aliases: ModelAliasStore;
  readonly log: RegistryLog;

  constructor(context: ModelsContext) {
    const { database } = context;
    this.models = new RegisteredModelStore(database);
    this.versions = new ModelVersionStore(database);
    this.aliases = new ModelAliasStore(database);
    this.log = new RegistryLog(context);
  }
}
