// The same curve as a table, for those who read rather than see.
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { numberText } from '../../../src/protocol/wording';
import { axisHead, placeText } from './axis';

/** One row per bucket: where, last value, least, greatest, how many points. */
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
            {isSmooth && <th scope="col">Smooth</th>}
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
              {isSmooth && <td>{numberText(series.smooth[index] ?? 0)}</td>}
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
