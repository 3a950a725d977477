// Histograms of columns, and how far their values lie from the mean: one scan once the ends and means are known.
import type { ColumnHistogram, NumberSummary } from '../../../../protocol/datasets/table/profile';
import { type BinEdges, histogramEdges } from '../../profile/histogram-edges';
import type { AskedColumns, ColumnConstant } from '../columns/asked-columns';
import type { ColumnSummary } from './column-summaries';
import { type ColumnValue, columnValue } from './column-value';

/** `numbers` is that of the summary with sd and skewness. */
export interface ColumnBins {
  histogram: ColumnHistogram | null;
  numbers: NumberSummary | null;
}

type Moments = [number, number, number, number];
type Found = (key: string) => unknown;

/** Reads all of them in one scan. */
export async function columnBins(asked: AskedColumns, summaries: readonly ColumnSummary[]): Promise<ColumnBins[]> {
  const edges = summaries.map(({ span, of }) =>
    span === null ? null : histogramEdges({ ...span, isWhole: of.column.kind === 'integer' }),
  );
  const found = await asked.ask((column, index, constant) => {
    const bins = edges[index] ?? null;
    const mean = summaries[index]?.numbers?.mean ?? null;
    return bins === null ? {} : binTerms(columnValue(column), { bins, mean }, constant);
  });
  return summaries.map((summary, index) => {
    const value: Found = (key) => found[index]?.[key];
    const bins = edges[index] ?? null;
    return { histogram: bins === null ? null : histogramOf(bins, value('h')), numbers: withMoments(summary, value) };
  });
}

function binTerms(
  { double }: ColumnValue,
  { bins, mean }: { bins: BinEdges; mean: number | null },
  constant: ColumnConstant,
): Record<string, string> {
  // DuckDB's bins hold their right edge. Turned round, they hold the left one.
  const histogram = `histogram(-(${double}), ${constant(bins.edges.map((edge) => -edge).reverse())})`;
  if (mean === null) return { h: histogram };
  const away = `(${double} - ${constant(mean)})`;
  return {
    h: histogram,
    k: `count(${double})`,
    m1: `favg(${away})`,
    m2: `favg(${away} * ${away})`,
    m3: `favg(${away} * ${away} * ${away})`,
  };
}

function histogramOf({ edges, isOpenBelow, isOpenAbove }: BinEdges, counted: unknown): ColumnHistogram {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const pieces = (counted ?? []) as { value: unknown }[];
  // From the right: beyond the last edge, each bin, beyond the first edge.
  pieces.forEach(({ value }, place) => {
    const bin = Math.min(counts.length - 1, Math.max(0, edges.length - 1 - place));
    counts[bin] = (counts[bin] ?? 0) + Number(value);
  });
  return { edges, counts, isOpenBelow, isOpenAbove };
}

/** sd with n − 1, skewness G1 as of pandas: both of the finite values. */
function withMoments({ numbers }: ColumnSummary, found: Found): NumberSummary | null {
  const [n, rest, square, cube] = ['k', 'm1', 'm2', 'm3'].map((key) => Number(found(key) ?? 0)) as Moments;
  if (numbers === null || n < 2 || !Number.isFinite(square)) return numbers;
  // Far from zero the mean itself is rounded by as much as `rest`.
  const m2 = square - rest ** 2;
  const m3 = cube - 3 * rest * square + 2 * rest ** 3;
  const skewness = n > 2 && m2 > 0 ? (Math.sqrt(n * (n - 1)) / (n - 2)) * (m3 / m2 ** 1.5) : Number.NaN;
  return { ...numbers, sd: Math.sqrt((m2 * n) / (n - 1)), skewness: Number.isFinite(skewness) ? skewness : null };
}
