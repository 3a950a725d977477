// Whether a change brings its own, weaker rules along: a gate over files reads those of the change itself.
import { join } from 'node:path';
import { rulesIn, weakenings } from '../../lifecycle/models/decision/rules/effective-rules';
import { committedFile } from '../../platform/git/committed-file';
import { loadConfig, parseConfig } from '../../workspace/config';

/** A sentence where slipway.yaml of `commit` has rules for the model that are weaker now, or other; null where not, or where it has none. */
export async function rulesChange(
  { folder, model }: { folder: string; model: string },
  commit: string,
): Promise<string | null> {
  const text = await committedFile(folder, commit, './slipway.yaml');
  const before = text === undefined ? null : rulesIn(parseConfig(text), model);
  if (before === null || before.definition.gates.length === 0) return null;
  const found = weakenings(before, rulesIn(loadConfig(join(folder, 'slipway.yaml')), model));
  return found.length === 0
    ? null
    : `The rules of ${model} are weaker than those of ${commit}, or other: ${found.map(({ words }) => words).join('; ')}.`;
}
