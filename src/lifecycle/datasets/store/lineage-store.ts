// Versions and datasets as lineage asks for them: by content, by DVC's id, by what they are called.
import type { Database } from '../../../platform/sqlite/database';
import { prepared } from '../../../platform/sqlite/prepared';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';

/** A version by its dataset's name and its content; times in epoch milliseconds. */
export interface NamedVersion {
  name: string;
  id: string;
  dvc: string | null;
  rows: number | null;
  created: number;
  labels: string[];
  isDeleted: boolean;
}

type Row = Omit<NamedVersion, 'isDeleted' | 'labels'> & { isDeleted: number; labels: string };

const selected = `SELECT d.name, v.id, v.dvc, v.row_count AS rows, v.created_time AS created,
    (SELECT json_group_array(label) FROM (SELECT label FROM dataset_labels l WHERE l.version = v.version ORDER BY label)) AS labels,
    v.deleted_time IS NOT NULL OR d.deleted_time IS NOT NULL AS isDeleted
  FROM dataset_versions v JOIN datasets d ON d.dataset = v.dataset`;

function versions(database: Database, where: string, values: readonly string[]): NamedVersion[] {
  const sql = `${selected} WHERE ${where} IN (SELECT value FROM json_each(?)) ORDER BY v.version`;
  return prepared<[string], Row>(database, sql)
    .all(JSON.stringify(values))
    .map((row) => ({ ...row, labels: JSON.parse(row.labels) as string[], isDeleted: row.isDeleted === 1 }));
}

/** All versions that have one of these contents, those in the trash too. */
export function versionsOfContent(database: Database, ids: readonly string[]): NamedVersion[] {
  return versions(database, 'v.id', ids);
}

/** All versions that DVC calls by one of these ids. */
export function versionsOfDvc(database: Database, ids: readonly string[]): NamedVersion[] {
  return versions(database, 'v.dvc', ids);
}

/** All versions of the datasets of these names, in the order in which they were first seen. */
export function versionsOfDatasets(database: Database, names: readonly string[]): NamedVersion[] {
  return versions(database, 'd.name', names);
}

/** The datasets in use, by name. */
export function definedDatasets(database: Database): { name: string; definition: DatasetDefinition }[] {
  const sql = 'SELECT name, definition FROM datasets WHERE deleted_time IS NULL ORDER BY name';
  return prepared<[], { name: string; definition: string }>(database, sql)
    .all()
    .map(({ name, definition }) => ({ name, definition: JSON.parse(definition) as DatasetDefinition }));
}
