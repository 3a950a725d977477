// A metric in every slice: the worst one decides, and one that may be bad by chance alone is no failure.
import { gainLimit } from '../../../lifecycle/models/gate/expectation';
import { type Finding, missing, plainFinding, shortNumber } from '../../../lifecycle/models/gate/finding';
import { placeOf } from '../../../lifecycle/models/gate/limit';
import type { RuleLimit } from '../../../protocol/models/gate/gate-report';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { countText } from '../../../protocol/wording';
import { chosenMetric, type HoldoutSlice, type JudgedHoldout } from '../judged-holdout';
import { measureMetric } from '../measure/metric-interval';
import { measureGain } from '../measure/paired-gain';
import { type GateAsked, holdoutFor, noValue } from './asked';

/** `interval` at the rule's alpha; `isSure`: all of it is outside also when alpha is shared among all slices. */
interface SliceFinding {
  name: string;
  rows: number;
  actual: number;
  interval: [number, number] | null;
  isSure: boolean;
}

/** Passes only if every slice does; fails only if one does after Bonferroni's correction over them. */
export async function sliceFinding(asked: GateAsked, rule: RuleOf<'slice'>): Promise<Finding> {
  const isDrop = rule.max_drop !== undefined;
  const about = isDrop ? `${rule.metric} by slice, against ${rule.against}` : `${rule.metric} by slice`;
  const found = await holdoutFor(asked, rule, isDrop ? rule.against : null);
  if ('finding' in found) return { ...found.finding, about };
  const all = slicesOf(asked, rule, found.judged);
  const large = all.filter(({ places }) => places.length >= rule.min_n);
  if (large.length === 0) return missing(rule, about, `No slice has ${rule.min_n} rows.`);
  const limit = gainLimit(rule);
  const { judged: holdout, isSame } = found;
  const measured = large.map((slice) => measure(holdout, slice, { rule, limit, of: large.length, isSame }));
  const finding = { ...judged(measured, limit, rule), limit };
  return { ...finding, byPoint: false, ...told(rule, finding, { judged: large.length, all: all.length }) };
}

function slicesOf({ tables }: GateAsked, { by, where }: RuleOf<'slice'>, judged: JudgedHoldout): HoldoutSlice[] {
  if (where !== undefined) return [{ name: where, places: judged.where(tables.columnOf(where)) }];
  return [...new Set(by ?? [])].flatMap((column) => judged.slices(column));
}

function measure(
  holdout: JudgedHoldout,
  { name, places }: HoldoutSlice,
  { rule, limit, of, isSame }: { rule: RuleOf<'slice'>; limit: RuleLimit; of: number; isSame: boolean },
): SliceFinding {
  const rows = holdout.rows(places);
  const metric = chosenMetric(rule.metric, rows);
  const at = (alpha: number): { actual: number; interval: [number, number] | null } => {
    if (rule.max_drop === undefined) {
      const { value, interval } = measureMetric(rows, metric, alpha);
      return { actual: value, interval };
    }
    const { gain, interval } = measureGain(rows, metric, { test: 'auto', alpha, at: limit.value });
    // A model is as good as itself on any rows, however few these are.
    return { actual: gain, interval: isSame && gain === 0 ? [0, 0] : interval };
  };
  const found = at(rule.alpha);
  const isOutside = placeOf(found.interval, limit) === 'outside';
  return {
    name,
    rows: places.length,
    ...found,
    isSure: isOutside && (rule.correction === 'none' || placeOf(at(rule.alpha / of).interval, limit) === 'outside'),
  };
}

/** The slice that decides: one that fails, else one that cannot tell, else any; the farthest on the wrong side of those. */
function judged(all: readonly SliceFinding[], limit: RuleLimit, { alpha, correction }: RuleOf<'slice'>): Finding {
  const sure = all.filter(({ isSure }) => isSure);
  const open = all.filter(({ interval }) => placeOf(interval, limit) !== 'inside');
  const from = sure.length > 0 ? sure : open.length > 0 ? open : all;
  const sign = limit.op.startsWith('>') ? 1 : -1;
  const rank = ({ actual }: SliceFinding): number => (Number.isNaN(actual) ? Number.NEGATIVE_INFINITY : sign * actual);
  const worst = from.reduce((lowest, each) => (rank(each) < rank(lowest) ? each : lowest));
  return {
    ...plainFinding,
    ...{ actual: worst.actual, interval: worst.interval, n: worst.rows, unit: 'rows' },
    verdict: sure.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass',
    test: `${Number(((1 - alpha) * 100).toPrecision(4))} % interval${correction === 'none' ? '' : `, Bonferroni over ${countText(all.length, 'slice')} to fail`}`,
    about: worst.name,
  };
}

function told(
  { metric, max_drop, min_n }: RuleOf<'slice'>,
  { about: name, verdict, actual, interval, limit }: Finding,
  count: { judged: number; all: number },
): Pick<Finding, 'about' | 'why'> {
  const small = count.all - count.judged;
  const few =
    small > 0
      ? ` ${countText(small, 'slice has', 'slices have')} fewer than ${min_n} rows and ${small === 1 ? 'was' : 'were'} not judged.`
      : '';
  const range = interval === null ? '' : `, ${shortNumber(interval[0])} to ${shortNumber(interval[1])}`;
  const words = { pass: 'the worst, is within the limit', fail: 'is outside the limit' };
  const open =
    limit !== null && placeOf(interval, limit) === 'outside'
      ? `is outside the limit, as one of ${count.judged} may be by chance`
      : 'reaches across the limit';
  const end = verdict === 'pass' || verdict === 'fail' ? words[verdict] : open;
  const found = `${typeof actual === 'number' ? shortNumber(actual) : ''}${range}, ${end}.`;
  return {
    about: `${metric}${max_drop === undefined ? '' : ', gain'} in ${name}, the worst of ${countText(count.judged, 'slice')}`,
    why: `${name}: ${Number.isNaN(actual) ? noValue.why : found}${few}`,
  };
}
