// Finds models and versions by condition and order. Pure functions of the database.
import type { Database } from '../../../platform/sqlite/database';
import type { ModelVersionRecord, ModelVersionRow } from '../model-version';
import type { RegisteredModelRecord, RegisteredModelRow } from '../registered-model';
import { promptTag } from '../rules/prompt';
import type { RegistryCondition, RegistrySort } from '../search/registry-condition';
import { versionColumns } from './model-version-store';
import { modelColumns } from './registered-model-store';
import { readModels, readVersions } from './registry-read';
import { filterSql, orderSql, type RecordColumns } from './registry-sql';

/** Which records, in what order: `limit` of them after the first `offset`. */
export interface RegistrySearch {
  condition: RegistryCondition;
  onlyModels: boolean;
  order: readonly RegistrySort[];
  limit: number;
  offset: number;
}

/** What was found, and whether there is more after it. */
export interface RegistryFound<T> {
  items: T[];
  more: boolean;
}

const ofModels: RecordColumns = {
  attributes: { name: 'm.name' },
  tags: 'registered_model_tags',
  tagOwner: 't.model = m.model',
};
const ofVersions: RecordColumns = {
  attributes: { name: 'm.name', run_id: 'v.run_id', source_path: 'v.source', version_number: 'v.version' },
  tags: 'model_version_tags',
  tagOwner: 't.model = v.model AND t.version = v.version',
};
const modelOrder = { name: 'm.name', last_update_time: 'm.last_update_time' };
const versionOrder = {
  name: 'm.name',
  version: 'v.version',
  creation_time: 'v.creation_time',
  last_update_time: 'v.last_update_time',
};

/** Models with everything shown of them. */
export function searchModels(database: Database, search: RegistrySearch): RegistryFound<RegisteredModelRecord> {
  const where = filterSql(search.condition, ofModels);
  const noPrompts = `NOT EXISTS (SELECT 1 FROM registered_model_tags p
    WHERE p.model = m.model AND p.key = '${promptTag}' AND p.value = 'true')`;
  const rows = database
    .prepare<unknown[], RegisteredModelRow>(
      `SELECT ${modelColumns} FROM registered_models m
       WHERE m.deleted_time IS NULL AND ${where.sql} ${search.onlyModels ? `AND ${noPrompts}` : ''}
       ORDER BY ${orderSql(search.order, modelOrder)} LIMIT ? OFFSET ?`,
    )
    .all(...where.values, search.limit + 1, search.offset);
  const items = readModels(database, rows.slice(0, search.limit));
  // Clients of a search are used to the stages by name.
  for (const { latestVersions } of items) latestVersions.sort((a, b) => (a.stage < b.stage ? -1 : 1));
  return { items, more: rows.length > search.limit };
}

/** Versions with their tags. A model of which one version is a prompt's is a prompt. */
export function searchVersions(database: Database, search: RegistrySearch): RegistryFound<ModelVersionRecord> {
  const where = filterSql(search.condition, ofVersions);
  const noPrompts = `v.model NOT IN (SELECT p.model FROM model_version_tags p
    WHERE p.key = '${promptTag}' AND p.value = 'true')`;
  const rows = database
    .prepare<unknown[], ModelVersionRow>(
      `SELECT ${versionColumns} FROM model_versions v JOIN registered_models m ON m.model = v.model
       WHERE v.deleted_time IS NULL AND m.deleted_time IS NULL AND ${where.sql}
         ${search.onlyModels ? `AND ${noPrompts}` : ''}
       ORDER BY ${orderSql(search.order, versionOrder)} LIMIT ? OFFSET ?`,
    )
    .all(...where.values, search.limit + 1, search.offset);
  return { items: readVersions(database, rows.slice(0, search.limit)), more: rows.length > search.limit };
}

/** How many rows, deleted ones too, there are in a table of the registry, counted up to `most`. */
export function countRows(database: Database, table: 'registered_models' | 'model_versions', most: number): number {
  return (
    database
      .prepare<[number], { count: number }>(`SELECT count(*) AS count FROM (SELECT 1 FROM ${table} LIMIT ?)`)
      .get(most)?.count ?? 0
  );
}
