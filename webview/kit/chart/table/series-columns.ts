// What a table of a curve says of each of its entries, on screen and in a file.
import type { BucketSeries } from '../../../../src/protocol/series';
import { numberText } from '../../../../src/protocol/wording';
import { axisHead } from '../axis';
import type { ChartView } from '../curve';

/** One column: its head, what it holds for the entry at an index, and that in words. */
export interface TableColumn {
  head: string;
  /** `value` is what the curve is of, `count` how many points stand behind it. */
  role: 'place' | 'value' | 'count' | 'other';
  at(index: number): number | null;
  text(index: number): string;
}

/** The place first, then the value that is drawn, what it is smoothed to, and between what it lies. */
export function seriesColumns(series: BucketSeries, view: ChartView): [TableColumn, ...TableColumn[]] {
  const { joined, group } = series;
  const centre = view.group?.centre === 'median' ? 'Median' : 'Mean';
  return [
    columnOf(axisHead(view), series.x, 'place'),
    ...(joined === null ? [] : [wholeColumn('Step', joined.steps, 'other')]),
    columnOf(group === null ? 'Last' : centre, series.last, 'value'),
    ...(series.smooth.length === 0 ? [] : [columnOf('Smoothed', series.smooth, 'other')]),
    ...(group === null
      ? []
      : [
          columnOf('Band from', group.low, 'other'),
          columnOf('Band to', group.high, 'other'),
          wholeColumn('Runs', group.runs, 'other'),
        ]),
    ...(joined === null ? [columnOf('Min', series.min, 'other'), columnOf('Max', series.max, 'other')] : []),
    wholeColumn('Points', series.count, 'count'),
  ];
}

function columnOf(head: string, values: readonly (number | null)[], role: TableColumn['role']): TableColumn {
  const at = (index: number): number | null => values[index] ?? null;
  const text = (index: number): string => {
    const value = at(index);
    return value === null ? '–' : numberText(value);
  };
  return { head, role, at, text };
}

function wholeColumn(head: string, values: readonly number[], role: TableColumn['role']): TableColumn {
  return { ...columnOf(head, values, role), text: (index) => (values[index] ?? 0).toLocaleString('en-US') };
}
