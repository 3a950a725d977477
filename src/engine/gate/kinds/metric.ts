// A metric, a calibration error: one number of the candidate against a limit.
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { chosenMetric } from '../judged-holdout';
import { measureMetric } from '../measure/metric-interval';
import { type GateAsked, holdoutFor, noValue, rowsFor } from './asked';

/** A metric on the holdout, or the one that the run logged. */
export async function metricFinding(asked: GateAsked, rule: RuleOf<'metric'>): Promise<Finding> {
  const { op, value, metric, slice } = rule;
  const limit = { op, value };
  if (rule.use === 'logged') {
    const actual = asked.given.logged(metric);
    const isFile = asked.given.candidate.version === null;
    const why = isFile
      ? `What a run logged as ${metric} is known of a registered version.`
      : `No logged ${metric} is known.`;
    if (actual === undefined) return missing(rule, `${metric}, logged`, why, isFile);
    return { ...plainFinding, about: `${metric}, logged by its run`, limit, actual };
  }
  const about = slice === undefined ? metric : `${metric} where ${slice.where}`;
  return { ...(await measured(asked, rule, { limit, alpha: rule.alpha, byPoint: rule.use === 'point' })), about };
}

/** How far scores are from the shares that come true. */
export async function calibrationFinding(asked: GateAsked, rule: RuleOf<'calibration'>): Promise<Finding> {
  const limit = { op: rule.op, value: rule.value };
  const found = await measured(asked, rule, { limit, alpha: rule.alpha, byPoint: rule.use === 'point' });
  return { ...found, about: rule.metric === 'ece' ? 'expected calibration error' : rule.metric };
}

async function measured(
  asked: GateAsked,
  rule: RuleOf<'metric'> | RuleOf<'calibration'>,
  { limit, alpha, byPoint }: { limit: NonNullable<Finding['limit']>; alpha: number; byPoint: boolean },
): Promise<Finding> {
  const found = await holdoutFor(asked, rule, null);
  if ('finding' in found) return found.finding;
  const rows = rowsFor(asked, rule, found.judged);
  if ('finding' in rows) return rows.finding;
  const { value: actual, interval, by } = measureMetric(rows, chosenMetric(rule.metric, rows), alpha);
  const n = rows.cluster === null ? rows.rows : rows.units.count;
  const finding = { ...plainFinding, limit, actual, interval, byPoint, n, unit: rows.unit, test: by };
  return Number.isNaN(actual) ? { ...finding, ...noValue } : finding;
}
