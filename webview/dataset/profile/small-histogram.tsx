// A column's values in a table row: the current ones filled, the reference as an outline.
import type { ColumnHistogram, Profile, ProfileColumn } from '../../../src/protocol/datasets/table/profile';
import { acrossOf, downOf, type PlotFrame, pathOf } from '../plot/frame';
import { sharesOf } from '../plot/pair-histogram';
import { rebinned } from './rebinned';

const [width, height] = [152, 24];
const mostValues = 16;

interface SmallHistogramProps {
  column: ProfileColumn;
  rows: number;
  /** The same column of the reference, and its table's rows. */
  reference: { column: ProfileColumn; rows: Profile['rows'] } | undefined;
}

/** Of numbers and times in bins, of others one bar a value, the commonest first. */
export function SmallHistogram({ column, rows, reference }: SmallHistogramProps) {
  const bars = column.histogram === null ? valueBars(column, rows, reference) : binBars(column, reference);
  if (bars.current.length === 0) return <span className="quiet">–</span>;
  const frame: PlotFrame = {
    ...{ left: 0, right: width, top: 2, bottom: height - 1 },
    x: { from: 0, to: bars.current.length },
    y: { from: 0, to: Math.max(...bars.current, ...bars.reference, Number.MIN_VALUE) },
  };
  return (
    <svg className="small-histogram" width={width} height={height} role="img" aria-label={findingOf(column)}>
      {bars.current.map((share, place) => (
        <rect
          key={`${place}:${share}`}
          className="current-fill"
          x={acrossOf(frame, place) + 0.5}
          y={downOf(frame, share)}
          width={width / bars.current.length - 1}
          height={frame.bottom - downOf(frame, share)}
        />
      ))}
      {bars.reference.length > 0 && <path className="reference-line" d={outlineOf(frame, bars.reference)} />}
      <path className="base" d={`M0 ${height - 0.5}H${width}`} />
    </svg>
  );
}

interface Bars {
  current: number[];
  reference: number[];
}

function binBars(column: ProfileColumn, reference: SmallHistogramProps['reference']): Bars {
  if (column.histogram === null) return { current: [], reference: [] };
  const other = reference?.column.histogram ?? null;
  if (other === null) return { current: sharesOf(coarse(column.histogram).counts), reference: [] };
  const edges = commonEdges(column.histogram.edges, other.edges);
  return {
    current: sharesOf(rebinned(column.histogram, edges)),
    reference: sharesOf(rebinned(other, edges)),
  };
}

/** Equal bins over what both sides have: what moved away must be seen where it is. */
function commonEdges(one: readonly number[], other: readonly number[]): number[] {
  const low = Math.min(one[0] ?? 0, other[0] ?? 0);
  const high = Math.max(one.at(-1) ?? 1, other.at(-1) ?? 1);
  return Array.from({ length: mostValues + 1 }, (_, place) => low + ((high - low || 1) * place) / mostValues);
}

/** Neighbours taken together until the bars can be told apart. */
function coarse({ edges, counts }: ColumnHistogram): Pick<ColumnHistogram, 'edges' | 'counts'> {
  const step = Math.ceil(counts.length / mostValues);
  const starts = counts.map((_, place) => place).filter((place) => place % step === 0);
  return {
    edges: [...starts.map((place) => edges[place] ?? 0), edges.at(-1) ?? 0],
    counts: starts.map((place) => counts.slice(place, place + step).reduce((sum, count) => sum + count, 0)),
  };
}

function valueBars(column: ProfileColumn, rows: number, reference: SmallHistogramProps['reference']): Bars {
  const shown = column.top.slice(0, mostValues);
  const current = shown.map((each) => each.rows / Math.max(1, rows));
  if (reference === undefined) return { current, reference: [] };
  const known = new Map(reference.column.top.map((each) => [each.value, each.rows]));
  return { current, reference: shown.map(({ value }) => (known.get(value) ?? 0) / Math.max(1, reference.rows)) };
}

function outlineOf(frame: PlotFrame, shares: readonly number[]): string {
  const steps = shares.flatMap((share, place): [number, number][] => [
    [acrossOf(frame, place), downOf(frame, share)],
    [acrossOf(frame, place + 1), downOf(frame, share)],
  ]);
  return pathOf([[0, frame.bottom], ...steps, [frame.right, frame.bottom]]);
}

function findingOf({ name, histogram, top, distinct }: ProfileColumn): string {
  if (histogram === null) return `${name}: ${distinct} values, most often ${top[0]?.value ?? 'none'}`;
  const { counts, edges } = histogram;
  const most = counts.indexOf(Math.max(...counts));
  return `${name}: most rows between ${edges[most]} and ${edges[most + 1]}`;
}
