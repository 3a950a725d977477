// One metric on the rows that both models were judged on: difference, interval, p and what would suffice.
import type { ComparedMetric } from '../../../../protocol/comparison/comparison';
import type { MetricDirection } from '../../../../protocol/run';
import { labelMetric, predictionMetrics } from '../../../../statistics/metrics/prediction-metric';
import type { WeightedMetric } from '../../../../statistics/metrics/weighted-metric';
import { bootstrapInterval } from '../../../../statistics/resampling/bootstrap-interval';
import {
  type MetricPair,
  type PairedResult,
  pairedBootstrap,
} from '../../../../statistics/resampling/paired-bootstrap';
import { sufficientSize } from '../../../../statistics/sample/sufficient-size';
import { mcnemarMidP } from '../../../../statistics/tests/mcnemar';
import type { ModelRows } from './model-rows';

/** Both models on the same rows; `unit` names what is resampled, as in "rows" or "values of day". */
export interface JudgedModels {
  baseline: ModelRows;
  candidate: ModelRows;
  units: number;
  unit: string;
  /** Every row is resampled by itself. */
  single: boolean;
}

/** Fewer units than that say nothing of how others would come out. */
const fewestUnits = 10;
/** Resamples in which a metric has no value make the others a choice. */
const mostEmpty = 0.05;

/** The metrics, in the order of `names`, each a key of `predictionMetrics` that both models have. */
export function comparedMetrics(models: JudgedModels, names: readonly string[], draws: number): ComparedMetric[] {
  const pairs = names.map(
    (name): MetricPair => ({ baseline: made(models.baseline, name), candidate: made(models.candidate, name) }),
  );
  const results = pairedBootstrap(pairs, { units: models.units, draws, seed: 1 });
  return names.map((name, index) => judged(models, name, results[index]));
}

function made({ kind, rows }: ModelRows, name: string): WeightedMetric {
  const metric = predictionMetrics[name];
  if (kind === 'numbers' && metric?.needs === 'numbers') return metric.make(rows);
  if (kind === 'classes' && metric?.needs === 'scores') return metric.make(rows);
  if (kind === 'classes' && metric?.needs === 'labels' && rows.predicted !== undefined) {
    return labelMetric({ ...rows, predicted: rows.predicted }, metric.formula);
  }
  throw new Error(`${name} is no metric of these rows`);
}

function judged(models: JudgedModels, metric: string, result: PairedResult | undefined): ComparedMetric {
  const direction: MetricDirection = predictionMetrics[metric]?.direction ?? 'none';
  const { units: n, unit } = models;
  const known = { metric, direction, n, unit, verdict: 'cannot tell' as const };
  const values = {
    baseline: finite(result?.baseline),
    candidate: finite(result?.candidate),
    effect: finite(result?.effect),
  };
  const why = whyNot(result, n, unit);
  if (result === undefined || why !== null) {
    return { ...known, ...values, interval: null, p: null, rawP: null, test: 'none', needs: null, why };
  }
  const { interval, p, error } = bootstrapInterval({ ...result, observed: result.effect, units: n });
  const isCounted = metric === 'accuracy' && models.single;
  const rawP = isCounted ? mcnemarMidP(flipsOf(models)) : p;
  const suffices = sufficientSize({ effect: result.effect, error, size: n });
  return {
    ...known,
    ...values,
    interval,
    p: rawP,
    rawP,
    test: isCounted ? 'McNemar mid-p, paired bootstrap' : 'paired bootstrap',
    needs: Number.isFinite(suffices) ? suffices : null,
    why: null,
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

/** Rows that only the candidate, and that only the baseline has right; none where a model tells no labels. */
export function flipsOf({ baseline, candidate }: JudgedModels): { fixed: number; broken: number; rows: Int8Array } {
  if (baseline.kind !== 'classes' || candidate.kind !== 'classes')
    return { fixed: 0, broken: 0, rows: new Int8Array(0) };
  const { truth } = baseline.rows;
  const rows = Int8Array.from(truth, (label, row) => {
    const before = baseline.rows.predicted?.[row] === label ? 1 : 0;
    const after = candidate.rows.predicted?.[row] === label ? 1 : 0;
    return after - before;
  });
  const count = (sign: number): number => rows.reduce((sum, each) => sum + (each === sign ? 1 : 0), 0);
  return { fixed: count(1), broken: count(-1), rows };
}

/** Places of the rows that flipped one way (`fixed` by the candidate, or `broken`): those whose score moved most first. */
export function flippedPlaces(models: JudgedModels, flip: 'fixed' | 'broken'): number[] {
  const wanted = flip === 'fixed' ? 1 : -1;
  const moved = (place: number): number =>
    Math.abs((scoreAt(models.candidate, place) ?? 0) - (scoreAt(models.baseline, place) ?? 0));
  return [...flipsOf(models).rows.entries()]
    .flatMap(([place, sign]) => (sign === wanted ? [{ place, moved: moved(place) }] : []))
    .sort((a, b) => b.moved - a.moved)
    .map(({ place }) => place);
}

/** The chance that a model gives a row: of the positive class of two, or of the true one of more; null without scores. */
export function scoreAt(model: ModelRows, place: number): number | null {
  if (model.kind === 'numbers') return null;
  const { scores, classes, truth } = model.rows;
  return scores?.[classes === 2 ? 1 : (truth[place] ?? 0)]?.[place] ?? null;
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
