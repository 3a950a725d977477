// The numbers behind a drawing: on screen as a table, in a file as CSV.
import { Link } from '../../../kit/controls';

/** Heads, then rows as long; numbers keep all their digits in a file. `texts` is how a row reads on screen. */
export interface ValueTable {
  head: string[];
  rows: { key: string; cells: (string | number | null)[]; texts: string[] }[];
}

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

/** The same as the text of a CSV file. */
export function tableCsv({ head, rows }: ValueTable): string {
  const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cellText).join(',')}\n`;
  return [head, ...rows.map(({ cells }) => cells)].map(line).join('');
}

function cellText(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
