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
import { flipsOf } from './flipped-rows';
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
    (name): MetricPair => ({
      baseline: metricOfRows(models.baseline, name),
      candidate: metricOfRows(models.candidate, name),
    }),
  );
  const results = pairedBootstrap(pairs, { units: models.units, draws, seed: 1 });
  return names.map((name, index) => judged(models, name, results[index]));
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

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
