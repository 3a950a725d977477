// Registered models and their versions, as MLflow's routes tell them, in our words.
import type { EngineClient } from '../engine-client';
import { trackingGet } from '../tracking/tracking-requests';

/** A version. Times are epoch milliseconds; texts that were not said are empty. */
export interface RegistryVersion {
  name: string;
  version: string;
  stage: string;
  aliases: string[];
  description: string;
  source: string;
  run_id: string;
  created: number;
  tags: Record<string, string>;
}

/** A model; `versions` are the newest of each stage. */
export interface RegistryModel {
  name: string;
  description: string;
  created: number;
  aliases: Record<string, string>;
  tags: Record<string, string>;
  versions: RegistryVersion[];
}

interface Said {
  name: string;
  version?: string;
  current_stage?: string;
  description?: string;
  source?: string;
  run_id?: string;
  creation_timestamp: number;
  tags?: { key: string; value: string }[];
  latest_versions?: Said[];
}
type SaidVersion = Said & { aliases?: string[] };
type SaidModel = Said & { aliases?: { alias: string; version: string }[] };

/** One model with all its versions, the newest first. Throws SlipwayError `not-found`. */
export async function registryModel(client: EngineClient, name: string): Promise<RegistryModel> {
  const { registered_model } = await trackingGet<{ registered_model: SaidModel }>(client, 'registered-models/get', {
    name,
  });
  const model = modelOf(registered_model);
  const versions: RegistryVersion[] = [];
  const aliases = Map.groupBy(registered_model.aliases ?? [], ({ version }) => version);
  for (let page: string | undefined; ; ) {
    const query = {
      filter: `name='${name.replaceAll("'", "''")}'`,
      max_results: '1000',
      ...(page === undefined ? {} : { page_token: page }),
    };
    const found = await trackingGet<{ model_versions?: SaidVersion[]; next_page_token?: string }>(
      client,
      'model-versions/search',
      query,
    );
    for (const each of found.model_versions ?? []) {
      versions.push(versionOf({ ...each, aliases: (aliases.get(each.version ?? '') ?? []).map(({ alias }) => alias) }));
    }
    page = found.next_page_token || undefined;
    if (page === undefined)
      return { ...model, versions: versions.sort((a, b) => Number(b.version) - Number(a.version)) };
  }
}

/** One version by its number, an alias or `latest`. Throws SlipwayError `not-found`. */
export async function registryVersion(client: EngineClient, name: string, wanted: string): Promise<RegistryVersion> {
  const isNumber = /^\d+$/.test(wanted);
  const route = isNumber ? 'model-versions/get' : 'registered-models/alias';
  const query = isNumber ? { name, version: wanted } : { name, alias: wanted };
  return versionOf((await trackingGet<{ model_version: SaidVersion }>(client, route, query)).model_version);
}

function modelOf({
  name,
  description = '',
  creation_timestamp,
  aliases = [],
  tags,
  latest_versions,
}: SaidModel): RegistryModel {
  return {
    ...{ name, description, created: Number(creation_timestamp) },
    aliases: Object.fromEntries(aliases.map(({ alias, version }) => [alias, version])),
    tags: tagsOf(tags),
    versions: (latest_versions ?? []).map(versionOf),
  };
}

function versionOf(said: SaidVersion): RegistryVersion {
  const { name, version = '', current_stage = 'None', description = '', source = '', run_id = '' } = said;
  return {
    ...{ name, version, stage: current_stage, aliases: said.aliases ?? [], description, source, run_id },
    created: Number(said.creation_timestamp),
    tags: tagsOf(said.tags),
  };
}

function tagsOf(tags: Said['tags'] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
