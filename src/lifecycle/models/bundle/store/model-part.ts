// What a bundle holds of registered models: each whole, with all versions, aliases and its history.
import type { Database } from '../../../../platform/sqlite/database';
import { type PartLine, partRows } from '../../../../workspace/bundle/part-line';
import { acceptedRules } from '../../decision/store/rules-log';

/** Tables whose rows belong to one registered model by its number, and the order in which they are told. */
export const tablesOfRegistered = {
  registered_model_tags: 'key',
  model_versions: 'version',
  model_version_tags: 'version, key',
  model_aliases: 'alias',
  registry_events: 'event',
} as const;

/**
 * The names of models with a version that was made from one of these runs or logged models; of all when `runIds` is null.
 * Deleted models stay out.
 */
export function chosenRegisteredModels(
  database: Database,
  runIds: readonly string[] | null,
  modelIds: readonly string[],
): string[] {
  const ids = runIds === null ? null : JSON.stringify(runIds);
  return database
    .prepare<(string | null)[], { name: string }>(
      `SELECT m.name FROM registered_models m WHERE m.deleted_time IS NULL AND (? IS NULL OR m.model IN
         (SELECT v.model FROM model_versions v WHERE v.deleted_time IS NULL AND
           (v.run_id IN (SELECT value FROM json_each(?)) OR v.model_id IN (SELECT value FROM json_each(?)))))
       ORDER BY m.name`,
    )
    .all(ids, ids, JSON.stringify(modelIds))
    .map(({ name }) => name);
}

/** The line that holds the rules that were accepted for a model: it is gated wherever it comes. */
export const rulesPart = 'accepted_rules';

/** Everything of one registered model; nothing when there is none of that name. */
export function* registeredModelLines(database: Database, name: string): Generator<PartLine> {
  const query = { where: 'name = ? AND deleted_time IS NULL', values: [name], order: 'model' };
  for (const { model, ...row } of partRows(database, 'registered_models', query)) {
    yield ['registered_models', row];
    const accepted = acceptedRules(database, { model: Number(model), name });
    if (accepted !== null) yield [rulesPart, { rules: JSON.stringify(accepted) }];
    const own = { where: 'model = ?', values: [Number(model)], omit: ['model', 'event'] };
    for (const [table, order] of Object.entries(tablesOfRegistered)) {
      for (const each of partRows(database, table, { ...own, order })) yield [table, each];
    }
  }
}
