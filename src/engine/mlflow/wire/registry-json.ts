// Registered models and their versions in MLflow's JSON.
import type { ModelVersionRecord } from '../../../lifecycle/models/model-version';
import type { RegistryPage } from '../../../lifecycle/models/queries';
import type { RegisteredModelRecord } from '../../../lifecycle/models/registered-model';
import { filled } from './run-json';

/** One version. */
export function modelVersionJson(version: ModelVersionRecord): object {
  return {
    name: version.name,
    version: String(version.version),
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdateTime,
    current_stage: version.stage,
    ...(version.description === null ? {} : { description: version.description }),
    source: version.source,
    run_id: version.runId,
    status: 'READY',
    ...filled({ tags: version.tags }),
    run_link: version.runLink,
    ...filled({ aliases: version.aliases }),
  };
}

/** One registered model. */
export function registeredModelJson(model: RegisteredModelRecord): object {
  return {
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdateTime,
    ...(model.description ? { description: model.description } : {}),
    ...filled({
      latest_versions: model.latestVersions.map(modelVersionJson),
      tags: model.tags,
      aliases: model.aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
    }),
  };
}

/** One page of versions. */
export function modelVersionPageJson({ items, next }: RegistryPage<ModelVersionRecord>): object {
  return {
    ...filled({ model_versions: items.map(modelVersionJson) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}

/** One page of registered models. */
export function registeredModelPageJson({ items, next }: RegistryPage<RegisteredModelRecord>): object {
  return {
    ...filled({ registered_models: items.map(registeredModelJson) }),
    ...(next === undefined ? {} : { next_page_token: next }),
  };
}
