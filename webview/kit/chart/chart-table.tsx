// The same curve as a table, for those who read rather than see.
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { numberText } from '../../../src/protocol/wording';
import { placeText } from './axis';

const axisNames: Record<ChartAxis, string> = { step: 'Step', relative: 'After', wall: 'Time' };

/** One row per bucket: where, last value, least, greatest, how many points. */
export function ChartTable({ series, axis }: { series: BucketSeries; axis: ChartAxis }) {
  return (
    <section className="chart-table" aria-label={`${series.key} as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{axisNames[axis]}</th>
            <th scope="col">Last</th>
            <th scope="col">Min</th>
            <th scope="col">Max</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {series.x.map((x, index) => (
            <tr key={x}>
              <th scope="row">{placeText(axis, x)}</th>
              <td>{numberText(series.last[index] ?? 0)}</td>
              <td>{numberText(series.min[index] ?? 0)}</td>
              <td>{numberText(series.max[index] ?? 0)}</td>
              <td>{(series.count[index] ?? 0).toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
