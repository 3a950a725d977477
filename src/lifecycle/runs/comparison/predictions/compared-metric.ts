// One metric on the rows that both sides were judged on: difference, interval, p and what would suffice.
import type { ComparedMetric } from '../../../../protocol/comparison/comparison';
import type { MetricDirection } from '../../../../protocol/run';
import { labelMetric, predictionMetrics } from '../../../../statistics/metrics/prediction-metric';
import { MeanOfMetrics } from '../../../../statistics/metrics/ranked-metric';
import type { WeightedMetric } from '../../../../statistics/metrics/weighted-metric';
import { type BootstrapFinding, bootstrapInterval } from '../../../../statistics/resampling/bootstrap-interval';
import { type PairedResult, pairedBootstrap } from '../../../../statistics/resampling/paired-bootstrap';
import { sufficientSize } from '../../../../statistics/sample/sufficient-size';
import { mcnemarMidP } from '../../../../statistics/tests/mcnemar';
import { overSources } from '../../../../statistics/tests/mean-difference';
import { flipsOf } from './flipped-rows';
import type { ModelRows } from './model-rows';
import type { OfSides } from './row-pairs';
import { type FoundSeedNoise, seedNoise } from './seed-noise';

/**
 * The models of both sides on the same rows, repeats in one order where `isPaired`; `unit` names what is resampled, as in
 * "rows" or "values of day".
 */
export interface JudgedModels extends OfSides<ModelRows> {
  isPaired: boolean;
  units: number;
  unit: string;
  /** Every row is resampled by itself. */
  single: boolean;
}

/** Told what is done now, and how far that is. */
export type OnProgress = (what: string, done: number, total: number) => void;

/** Fewer units than that say nothing of how others would come out. */
const fewestUnits = 10;
/** Resamples in which a metric has no value make the others a choice. */
const mostEmpty = 0.05;

/** The metrics, in the order of `names`, each a key of `predictionMetrics` that all models have. A side is the mean of its models. */
export function comparedMetrics(
  models: JudgedModels,
  names: readonly string[],
  { draws, onDraws }: { draws: number; onDraws?: (done: number) => void },
): ComparedMetric[] {
  const metrics = names.map((name) => ({
    baseline: models.baseline.map((each) => metricOfRows(each, name)),
    candidate: models.candidate.map((each) => metricOfRows(each, name)),
  }));
  const pairs = metrics.map(({ baseline, candidate }) => ({
    baseline: meanOf(baseline),
    candidate: meanOf(candidate),
  }));
  const results = pairedBootstrap(pairs, { units: models.units, draws, seed: 1, onDraws });
  const once = new Float64Array(models.units).fill(1);
  const valuesOf = (each: readonly WeightedMetric[]): number[] => each.map((metric) => metric.value(once));
  return names.map((name, index) => {
    const { baseline = [], candidate = [] } = metrics[index] ?? {};
    const values = { baseline: valuesOf(baseline), candidate: valuesOf(candidate), isPaired: models.isPaired };
    return judged(models, name, { result: results[index], seeds: seedNoise(values) });
  });
}

function meanOf(metrics: readonly WeightedMetric[]): WeightedMetric {
  const [only] = metrics;
  return only !== undefined && metrics.length === 1 ? only : new MeanOfMetrics(metrics);
}

/** `name` is a key of `predictionMetrics` that the rows have. Throws Error for one that they have not. */
export function metricOfRows({ kind, rows }: ModelRows, name: string): WeightedMetric {
  const metric = predictionMetrics[name];
  if (kind === 'numbers' && metric?.needs === 'numbers') return metric.make(rows);
  if (kind === 'classes' && metric?.needs === 'scores') return metric.make(rows);
  if (kind === 'classes' && metric?.needs === 'labels' && rows.predicted !== undefined) {
    return labelMetric({ ...rows, predicted: rows.predicted }, metric.formula);
  }
  throw new Error(`${name} is no metric of these rows`);
}

interface Found {
  result: PairedResult | undefined;
  seeds: FoundSeedNoise;
}

function judged(models: JudgedModels, metric: string, { result, seeds }: Found): ComparedMetric {
  const direction: MetricDirection = predictionMetrics[metric]?.direction ?? 'none';
  const { units: n, unit } = models;
  const known = { metric, direction, n, unit, verdict: 'cannot tell' as const };
  const values = {
    baseline: finite(result?.baseline),
    candidate: finite(result?.candidate),
    effect: finite(result?.effect),
    ...(seeds.told === null ? {} : { seeds: seeds.told }),
  };
  const why = whyNot(result, n, unit);
  if (result === undefined || why !== null) {
    return { ...known, ...values, interval: null, p: null, rawP: null, test: 'none', needs: null, why };
  }
  const isCounted = metric === 'accuracy' && models.single && seeds.told === null;
  const found = bootstrapInterval({ ...result, observed: result.effect, units: n });
  const rows = isCounted ? { ...found, p: mcnemarMidP(flipsOf(models)) } : found;
  const rowTest = isCounted ? 'McNemar mid-p, paired bootstrap' : 'paired bootstrap';
  const { needs, ...noise } = overBoth({ rows, units: n, effect: result.effect }, seeds);
  const told = seeds.told === null ? {} : { seeds: { ...seeds.told, needs: needs.repeats } };
  const test = seeds.sources.length === 0 ? rowTest : `${rowTest} of rows, t of seeds`;
  return { ...known, ...values, ...told, ...noise, rawP: noise.p, test, needs: needs.rows, why: null };
}

/**
 * The noise of rows and that of seeds as one, never less than rows alone say. The part of a seed that differs from row to
 * row is in both, so the interval errs on the wide side.
 */
function overBoth(
  { rows, units, effect }: { rows: BootstrapFinding; units: number; effect: number },
  { sources, told }: FoundSeedNoise,
): Pick<BootstrapFinding, 'interval' | 'p'> & { needs: { rows: number | null; repeats: number | null } } {
  const seedVariance = sources.reduce((sum, { error }) => sum + error ** 2, 0);
  const rowVariance = rows.error ** 2;
  const error = Math.sqrt(seedVariance + rowVariance);
  const needed = (size: number, variance: number): number | null => {
    const rest = variance > 0 ? (error ** 2 - variance) / (variance * size) : 0;
    return finite(sufficientSize({ effect, error, size, shared: rest }));
  };
  const repeats = Math.min(told?.baseline.length ?? 1, told?.candidate.length ?? 1);
  const needs = { rows: needed(units, rowVariance), repeats: seedVariance > 0 ? needed(repeats, seedVariance) : null };
  const { interval, p } = rows;
  if (!(seedVariance > 0)) return { interval, p, needs };
  const both = overSources(effect, [{ error: rows.error, degrees: units - 1 }, ...sources]);
  return {
    interval: [Math.min(interval[0], both.interval[0]), Math.max(interval[1], both.interval[1])],
    p: Math.max(p, both.p),
    needs,
  };
}

function whyNot(result: PairedResult | undefined, units: number, unit: string): string | null {
  if (result === undefined || Number.isNaN(result.effect))
    return 'It has no value here, as where all rows are of one class.';
  if (units < fewestUnits) return `There are fewer than ${fewestUnits} ${unit} to resample.`;
  const empty = result.replicates.filter(Number.isNaN).length / result.replicates.length;
  return empty > mostEmpty
    ? `In ${Math.round(empty * 100)} % of the resamples it has no value: too few rows of one class.`
    : null;
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
