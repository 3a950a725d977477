// What can be asked about the registry in the MLflow search grammar: text in, one page out.
import { SlipwayError } from '../../base/errors';
import type { Database } from '../../platform/sqlite/database';
import type { SearchGrammar } from '../../workspace/search-grammar';
import type { ModelVersionRecord } from './model-version';
import type { RegisteredModelRecord } from './registered-model';
import { withoutPromptTag } from './search/prompt-filter';
import { type FilterSubject, modelSubject, registryCondition, versionSubject } from './search/registry-filter';
import { modelOrder, versionOrder } from './search/registry-order';
import {
  countRows,
  type RegistryFound,
  type RegistrySearch,
  searchModels,
  searchVersions,
} from './store/registry-search';

/** What a search takes; empty texts ask for everything. */
export interface RegistrySearchRequest {
  filter: string;
  orderBy: readonly string[];
  limit: number;
  token: string | undefined;
}

/** One page; `next` is the token of the following one. */
export interface RegistryPage<T> {
  items: T[];
  next: string | undefined;
}

/** Beyond this many an answer may take more than the 20 ms that the engine's loop can spare. */
const short = { models: 100, versions: 1000 };

/** Answers searches over one database. Every method throws SlipwayError `invalid` for what it cannot read. */
export class ModelQueries {
  readonly #database: Database;
  readonly #grammar: SearchGrammar;

  constructor(database: Database, grammar: SearchGrammar) {
    this.#database = database;
    this.#grammar = grammar;
  }

  /** Registered models; prompts only when the filter asks for them. */
  models(request: RegistrySearchRequest): RegistryPage<RegisteredModelRecord> {
    const order = modelOrder(request.orderBy, this.#grammar);
    return this.#page(request, modelSubject, (rest) => searchModels(this.#database, { ...rest, order }));
  }

  /** Versions of registered models, without their aliases. */
  versions(request: RegistrySearchRequest): RegistryPage<ModelVersionRecord> {
    const order = versionOrder(request.orderBy, this.#grammar);
    return this.#page(request, versionSubject, (rest) => searchVersions(this.#database, { ...rest, order }));
  }

  /** True when a search of models may take so long that it should be made on another thread. */
  isLongModelSearch(limit: number): boolean {
    const { models } = short;
    return limit > models && countRows(this.#database, 'registered_models', models + 1) > models;
  }

  /** As `isLongModelSearch`, of versions. */
  isLongVersionSearch(limit: number): boolean {
    const { versions } = short;
    return limit > versions && countRows(this.#database, 'model_versions', versions + 1) > versions;
  }

  #page<T>(
    { filter, limit, token }: RegistrySearchRequest,
    subject: FilterSubject,
    search: (search: Omit<RegistrySearch, 'order'>) => RegistryFound<T>,
  ): RegistryPage<T> {
    if (limit < 1) {
      throw new SlipwayError(
        'invalid',
        `Invalid value for max_results. It must be a positive integer, but got ${limit}`,
      );
    }
    const wanted = withoutPromptTag(registryCondition(this.#grammar.filter(filter), subject));
    const offset = this.#grammar.offset(token);
    const { items, more } = search({ ...wanted, limit, offset });
    return { items, next: more ? this.#grammar.token(offset + limit) : undefined };
  }
}
