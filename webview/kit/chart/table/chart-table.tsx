// The same curve as a table, for those who read rather than see.
import type { WireNumber } from '../../../../src/protocol/number';
import type { BucketSeries } from '../../../../src/protocol/series';
import { exactPlaceText } from '../axis';
import type { ChartView } from '../curve';
import { seriesColumns, type TableColumn } from './series-columns';

/** One row per bucket, or per point of a path. What is no number has rows of its own. */
export function ChartTable(props: { series: BucketSeries; view: ChartView; isNamed: boolean }) {
  const { series, view } = props;
  const [place, ...columns] = seriesColumns(series, view);
  return (
    <section aria-label={`${series.key} as a table`}>
      <table>
        {props.isNamed && <caption>{series.key}</caption>}
        <thead>
          <tr>
            {[place, ...columns].map(({ head }) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(series).map(({ key, x, index, kind }) => (
            <tr key={key}>
              <th scope="row">{exactPlaceText(view.axis, x, series.bucketWidth)}</th>
              {columns.map((column) => (
                <td key={column.head}>{index === null ? markCell(column, kind) : column.text(index)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Row {
  key: string;
  x: number;
  /** The entry it tells of, or null for one of values that are no numbers. */
  index: number | null;
  kind: { kind: WireNumber; count: number };
}

function rowsOf({ x, marks, joined }: BucketSeries): Row[] {
  const none = { kind: 0, count: 0 };
  const entries = x.map((place, index): Row => ({ key: `${index}`, x: place, index, kind: none }));
  const others = marks.map((mark): Row => ({ key: `${mark.kind} ${mark.x}`, x: mark.x, index: null, kind: mark }));
  // A path is read in the order of its steps.
  return joined === null ? [...entries, ...others].sort((a, b) => a.x - b.x) : [...entries, ...others];
}

function markCell({ role }: TableColumn, { kind, count }: Row['kind']): string {
  if (role === 'value') return String(kind).replace('-', '−');
  return role === 'count' ? count.toLocaleString('en-US') : '–';
}
