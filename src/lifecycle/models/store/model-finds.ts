// Model versions by a word: the model's name, its description, its tags and aliases.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { SearchFind } from '../../../protocol/datasets/dataset-api';

interface Row {
  model: string;
  version: number;
  aliases: string | null;
  description: string | null;
  time: number;
}

/** The newest version of each model that holds the text. `text` is in small letters, as SQLite makes them. */
export function modelFinds(database: Database, asked: { text: string; limit: number }): SearchFind[] {
  const rows = prepared<[{ text: string; limit: number }], Row>(
    database,
    `SELECT m.name AS model, v.version, m.description, max(v.creation_time) AS time,
       (SELECT group_concat(alias, ', ') FROM model_aliases a WHERE a.model = m.model AND a.version = v.version) AS aliases
     FROM registered_models m JOIN model_versions v USING (model)
     WHERE m.deleted_time IS NULL AND v.deleted_time IS NULL AND (instr(lower(m.name), @text) > 0
       OR instr(lower(m.description), @text) > 0
       OR EXISTS (SELECT 1 FROM registered_model_tags t WHERE t.model = m.model AND (instr(lower(t.key), @text) > 0 OR instr(lower(t.value), @text) > 0))
       OR EXISTS (SELECT 1 FROM model_aliases a WHERE a.model = m.model AND instr(lower(a.alias), @text) > 0))
     GROUP BY m.model ORDER BY time DESC LIMIT @limit`,
  ).all(asked);
  return rows.map(({ model, version, aliases, description, time }) => {
    const detail = [aliases, description?.split('\n')[0]].filter(Boolean).join(' · ');
    return { kind: 'model', id: `${model}/${version}`, name: `${model} v${version}`, detail, time };
  });
}
