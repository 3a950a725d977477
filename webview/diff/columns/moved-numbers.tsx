// What the rows add up to, column by column: only columns of which some number is another.
import type { ColumnDiff, ColumnNumbers } from '../../../src/protocol/datasets/table/diff';
import { numberText } from '../../../src/protocol/wording';
import { Section } from '../../kit/section';

const mostShown = 200;
/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

type Reading = { head: string; of: (numbers: ColumnNumbers) => number | null };

const readings: readonly Reading[] = [
  { head: 'Null', of: ({ nulls }) => nulls },
  { head: 'Different values', of: ({ distinct }) => distinct },
  { head: 'Mean', of: ({ mean }) => mean },
  { head: 'Median', of: ({ quantiles }) => quantiles?.p50 ?? null },
  { head: '95th percentile', of: ({ quantiles }) => quantiles?.p95 ?? null },
];

/** One row a column. */
export function MovedNumbers({ columns }: { columns: readonly ColumnDiff[] }) {
  const both = columns.filter(({ before, after }) => before !== null && after !== null);
  const moved = both.filter((column) => readings.some((reading) => isOther(column, reading)));
  const answer = moved.length === 0 ? 'as they were' : `moved in ${moved.length} of ${both.length} columns`;
  return (
    <Section title="Numbers" answer={answer}>
      {moved.length > 0 && (
        <section className="sideways" aria-label="Numbers side by side" {...reachable}>
          <table className="rows numbers-table" aria-label="Numbers that moved">
            <thead>
              <tr>
                <th scope="col">Column</th>
                {readings.map(({ head }) => (
                  <th key={head} scope="col" className="number">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {moved.slice(0, mostShown).map((column) => (
                <tr key={column.name}>
                  <th scope="row" className="cut" title={column.name}>
                    {column.name}
                  </th>
                  {readings.map((reading) => (
                    <td key={reading.head} className="number">
                      <Pair column={column} reading={reading} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {moved.length > mostShown && <p className="note">The first {mostShown} are listed.</p>}
    </Section>
  );
}

function Pair({ column, reading }: { column: ColumnDiff; reading: Reading }) {
  const [before, after] = [textOf(column.before, reading), textOf(column.after, reading)];
  if (before === after) return <span className="quiet">{after}</span>;
  return (
    <span className="change">
      <del>{before}</del> → <ins>{after}</ins>
    </span>
  );
}

function isOther(column: ColumnDiff, reading: Reading): boolean {
  return textOf(column.before, reading) !== textOf(column.after, reading);
}

function textOf(numbers: ColumnNumbers | null, { of }: Reading): string {
  const value = numbers === null ? null : of(numbers);
  return value === null ? '–' : numberText(value);
}
