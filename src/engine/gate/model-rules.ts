// What slipway.yaml says of a model, read strictly: rules with a mistake are no rules, and a gate without them would let all pass.
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { rulesDigest } from '../../lifecycle/models/decision/rules/effective-rules';
import { parseVersionReference } from '../../protocol/datasets/dataset';
import type { Config } from '../../protocol/folder/config';
import type { GatePlan, GatePlanQuery, GatePlanTable } from '../../protocol/models/gate/gate-questions';
import { loadConfig } from '../../workspace/config';
import { rulesWithBase, type SaidRules } from './base-rules';

/** `digest`: SHA-256 of the rules. `notes`: how they differ from those of the commit that counts too. */
interface ModelRules extends SaidRules {
  digest: string;
  notes: string[];
}

/**
 * Throws SlipwayError `invalid` with the mistakes of slipway.yaml's models, `not-found` for a model without an entry or
 * without rules, and as `rulesWithBase`.
 */
export async function modelRules({ folder, model, base }: GatePlanQuery): Promise<ModelRules> {
  const own = ownRules(folder, model);
  const isKnown = !SlipwayError.is(own);
  const { said, notes } =
    base === null
      ? { said: isKnown ? own : null, notes: [] }
      : await rulesWithBase(isKnown ? own : null, { folder, model, commit: base });
  if (said === null) throw own;
  return { ...said, digest: rulesDigest(said.definition), notes };
}

/** What slipway.yaml says; the error where it has no rules for the model. Throws SlipwayError `invalid`. */
function ownRules(folder: string, model: string): SaidRules | SlipwayError {
  const { config, problems, isUnread } = loadConfig(join(folder, 'slipway.yaml'));
  const own = isUnread ? problems : problems.filter((problem) => /^slipway\.yaml:\d+:\d+: models\b/.test(problem));
  if (own.length > 0) throw new SlipwayError('invalid', own.join('\n'));
  const definition = Object.hasOwn(config.models, model) ? config.models[model] : undefined;
  if (definition === undefined || definition.gates.length === 0) {
    const names = Object.keys(config.models);
    const known = names.length === 0 ? 'It has no models' : `It has ${names.join(', ')}`;
    const what = definition === undefined ? `has no model ${model}` : `has no gates for ${model}`;
    // A section that is misspelt is why there is none.
    const others = definition === undefined ? problems.map((problem) => `\n${problem}`).join('') : '';
    const sentence = `slipway.yaml ${what}, so there is nothing to hold it against. ${known}.${others}`;
    return new SlipwayError('not-found', sentence);
  }
  const reference = definition.data === undefined ? undefined : parseVersionReference(definition.data.holdout);
  // Of a dataset with a mistake nothing is known, not even where it lies.
  const begin = `datasets.${reference?.dataset}.`;
  const ofHoldout = problems.filter((problem) => problem.replace(/^slipway\.yaml:\d+:\d+: /, '').startsWith(begin));
  if (ofHoldout.length > 0) throw new SlipwayError('invalid', ofHoldout.join('\n'));
  return { definition, datasets: config.datasets };
}

/** What whoever asks needs to find the data. Throws as `modelRules`. */
export async function gatePlan(query: GatePlanQuery): Promise<GatePlan> {
  const { definition, datasets } = await modelRules(query);
  const words = distinct(definition.gates.map((rule) => ('dataset' in rule ? rule.dataset : undefined)));
  const holdout = definition.data?.holdout ?? null;
  return {
    ...tableOf(datasets, holdout ?? ''),
    rules: definition.gates.length,
    holdout,
    against: distinct(definition.gates.map((rule) => ('against' in rule ? rule.against : undefined))),
    datasets: Object.fromEntries(words.map((word) => [word, tableOf(datasets, word)])),
  };
}

function tableOf(datasets: Config['datasets'], word: string): GatePlanTable {
  const name = parseVersionReference(word)?.dataset ?? word;
  const entry = Object.hasOwn(datasets, name) ? datasets[name] : undefined;
  const [id = null, ...others] = [entry?.key ?? []].flat();
  return {
    path: entry?.path === undefined ? null : [entry.path].flat(),
    id: others.length === 0 ? id : null,
    label: entry?.label ?? null,
  };
}

function distinct(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words.flatMap((word) => word ?? []))];
}
