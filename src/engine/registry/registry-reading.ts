// The registry as clients see it.
import type * as z from 'zod';
import { hadChampion } from '../../lifecycle/models/decision/store/champion-history';
import { modelPage, versionCount, versionPage } from '../../lifecycle/models/store/registry-pages';
import type { VersionDetail, versionQuery } from '../../protocol/models/registry/model-version';
import type {
  ModelDetail,
  ModelSummary,
  modelListQuery,
  modelQuery,
} from '../../protocol/models/registry/registered-model';
import type { Page } from '../../protocol/run';
import type { Services } from '../services';
import { versionNamed } from './named-version';
import { rulesLine } from './rules-line';
import { versionDetail } from './version-detail';
import { modelSummary, versionSummary } from './version-summary';

/** Answers what is asked of it. Every method may throw SlipwayError `not-found`. */
export class RegistryReading {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** A page of models by name. */
  models(query: z.output<typeof modelListQuery>): Page<ModelSummary> {
    const { items, next } = modelPage(this.#services.opened.database, query);
    return { items: items.map((model) => modelSummary(this.#services, model)), next };
  }

  /** A model with a page of its versions. */
  model({ name, ...query }: z.output<typeof modelQuery>): ModelDetail {
    const { models, opened, layout } = this.#services;
    const row = models.registered.row(name);
    const rules = models.decisions.rulesOf(row);
    const { items, next } = versionPage(opened.database, row.model, query);
    return {
      ...modelSummary(this.#services, { ...row, versions: versionCount(opened.database, row.model) }),
      rulesLine: rules === null ? null : rulesLine(layout.config, name),
      rules: (rules?.definition.gates ?? []).map(({ id, kind, severity }) => ({ id, kind, severity })),
      hadChampion: hadChampion(opened.database, row),
      protects: rules?.definition.protects ?? [],
      items: items.map((each) => versionSummary(this.#services, each, rules)),
      next,
    };
  }

  /** A version, its files read. */
  async version(
    { name, version, identity }: z.output<typeof versionQuery>,
    signal?: AbortSignal,
  ): Promise<VersionDetail> {
    return versionDetail(this.#services, versionNamed(this.#services, name, version), { identity, signal });
  }
}
