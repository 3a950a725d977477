// Two regressions on the same rows: predicted against true, and how the residuals lie.
import type {
  NumberEvidence,
  ResidualCounts,
  SpreadBin,
} from '../../../../protocol/comparison/evidence/prediction-evidence';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import { mean } from '../../../../statistics/sample/moments';
import { quantileOfSorted } from '../../../../statistics/sample/quantile';
import { type ModelRows, rowsOfSides } from '../predictions/model-rows';
import type { PairedModels } from '../predictions/paired-models';
import type { OfSides } from '../predictions/row-pairs';

const spreadBins = 20;
const residualBins = 24;
/** The outermost residuals, of which one would stretch the axis for all others, count in the last bins. */
const tail = 0.005;

type NumberModel = Extract<ModelRows, { kind: 'numbers' }>;

/** Predictions of every model of both sides. */
type Told = OfSides<Float64Array>;

/** Rows in which one of the values is infinite are left out, for they have no place on an axis. Of repeats all predictions count. */
export function numberEvidence({ sides, judged, truth }: PairedModels): NumberEvidence {
  const units = singleRows(judged.length);
  const models = rowsOfSides(sides, { judged, truth, units }) as OfSides<NumberModel>;
  const actual = models.baseline[0]?.rows.truth ?? new Float64Array(0);
  const predictedBy = (side: readonly NumberModel[]): Float64Array[] => side.map(({ rows }) => rows.predicted);
  const told: Told = { baseline: predictedBy(models.baseline), candidate: predictedBy(models.candidate) };
  const all = [actual, ...told.baseline, ...told.candidate];
  const rows = [...actual.keys()].filter((row) => all.every((values) => Number.isFinite(values[row])));
  const residuals = (side: readonly Float64Array[]): number[] =>
    side.flatMap((predicted) => rows.map((row) => (predicted[row] ?? 0) - (actual[row] ?? 0)));
  const [first, second] = [residuals(told.baseline), residuals(told.candidate)];
  return {
    kind: 'numbers',
    rows: rows.length,
    spread: spreadOf(rows, actual, told),
    residuals: residualCounts(
      { values: first, models: told.baseline.length },
      { values: second, models: told.candidate.length },
    ),
    bias: { baseline: mean(first), candidate: mean(second) },
  };
}

/** By rising truth, about as many rows in each; rows of one true value stay together. */
function spreadOf(rows: readonly number[], actual: Float64Array, told: Told): SpreadBin[] {
  const sorted = rows.toSorted((a, b) => (actual[a] ?? 0) - (actual[b] ?? 0));
  const least = Math.max(1, Math.ceil(sorted.length / spreadBins));
  const found: SpreadBin[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = Math.min(sorted.length, start + least);
    while (end < sorted.length && actual[sorted[end] ?? 0] === actual[sorted[end - 1] ?? 0]) end += 1;
    const bin = sorted.slice(start, end);
    const spread = (side: readonly Float64Array[]) => {
      const values = Float64Array.from(side.flatMap((predicted) => bin.map((row) => predicted[row] ?? 0))).sort();
      const [low = 0, median = 0, high = 0] = [0.1, 0.5, 0.9].map((share) => quantileOfSorted(values, share));
      return { low, median, high };
    };
    found.push({
      truth: quantileOfSorted(
        bin.map((row) => actual[row] ?? 0),
        0.5,
      ),
      rows: bin.length,
      baseline: spread(told.baseline),
      candidate: spread(told.candidate),
    });
    start = end;
  }
  return found;
}

/** The residuals of so many models. */
interface SideResiduals {
  values: readonly number[];
  models: number;
}

/** Counts of one model; of repeats their means. */
function residualCounts(baseline: SideResiduals, candidate: SideResiduals): ResidualCounts {
  const sorted = Float64Array.from([...baseline.values, ...candidate.values]).sort();
  if (sorted.length === 0) return { edges: [], baseline: [], candidate: [] };
  const reach = Math.max(Math.abs(quantileOfSorted(sorted, tail)), Math.abs(quantileOfSorted(sorted, 1 - tail))) || 1;
  const width = (2 * reach) / residualBins;
  const counts = ({ values, models }: SideResiduals): number[] => {
    const bins = new Array<number>(residualBins).fill(0);
    for (const value of values) {
      const place = Math.min(residualBins - 1, Math.max(0, Math.floor((value + reach) / width)));
      bins[place] = (bins[place] ?? 0) + 1;
    }
    return bins.map((count) => count / models);
  };
  const edges = Array.from({ length: residualBins + 1 }, (_, place) => -reach + place * width);
  return { edges, baseline: counts(baseline), candidate: counts(candidate) };
}
