// Pages of the registry for lists: models by name, and the versions of one, the newest first.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { Page } from '../../../protocol/run';
import type { ModelVersionRow } from '../model-version';
import type { RegisteredModelRow } from '../registered-model';
import { promptTag } from '../rules/prompt';
import { versionColumns } from './model-version-store';
import { modelColumns } from './registered-model-store';

/** A model with how many versions it has. */
export interface CountedModel extends RegisteredModelRow {
  versions: number;
}

interface Asked {
  limit: number;
  page: string | null;
}

const counted = `${modelColumns}, (SELECT count(*) FROM model_versions v WHERE v.model = m.model AND v.deleted_time IS NULL) AS versions`;

/** Models that are no prompts; `page` is what the last one gave as `next`. */
export function modelPage(database: Database, { limit, page }: Asked): Page<CountedModel> {
  const offset = page === null || !/^\d{1,9}$/.test(page) ? 0 : Number(page);
  const rows = prepared<[object], CountedModel>(
    database,
    `SELECT ${counted} FROM registered_models m WHERE m.deleted_time IS NULL AND NOT EXISTS
       (SELECT 1 FROM registered_model_tags t WHERE t.model = m.model AND t.key = '${promptTag}' AND t.value = 'true')
     ORDER BY m.name LIMIT @most OFFSET @offset`,
  ).all({ most: limit + 1, offset });
  return { items: rows.slice(0, limit), next: rows.length > limit ? String(offset + limit) : null };
}

/** How many versions the model has. */
export function versionCount(database: Database, model: number): number {
  const sql = 'SELECT count(*) AS count FROM model_versions WHERE model = ? AND deleted_time IS NULL';
  return prepared<[number], { count: number }>(database, sql).get(model)?.count ?? 0;
}

/** Versions of a model; `page` is what the last one gave as `next`. */
export function versionPage(database: Database, model: number, { limit, page }: Asked): Page<ModelVersionRow> {
  const before = page === null || !/^\d{1,15}$/.test(page) ? Number.MAX_SAFE_INTEGER : Number(page);
  const rows = prepared<[object], ModelVersionRow>(
    database,
    `SELECT ${versionColumns} FROM model_versions v JOIN registered_models m ON m.model = v.model
     WHERE v.model = @model AND v.version < @before AND v.deleted_time IS NULL AND m.deleted_time IS NULL
     ORDER BY v.version DESC LIMIT @most`,
  ).all({ model, before, most: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)?.version) : null };
}
