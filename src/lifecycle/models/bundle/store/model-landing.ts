// Brings a registered model of a bundle into the database, whole and in one transaction.
import * as z from 'zod';
import { SlipwayError } from '../../../../base/errors';
import type { Database } from '../../../../platform/sqlite/database';
import { carriedDefinition } from '../../../../protocol/models/model-definition';
import { landWhole, unknownTable } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, type PartRow, textIn } from '../../../../workspace/bundle/part-line';
import type { ModelsContext } from '../../context';
import type { ModelDecisions } from '../../decision/model-decisions';
import type { AcceptedRules } from '../../decision/rules/effective-rules';
import { isDecisionTag } from '../../decision/version-moves';
import { checkModelName } from '../../rules/model-name';
import { checkScheme } from '../../sources/version-source';
import { rulesPart, tablesOfRegistered } from './model-part';

/** Rules as a bundle holds them. */
const acceptedForm = z.strictObject({
  definition: carriedDefinition,
  judged: z.record(
    z.string(),
    z.strictObject({
      label: z.string().nullable(),
      key: z.array(z.string()),
      from: z.string().optional(),
      contract: z.string().nullable().optional(),
    }),
  ),
});

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
    const carried = carriedRules(name, lines);
    const isGated = carried !== null || decisions.rulesOfName(name) !== null;
    const wasDraft = decisions.rules.isDraft(name);
    const { model, left } = insertModel(database, { row, lines, isGated });
    decisions.rules.bind({ model, name }, { wasDraft });
    // Of a name that has rules here, those hold.
    if (carried !== null && decisions.rules.standing(name).state === undefined) {
      decisions.rules.accept(name, 'rules accepted', { rules: carried, by: context.actor, more: { door: 'bundle' } });
      decisions.rules.bind({ model, name });
    }
    const authors = lines.flatMap(([table, given]) =>
      table === 'model_versions' ? [[String(given.version), String(given.author ?? '')]] : [],
    );
    const gate = isGated ? 'gated' : 'ungated';
    const detail = { door: 'bundle', gate, left, model, authors: Object.fromEntries(authors) };
    context.audit.add({ actor: context.actor, action: 'model imported', subject: name, detail }, context.now());
    context.events.modelChanged(name);
  });
}

/** The number that the model got, and what of it stayed behind. */
function insertModel(
  database: Database,
  { row, lines, isGated }: { row: PartRow; lines: readonly PartLine[]; isGated: boolean },
): { model: number; left: string[] } {
  const left: string[] = [];
  const model = insertRow(database, 'registered_models', row);
  for (const [table, given] of lines) {
    if (table === 'registered_models' || table === rulesPart) continue;
    if (!Object.hasOwn(tablesOfRegistered, table)) throw unknownTable(table);
    const kept = isGated ? withoutPlace(table, given, left) : given;
    if (kept !== undefined) insertRow(database, table, { ...kept, model });
  }
  return { model, left };
}

/** The rules that the model had where it comes from; null where it had none. Throws SlipwayError `invalid` for what is none. */
function carriedRules(name: string, lines: readonly PartLine[]): AcceptedRules | null {
  const [, given] = lines.find(([table]) => table === rulesPart) ?? [];
  if (given === undefined) return null;
  try {
    return acceptedForm.parse(JSON.parse(textIn(given, 'rules')));
  } catch (error) {
    const sentence = `The rules of the model ${name} in the bundle are none that this version of Slipway reads.`;
    throw new SlipwayError('invalid', sentence, { cause: error });
  }
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
