// Where a difference lies: one metric within the rows of each value of the further columns.
import type { SliceResult } from '../../../../protocol/comparison/comparison';
import { judgeTogether } from '../judgement';
import { comparedMetrics, type OnProgress } from './compared-metric';
import { type ModelSide, type PairTruth, rowsOfSides } from './model-rows';
import { codeOf, numbered, type PairColumn } from './resampled-units';
import type { OfSides } from './row-pairs';

/** The rows that were judged, and in which units. */
export interface SlicedRows {
  sides: OfSides<ModelSide>;
  isPaired: boolean;
  pairs: Int32Array;
  truth: PairTruth;
  units: Int32Array;
  unit: string;
  single: boolean;
}

/** By which columns, and so many row draws at most. */
interface SliceQuestion {
  columns: readonly PairColumn[];
  metric: string;
  work: number;
  onProgress?: OnProgress | undefined;
}

const mostValues = 50;
const mostSlices = 200;
/** A slice of fewer rows says too little of itself. */
const fewestRows = 30;

/** The slices on which `metric` fell most, worst first, judged together: p after Holm's correction for all slices. `work`: row draws at most. */
export function sliceResults(sliced: SlicedRows, { columns, metric, work, onProgress }: SliceQuestion): SliceResult[] {
  const slices = columns.flatMap((column) => slicesOf(sliced, column)).slice(0, mostSlices);
  const rows = slices.reduce((sum, slice) => sum + slice.places.length, 0);
  const draws = Math.floor(Math.min(1000, work / Math.max(1, rows)));
  if (draws < 100) return [];
  const results = slices.flatMap((slice, done) => {
    onProgress?.('Resampling slices', done, slices.length);
    return resultOf(sliced, slice, { metric, draws });
  });
  const [judged = []] = judgeTogether([results]);
  return results.map((result, index) => ({ ...result, ...judged[index] })).sort((a, b) => gain(a) - gain(b));
}

interface Slice {
  column: string;
  value: string;
  places: Int32Array;
}

/** By value; a column of many values, or of one, is no way to slice. */
function slicesOf({ pairs }: SlicedRows, column: PairColumn): Slice[] {
  const byCode = new Map<number, number[]>();
  for (const [place, pair] of pairs.entries()) {
    const code = codeOf(column, pair);
    const places = byCode.get(code);
    if (places !== undefined) places.push(place);
    else if (byCode.size >= mostValues) return [];
    else byCode.set(code, [place]);
  }
  if (byCode.size < 2) return [];
  return [...byCode].map(([code, places]) => ({
    column: column.name,
    value: column.column.values[code] ?? '',
    places: Int32Array.from(places),
  }));
}

function resultOf(
  sliced: SlicedRows,
  slice: Slice,
  { metric, draws }: { metric: string; draws: number },
): SliceResult[] {
  const { column, value, places } = slice;
  const pairs = places.map((place) => sliced.pairs[place] ?? 0);
  const units = numbered(places.map((place) => sliced.units[place] ?? 0));
  const models = {
    ...rowsOfSides(sliced.sides, { judged: pairs, truth: sliced.truth, units }),
    isPaired: sliced.isPaired,
    units: units.count,
    unit: sliced.unit,
    single: sliced.single,
  };
  const isSmall = places.length < fewestRows;
  const [result] = comparedMetrics(models, [metric], { draws: isSmall ? 2 : draws });
  if (result === undefined) return [];
  const small = isSmall
    ? {
        interval: null,
        p: null,
        rawP: null,
        needs: null,
        test: 'none',
        why: `There are fewer than ${fewestRows} rows.`,
      }
    : {};
  return [{ ...result, ...small, column, value, rows: places.length }];
}

/** How much better the candidate is; what has no value comes last. */
function gain({ effect, direction }: SliceResult): number {
  if (effect === null) return Number.POSITIVE_INFINITY;
  return direction === 'down' ? -effect : effect;
}
