// Brings a registered model of a bundle into the database, whole and in one transaction.
import { SlipwayError } from '../../../../base/errors';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, type PartRow, textIn } from '../../../../workspace/bundle/part-line';
import type { ModelsContext } from '../../context';
import type { ModelDecisions } from '../../decision/model-decisions';
import { isDecisionTag } from '../../decision/version-moves';
import { checkModelName } from '../../rules/model-name';
import { checkScheme } from '../../sources/version-source';
import { tablesOfRegistered } from './model-part';

/**
 * A registered model's lines. `inPlace`: they come back to where they were judged when its versions were made. Under a gated
 * name its versions come in as candidates without aliases, whatever they were where they come from.
 */
export interface RegisteredModelPart {
  name: string;
  lines: readonly PartLine[];
  inPlace: boolean;
}

/** What it is brought into: `decisions` know which names are gated. */
export interface ModelLandingParts {
  context: Pick<ModelsContext, 'database' | 'audit' | 'events' | 'now' | 'actor'>;
  decisions: Pick<ModelDecisions, 'rulesOfName' | 'rules'>;
}

/** Adds the model of that name. Throws SlipwayError `already-exists`, `invalid` or `newer-schema`; then nothing changed. */
export function landRegisteredModel(
  { context, decisions }: ModelLandingParts,
  { name, lines, inPlace }: RegisteredModelPart,
): void {
  const { database } = context;
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
    const isGated = decisions.rulesOfName(name) !== null;
    const left: string[] = [];
    const model = insertRow(database, 'registered_models', row);
    for (const [table, given] of lines) {
      if (table === 'registered_models') continue;
      if (!Object.hasOwn(tablesOfRegistered, table)) throw unknownTable(table);
      const kept = isGated ? withoutPlace(table, given, left) : given;
      if (kept !== undefined) insertRow(database, table, { ...kept, model });
    }
    decisions.rules.bind({ model, name });
    const authors = lines.flatMap(([table, given]) =>
      table === 'model_versions' ? [[String(given.version), String(given.author ?? '')]] : [],
    );
    const gate = isGated ? 'gated' : 'ungated';
    const detail = { door: 'bundle', gate, left, model, authors: Object.fromEntries(authors) };
    context.audit.add({ actor: context.actor, action: 'model imported', subject: name, detail }, context.now());
    context.events.modelChanged(name);
  });
}

/** A row without what only a decision made here can give; undefined for one that is nothing else. `left` is told what was taken. */
function withoutPlace(table: string, given: PartRow, left: string[]): PartRow | undefined {
  if (table === 'model_aliases') {
    left.push(`@${String(given.alias)} of version ${String(given.version)}`);
    return undefined;
  }
  if (table === 'model_version_tags' && isDecisionTag(String(given.key))) return undefined;
  if (table !== 'model_versions' || given.stage === 'None') return given;
  left.push(`${String(given.stage)} of version ${String(given.version)}`);
  return { ...given, stage: 'None' };
}
