// Datasets and versions by a word: names, owners, descriptions, tags, labels, the beginning of an id.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';
import type { SearchFind } from '../../../protocol/datasets/dataset-api';

/** `text` is in small letters, as SQLite makes them. */
export interface FindsAsked {
  text: string;
  limit: number;
}

/** Those in use that hold the text; of versions those with such a label or id. */
export function datasetFinds(database: Database, asked: FindsAsked): SearchFind[] {
  const datasets = prepared<[FindsAsked], { name: string; definition: string; time: number }>(
    database,
    `SELECT name, definition, created_time AS time FROM datasets
     WHERE deleted_time IS NULL AND (instr(lower(name), @text) > 0
       OR instr(lower(definition ->> 'owner'), @text) > 0 OR instr(lower(definition ->> 'description'), @text) > 0
       OR EXISTS (SELECT 1 FROM json_each(definition, '$.tags') t WHERE instr(lower(t.value), @text) > 0))
     ORDER BY name LIMIT @limit`,
  ).all(asked);
  const versions = prepared<[FindsAsked], { name: string; id: string; labels: string | null; time: number }>(
    database,
    `SELECT d.name, v.id, v.created_time AS time,
       (SELECT group_concat(label, ', ') FROM dataset_labels l WHERE l.version = v.version) AS labels
     FROM dataset_versions v JOIN datasets d USING (dataset)
     WHERE v.deleted_time IS NULL AND d.deleted_time IS NULL AND (substr(v.id, 1, length(@text)) = @text
       OR EXISTS (SELECT 1 FROM dataset_labels l WHERE l.version = v.version AND instr(lower(l.label), @text) > 0))
     ORDER BY v.created_time DESC LIMIT @limit`,
  ).all(asked);
  return [
    ...datasets.map(({ name, definition, time }): SearchFind => {
      return { kind: 'dataset', id: name, name, detail: detailOf(JSON.parse(definition) as DatasetDefinition), time };
    }),
    ...versions.map(({ name, id, labels, time }): SearchFind => {
      return { kind: 'version', id: `${name}@${id}`, name: `${name}@${id.slice(0, 8)}`, detail: labels ?? '', time };
    }),
  ];
}

function detailOf({ owner, description, tags }: DatasetDefinition): string {
  return [owner, description?.split('\n')[0], tags?.join(', ')].filter(Boolean).join(' · ');
}
