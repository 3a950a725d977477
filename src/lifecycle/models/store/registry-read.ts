// Reads models and versions with what belongs to them, many at once. Pure functions of the database.
import type { Database } from '../../../platform/sqlite/database';
import type { ModelVersionRecord, ModelVersionRow } from '../model-version';
import type { ModelAlias, ModelTag, RegisteredModelRecord, RegisteredModelRow } from '../registered-model';
import { modelStages } from '../rules/model-stage';
import { versionColumns } from './model-version-store';

const theseModels = 'IN (SELECT value FROM json_each(?))';

/** Models with tags, aliases and the newest version of each stage, in the order of their rows. */
export function readModels(database: Database, rows: readonly RegisteredModelRow[]): RegisteredModelRecord[] {
  const models = JSON.stringify(rows.map((row) => row.model));
  const of = new Map(
    rows.map((row): [number, RegisteredModelRecord] => [
      row.model,
      { ...row, tags: [], aliases: [], latestVersions: [] },
    ]),
  );
  const tags = database.prepare<[string], ModelTag & { model: number }>(
    `SELECT model, key, value FROM registered_model_tags WHERE model ${theseModels} ORDER BY model, key`,
  );
  for (const { model, key, value } of tags.all(models)) of.get(model)?.tags.push({ key, value });
  const aliases = database.prepare<[string], ModelAlias & { model: number }>(
    `SELECT model, alias, version FROM model_aliases WHERE model ${theseModels} ORDER BY model, alias`,
  );
  for (const { model, alias, version } of aliases.all(models)) of.get(model)?.aliases.push({ alias, version });
  for (const version of latestVersions(database, models)) of.get(version.model)?.latestVersions.push(version);
  return [...of.values()];
}

/** Versions with their tags, in the order of their rows; without aliases. */
export function readVersions(database: Database, rows: readonly ModelVersionRow[]): ModelVersionRecord[] {
  const key = (model: number, version: number): string => `${model}/${version}`;
  const of = new Map(
    rows.map((row): [string, ModelVersionRecord] => [key(row.model, row.version), { ...row, tags: [], aliases: [] }]),
  );
  const keys = JSON.stringify(rows.map((row) => ({ model: row.model, version: row.version })));
  const tags = database.prepare<[string], ModelTag & { model: number; version: number }>(
    `SELECT t.model, t.version, t.key, t.value FROM json_each(?) wanted JOIN model_version_tags t
       ON t.model = wanted.value ->> 'model' AND t.version = wanted.value ->> 'version'
     ORDER BY t.model, t.version, t.key`,
  );
  for (const tag of tags.all(keys)) of.get(key(tag.model, tag.version))?.tags.push({ key: tag.key, value: tag.value });
  return [...of.values()];
}

/** The newest version of each stage, the stage that a version came to first before the others. */
function latestVersions(database: Database, models: string): ModelVersionRecord[] {
  // Order of the joins and index are said, because SQLite would read every version of a model for each of its stages.
  const inStage = `FROM model_versions s INDEXED BY model_versions_by_stage
    WHERE s.model = wanted.value AND s.stage = stages.value AND s.deleted_time IS NULL`;
  const rows = database
    .prepare<[string, string], ModelVersionRow>(
      `SELECT ${versionColumns} FROM json_each(?) wanted CROSS JOIN json_each(?) stages
         CROSS JOIN registered_models m CROSS JOIN model_versions v
       WHERE m.model = wanted.value AND v.model = wanted.value AND v.version = (SELECT max(s.version) ${inStage})
       ORDER BY m.model, (SELECT min(s.version) ${inStage})`,
    )
    .all(models, JSON.stringify(modelStages));
  return readVersions(database, rows);
}
