// A line of a CSV file that a spreadsheet opens: whatever is saved as such a file is written here.

/** What a spreadsheet takes for the beginning of a formula, and texts of numbers that begin so too. */
const formula = /^[=+\-@\t\r]/;
const number = /^[+-](inf|infinity|nan)$/i;

/**
 * The text of a cell (RFC 4180). A text that a spreadsheet would run as a formula has an apostrophe before it; a number in
 * any notation stays as it is.
 */
function spreadsheetCell(cell: string | number | boolean | null): string {
  const text = cell === null ? '' : String(cell);
  const isFormula = formula.test(text) && Number.isNaN(Number(text)) && !number.test(text);
  const shown = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** A line of such cells, with its end. */
export function spreadsheetLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(spreadsheetCell).join(',')}\n`;
}
