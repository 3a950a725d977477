// Two regressions on the same rows: predicted against true, and how the residuals lie.
import type {
  NumberEvidence,
  ResidualCounts,
  SpreadBin,
} from '../../../../protocol/comparison/evidence/prediction-evidence';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import { quantileOfSorted } from '../../../../statistics/sample/quantile';
import type { ModelRows } from '../predictions/model-rows';
import type { PairedModels } from '../predictions/paired-models';

const spreadBins = 20;
const residualBins = 24;
/** The outermost residuals, of which one would stretch the axis for all others, count in the last bins. */
const tail = 0.005;

type NumberModel = Extract<ModelRows, { kind: 'numbers' }>;

/** Rows in which one of the three values is infinite are left out, for they have no place on an axis. */
export function numberEvidence({ sides, judged, truth }: PairedModels): NumberEvidence {
  const units = singleRows(judged.length);
  const [before, after] = [sides.baseline, sides.candidate].map(
    (side) => (side.rows(judged, truth, units) as NumberModel).rows,
  );
  const actual = before?.truth ?? new Float64Array(0);
  const told = { baseline: before?.predicted ?? actual, candidate: after?.predicted ?? actual };
  const rows = [...actual.keys()].filter((row) =>
    [actual, told.baseline, told.candidate].every((values) => Number.isFinite(values[row])),
  );
  const residuals = (predicted: Float64Array): number[] =>
    rows.map((row) => (predicted[row] ?? 0) - (actual[row] ?? 0));
  const [first, second] = [residuals(told.baseline), residuals(told.candidate)];
  return {
    kind: 'numbers',
    rows: rows.length,
    spread: spreadOf(rows, actual, told),
    residuals: residualCounts(first, second),
    bias: { baseline: meanOf(first), candidate: meanOf(second) },
  };
}

/** By rising truth, about as many rows in each; rows of one true value stay together. */
function spreadOf(
  rows: readonly number[],
  actual: Float64Array,
  told: { baseline: Float64Array; candidate: Float64Array },
): SpreadBin[] {
  const sorted = rows.toSorted((a, b) => (actual[a] ?? 0) - (actual[b] ?? 0));
  const least = Math.max(1, Math.ceil(sorted.length / spreadBins));
  const found: SpreadBin[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = Math.min(sorted.length, start + least);
    while (end < sorted.length && actual[sorted[end] ?? 0] === actual[sorted[end - 1] ?? 0]) end += 1;
    const bin = sorted.slice(start, end);
    const spread = (predicted: Float64Array) => {
      const values = Float64Array.from(bin, (row) => predicted[row] ?? 0).sort();
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

function residualCounts(baseline: readonly number[], candidate: readonly number[]): ResidualCounts {
  const sorted = Float64Array.from([...baseline, ...candidate]).sort();
  if (sorted.length === 0) return { edges: [], baseline: [], candidate: [] };
  const reach = Math.max(Math.abs(quantileOfSorted(sorted, tail)), Math.abs(quantileOfSorted(sorted, 1 - tail))) || 1;
  const width = (2 * reach) / residualBins;
  const counts = (values: readonly number[]): number[] => {
    const bins = new Array<number>(residualBins).fill(0);
    for (const value of values) {
      const place = Math.min(residualBins - 1, Math.max(0, Math.floor((value + reach) / width)));
      bins[place] = (bins[place] ?? 0) + 1;
    }
    return bins;
  };
  const edges = Array.from({ length: residualBins + 1 }, (_, place) => -reach + place * width);
  return { edges, baseline: counts(baseline), candidate: counts(candidate) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
