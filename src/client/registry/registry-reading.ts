// Versions of registered models, as MLflow's routes tell them, in our words.
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

interface Said {
  name: string;
  version?: string;
  current_stage?: string;
  description?: string;
  source?: string;
  run_id?: string;
  creation_timestamp: number;
  tags?: { key: string; value: string }[];
}
type SaidVersion = Said & { aliases?: string[] };

/** One version by its number, an alias or `latest`. Throws SlipwayError `not-found`. */
export async function registryVersion(client: EngineClient, name: string, wanted: string): Promise<RegistryVersion> {
  const isNumber = /^\d+$/.test(wanted);
  const route = isNumber ? 'model-versions/get' : 'registered-models/alias';
  const query = isNumber ? { name, version: wanted } : { name, alias: wanted };
  return versionOf((await trackingGet<{ model_version: SaidVersion }>(client, route, query)).model_version);
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
