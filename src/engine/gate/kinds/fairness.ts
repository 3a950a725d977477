// How far apart groups of rows are.
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import { isAllowed } from '../../../lifecycle/models/gate/limit';
import { fairnessOf } from '../../../lifecycle/runs/comparison/fairness/fairness';
import { openFileSource } from '../../../platform/tables/file-source';
import type { Fairness, FairnessGroup } from '../../../protocol/comparison/fairness';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { rateDifference } from '../../../statistics/fairness/rate-gaps';
import { labelOf } from '../../../statistics/metrics/label';
import { isNone } from '../given';
import { ruleWords } from '../rule-words';
import { type GateAsked, silentFinding } from './asked';

/** What the measured gaps are called there. */
const disparities: Readonly<Record<string, string>> = {
  dp_diff: 'demographic_parity_difference',
  dp_ratio: 'demographic_parity_ratio',
  eo_diff: 'equalized_odds_difference',
  eo_ratio: 'equalized_odds_ratio',
};
const rates: Readonly<Record<string, 'tpr' | 'fpr' | 'ppv'>> = { tpr_diff: 'tpr', fpr_diff: 'fpr', ppv_diff: 'ppv' };

/** The gap between the two groups that lie farthest apart. */
export async function fairnessFinding(asked: GateAsked, rule: RuleOf<'fairness'>): Promise<Finding> {
  const about = `${rule.metric} by ${rule.attribute}`;
  const table = await asked.given.table(rule.dataset ?? null);
  if (isNone(table)) return missing(rule, about, table.none);
  await asked.tables.require(table, rule);
  const file = await asked.tables.file(table);
  const positive = rule.positive === undefined ? null : labelOf(rule.positive);
  const work = fairnessOf(openFileSource(file), {
    ...{ file, groups: [rule.attribute], together: false, positive, amounts: false },
    leastRows: rule.min_n,
  });
  const found = await asked.tables.explained(work, file);
  if (found.positive === null) {
    const why = `${rule.metric} is a gap between shares of labels, and what is true in ${table.name} are amounts.`;
    return { ...plainFinding, about, verdict: 'error', why };
  }
  const silent = silentFinding(await asked.tables.holdout(table, null, 'accuracy'));
  if (silent !== null) return { ...silent, about };
  const gap = gapOf(found, rule);
  const notes = ruleWords(found.groupings.flatMap((each) => each.notes).join(' '));
  if (gap === null) return missing(rule, about, notes || `Fewer than two groups have ${rule.min_n} rows.`);
  return { ...plainFinding, about, ...judged(gap, rule), n: gap.rows, unit: 'rows', test: 'bootstrap', also: notes };
}

/** `rows`: of the groups that were compared. */
interface Gap {
  rows: number;
  value: number;
  interval: [number, number] | null;
}

function gapOf({ groupings, draws, seed }: Fairness, { metric }: RuleOf<'fairness'>): Gap | null {
  const [grouping] = groupings;
  const all = grouping?.groups ?? [];
  const rowsOf = (groups: readonly FairnessGroup[]): number => groups.reduce((sum, { rows }) => sum + rows, 0);
  const name = disparities[metric];
  if (name !== undefined) {
    const found = grouping?.disparities.find((each) => each.name === name);
    const rows = rowsOf(all.filter(({ isEnough }) => isEnough));
    return found?.value == null ? null : { rows, value: found.value, interval: found.interval };
  }
  const rate = rates[metric] ?? 'tpr';
  const compared = all.filter((group) => rateOf(group, rate).length > 0);
  if (compared.length < 2) return null;
  const { value, interval } = rateDifference([compared.flatMap((group) => rateOf(group, rate))], { draws, seed });
  return { rows: rowsOf(compared), value, interval: [interval[0], Math.min(1, interval[1])] };
}

function rateOf({ isEnough, measures }: FairnessGroup, rate: string): { hits: number; rows: number }[] {
  const measure = measures[rate];
  if (!isEnough || measure == null || measure.rows === 0) return [];
  return [{ hits: Math.round(measure.value * measure.rows), rows: measure.rows }];
}

/** One end of the interval decides where the rule says so. */
function judged({ value, interval }: Gap, { op, value: allowed, use }: RuleOf<'fairness'>): Partial<Finding> {
  const limit = { op, value: allowed };
  const end =
    interval === null ? undefined : use === 'ci_upper' ? interval[1] : use === 'ci_lower' ? interval[0] : undefined;
  const found = { limit, actual: value, interval, byPoint: use === 'point' };
  return end === undefined ? found : { ...found, verdict: isAllowed(end, limit) ? 'pass' : 'fail' };
}
