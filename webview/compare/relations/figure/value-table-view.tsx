// The numbers behind a drawing, for those who read rather than see.
import { Link } from '../../../kit/controls';
import type { ValueTable } from './value-table';

/** The first column names the row and opens it. */
export function ValueTableView(props: { name: string; table: ValueTable; onRow: (row: number) => void }) {
  const { name, table, onRow } = props;
  return (
    <section className="chart-table relation-table" aria-label={`${name} as a table`}>
      <table>
        <thead>
          <tr>
            {table.head.map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ key, texts: [first = '', ...others] }, row) => (
            <tr key={key}>
              <th scope="row">
                <Link label={first} onAct={() => onRow(row)} />
              </th>
              {others.map((text, at) => (
                <td key={table.head[at + 1]}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
