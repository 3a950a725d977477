// How much better one model is than another on the same rows: above 0 the candidate is, whichever way the metric points.
import { SlipwayError } from '../../../base/errors';
import { flipsOf } from '../../../lifecycle/runs/comparison/predictions/flipped-rows';
import type { ModelRows } from '../../../lifecycle/runs/comparison/predictions/model-rows';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { bootstrapInterval } from '../../../statistics/resampling/bootstrap-interval';
import { fewestUnits, isMostlyEmpty } from '../../../statistics/resampling/metric-intervals';
import { pairedBootstrap } from '../../../statistics/resampling/paired-bootstrap';
import { delongDifference } from '../../../statistics/tests/delong';
import { mcnemarMidP } from '../../../statistics/tests/mcnemar';
import { pairedProportions } from '../../../statistics/tests/paired-proportions';
import { type ChosenMetric, type JudgedRows, metricOf, once } from '../judged-holdout';
import { stillInterval } from './end-interval';
import { intervalAt, resampled } from './resampled-level';

type PairedTest = RuleOf<'delta'>['test'];

/** `p`: two-sided, of the gain being `at`; null where nothing was tested. `isStill`: nothing tells the two apart. */
export interface GainFinding {
  candidate: number;
  other: number;
  gain: number;
  interval: [number, number] | null;
  p: number | null;
  test: string;
  isStill: boolean;
}

/** What is asked: which test, at which level, and of which gain p is. */
export interface GainTerms {
  test: PairedTest;
  alpha: number;
  at: number;
}

/** Throws SlipwayError `invalid` for a test that is none of this metric. */
export function measureGain(judged: JudgedRows, metric: ChosenMetric, terms: GainTerms): GainFinding {
  const [candidate, other] = [judged.candidate, judged.other].map((rows) =>
    metricOf(rows, metric).value(once(judged.units)),
  );
  const values = { candidate: candidate ?? Number.NaN, other: other ?? Number.NaN };
  // No −0.
  const gain = (metric.direction === 'up' ? 1 : -1) * (values.candidate - values.other) + 0;
  const found = testNamed(judged, metric, terms.test)(judged, metric, terms);
  const isStill = !found.hasSpread && gain === 0;
  const still = isStill ? stillInterval(judged, metric, { value: values.candidate, alpha: terms.alpha }) : undefined;
  const { interval, p, test } = found;
  if (still !== undefined) {
    return { ...values, gain, interval: still, p: null, test: 'Wilson, rarest class', isStill };
  }
  return { ...values, gain, interval, p: isStill ? null : p, test, isStill };
}

/** `hasSpread`: not even one row, or one resample, tells the two apart where it has none; a formula may know better. */
type Tested = Pick<GainFinding, 'interval' | 'p' | 'test'> & { hasSpread: boolean };
type Tester = (judged: JudgedRows, metric: ChosenMetric, terms: GainTerms) => Tested;

function testNamed({ candidate, other, cluster }: JudgedRows, { name }: ChosenMetric, wanted: PairedTest): Tester {
  const counts = name === 'accuracy' && labelsOf(candidate) !== undefined && labelsOf(other) !== undefined;
  const ranks = name === 'roc_auc' && scoreOf(candidate) !== undefined && scoreOf(other) !== undefined;
  if (wanted === 'cluster-bootstrap' && cluster === null) {
    throw new SlipwayError('invalid', 'cluster-bootstrap resamples the values of a column: name it with cluster.');
  }
  if ((wanted === 'mcnemar' || wanted === 'delong') && cluster !== null) {
    throw new SlipwayError('invalid', `${wanted} takes rows for independent; with a cluster use cluster-bootstrap.`);
  }
  if (wanted === 'mcnemar' && !counts)
    throw new SlipwayError('invalid', `mcnemar is a test of accuracy, not of ${name}.`);
  if (wanted === 'delong' && !ranks) {
    const classes = candidate.kind === 'classes' ? candidate.rows.classes : 0;
    const what = name === 'roc_auc' ? `and there are ${classes}` : `not of ${name}`;
    throw new SlipwayError('invalid', `delong is a test of the roc_auc of two classes, ${what}.`);
  }
  if (wanted === 'bootstrap' || cluster !== null) return byBootstrap;
  return counts ? byFlips : ranks ? byRanks : byBootstrap;
}

const byFlips: Tester = ({ candidate, other, rows }, _metric, { alpha, at }) => {
  const { fixed, broken } = flipsOf({ baseline: [other], candidate: [candidate] });
  const found = pairedProportions({ fixed, broken, rows }, { confidence: 1 - alpha, delta0: at });
  const p = at === 0 ? mcnemarMidP({ fixed, broken }) : found.p;
  const test = at === 0 ? 'McNemar mid-p, Tango interval' : 'Tango';
  return { interval: found.interval, p, test, hasSpread: true };
};

const byRanks: Tester = ({ candidate, other }, _metric, { alpha, at }) => {
  const [baseline, score] = [scoreOf(other), scoreOf(candidate)] as [Float64Array, Float64Array];
  const positive = candidate.kind === 'classes' ? candidate.rows.truth : new Int32Array(0);
  const scores = { positive, baseline, candidate: score };
  const { interval, p, error } = delongDifference(scores, { confidence: 1 - alpha, delta0: at });
  return { interval, p, test: 'DeLong', hasSpread: error > 0 };
};

const byBootstrap: Tester = (judged, metric, { alpha, at }) => {
  const { count } = judged.units;
  const test = judged.cluster === null ? 'paired bootstrap' : 'cluster bootstrap';
  const none = { interval: null, p: null, test, hasSpread: true };
  if (count < fewestUnits) return none;
  const pair = { baseline: metricOf(judged.other, metric), candidate: metricOf(judged.candidate, metric) };
  const [found] = pairedBootstrap([pair], { units: count, ...resampled });
  if (found === undefined || Number.isNaN(found.effect) || isMostlyEmpty(found.replicates)) return none;
  const sign = metric.direction === 'up' ? 1 : -1;
  // Of the gain less what it is held against, so that p is of that.
  const shifted = (values: Float64Array): Float64Array => values.map((value) => sign * value - at);
  const seen = {
    observed: sign * found.effect - at,
    replicates: shifted(found.replicates),
    jackknife: shifted(found.jackknife),
    units: count,
  };
  const { p, error } = bootstrapInterval(seen);
  const gain = intervalAt(
    alpha,
    seen.observed,
    (level) => bootstrapInterval({ ...seen, confidence: 1 - level }).interval,
  );
  const interval: Tested['interval'] = gain && [gain[0] + at, gain[1] + at];
  return { interval, p, test, hasSpread: error > 0 };
};

function labelsOf(model: ModelRows): Int32Array | undefined {
  return model.kind === 'classes' ? model.rows.predicted : undefined;
}

function scoreOf(model: ModelRows): Float64Array | undefined {
  return model.kind === 'classes' && model.rows.classes === 2 ? model.rows.scores?.[1] : undefined;
}
