// Datasets and versions by a word: names, owners, descriptions, tags, labels, the beginning of an id.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';
import type { SearchFind } from '../../../protocol/datasets/dataset-api';

/** `pattern` is one of LIKE with `\` before what stands for itself. */
export interface FindsAsked {
  pattern: string;
  limit: number;
}

/** Those in use that hold the text; of versions those with such a label or id. */
export function datasetFinds(database: Database, asked: FindsAsked): SearchFind[] {
  const datasets = prepared<[FindsAsked], { name: string; definition: string; time: number }>(
    database,
    `SELECT name, definition, created_time AS time FROM datasets
     WHERE deleted_time IS NULL AND (name LIKE @pattern ESCAPE '\\'
       OR definition ->> 'owner' LIKE @pattern ESCAPE '\\' OR definition ->> 'description' LIKE @pattern ESCAPE '\\'
       OR EXISTS (SELECT 1 FROM json_each(definition, '$.tags') t WHERE t.value LIKE @pattern ESCAPE '\\'))
     ORDER BY name LIMIT @limit`,
  ).all(asked);
  const versions = prepared<[FindsAsked], { name: string; id: string; labels: string | null; time: number }>(
    database,
    `SELECT d.name, v.id, v.created_time AS time,
       (SELECT group_concat(label, ', ') FROM dataset_labels l WHERE l.version = v.version) AS labels
     FROM dataset_versions v JOIN datasets d USING (dataset)
     WHERE v.deleted_time IS NULL AND d.deleted_time IS NULL AND (v.id LIKE substr(@pattern, 2) ESCAPE '\\'
       OR EXISTS (SELECT 1 FROM dataset_labels l WHERE l.version = v.version AND l.label LIKE @pattern ESCAPE '\\'))
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
