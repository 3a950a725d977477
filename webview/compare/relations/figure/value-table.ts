// The numbers behind a drawing: on screen as a table, in a file as CSV.

/** Heads, then rows as long; numbers keep all their digits in a file. `texts` is how a row reads on screen. */
export interface ValueTable {
  head: string[];
  rows: { key: string; cells: (string | number | null)[]; texts: string[] }[];
}

/** The table as the text of a CSV file. */
export function tableCsv({ head, rows }: ValueTable): string {
  const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cellText).join(',')}\n`;
  return [head, ...rows.map(({ cells }) => cells)].map(line).join('');
}

function cellText(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
