// Brings a registered model of a bundle into the database, whole and in one transaction.
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, textIn } from '../../../../workspace/bundle/part-line';
import { checkModelName } from '../../rules/model-name';
import { checkScheme } from '../../sources/version-source';
import { tablesOfRegistered } from './model-part';

/** A registered model's lines. `inPlace`: they come back to where they were judged when its versions were made. */
export interface RegisteredModelPart {
  name: string;
  lines: readonly PartLine[];
  inPlace: boolean;
}

/** Adds the model of that name. Throws SlipwayError `already-exists`, `invalid` or `newer-schema`; then nothing changed. */
export function landRegisteredModel(database: Database, { name, lines, inPlace }: RegisteredModelPart): void {
  checkModelName(name);
  const rows = lines.filter(([table]) => table === 'registered_models');
  const [, row] = rows[0] ?? [];
  if (row === undefined || rows.length > 1 || row.name !== name) {
    throw new SlipwayError('invalid', `The part of the model ${name} in the bundle is not about it.`);
  }
  for (const [table, given] of lines) {
    if (table !== 'model_versions' || inPlace) continue;
    for (const column of ['source', 'storage_location']) checkScheme(textIn(given, column));
  }
  landWhole(database, name, () => {
    const taken = database.prepare('SELECT 1 FROM registered_models WHERE name = ? AND deleted_time IS NULL').get(name);
    if (taken !== undefined) throw new SlipwayError('already-exists', `The model ${name} exists.`);
    const model = insertRow(database, 'registered_models', row);
    for (const [table, given] of lines) {
      if (table === 'registered_models') continue;
      if (!Object.hasOwn(tablesOfRegistered, table)) throw unknownTable(table);
      insertRow(database, table, { ...given, model });
    }
  });
}
