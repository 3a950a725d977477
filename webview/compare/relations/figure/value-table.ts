// The numbers behind a drawing: on screen as a table, in a file as CSV.
import { spreadsheetLine } from '../../../../src/protocol/export/spreadsheet-cell';

/** Heads, then rows as long; numbers keep all their digits in a file. `texts` is how a row reads on screen. */
export interface ValueTable {
  head: string[];
  rows: { key: string; cells: (string | number | null)[]; texts: string[] }[];
}

/** The table as the text of a CSV file. */
export function tableCsv({ head, rows }: ValueTable): string {
  return [head, ...rows.map(({ cells }) => cells)].map(spreadsheetLine).join('');
}
