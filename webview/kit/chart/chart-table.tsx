// The same curve as a table, for those who read rather than see.
import type { WireNumber } from '../../../src/protocol/number';
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { numberText } from '../../../src/protocol/wording';
import { axisHead, exactPlaceText } from './axis';

interface Row {
  x: number;
  last: WireNumber;
  smooth: WireNumber | null;
  min: WireNumber | null;
  max: WireNumber | null;
  count: number;
}

/** One row per bucket: where, last value, least, greatest, how many points. What is no number has rows of its own. */
export function ChartTable(props: { series: BucketSeries; axis: ChartAxis; isNamed: boolean }) {
  const { series, axis } = props;
  const isSmooth = series.smooth.length > 0;
  return (
    <section aria-label={`${series.key} as a table`}>
      <table>
        {props.isNamed && <caption>{series.key}</caption>}
        <thead>
          <tr>
            <th scope="col">{axisHead(axis)}</th>
            <th scope="col">Last</th>
            {isSmooth && <th scope="col">Smoothed</th>}
            <th scope="col">Min</th>
            <th scope="col">Max</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(series).map(({ x, last, smooth, min, max, count }) => (
            <tr key={`${x} ${last}`}>
              <th scope="row">{exactPlaceText(axis, x, series.bucketWidth)}</th>
              <td>{numberText(last)}</td>
              {isSmooth && <td>{cell(smooth)}</td>}
              <td>{cell(min)}</td>
              <td>{cell(max)}</td>
              <td>{count.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function rowsOf({ x, last, smooth, min, max, count, marks }: BucketSeries): Row[] {
  const buckets = x.map((place, index) => ({
    x: place,
    last: last[index] ?? 0,
    smooth: smooth[index] ?? null,
    min: min[index] ?? null,
    max: max[index] ?? null,
    count: count[index] ?? 0,
  }));
  const others = marks.map((mark) => ({ ...mark, last: mark.kind, smooth: null, min: null, max: null }));
  return [...buckets, ...others].sort((a, b) => a.x - b.x);
}

function cell(value: WireNumber | null): string {
  return value === null ? '–' : numberText(value);
}
