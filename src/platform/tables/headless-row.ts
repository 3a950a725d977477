// Whether the first line of a text file names its columns.

/**
 * Numbers, of which there is at least one, and words for what is missing or infinite: a row, no names. Not so `0,1,2…`,
 * with or without an empty cell before it, where a line follows: these are the names pandas gives to columns that have none.
 */
export function isHeadless(cells: readonly string[], isOnlyLine: boolean): boolean {
  const written = cells.map((cell) => cell.trim());
  const standsFor = (cell: string): boolean => /^([+-]?(nan|inf|infinity))?$/i.test(cell);
  const isRow = written.some(isNumber) && written.every((cell) => isNumber(cell) || standsFor(cell));
  return isRow && (isOnlyLine || !isCounted(written));
}

/**
 * The cells of a header that look like values: dates, and numbers that neither count columns (`0`, `1`, …) nor name years
 * (`2019`, `2020`). Where there are some, the file may have no header at all.
 */
export function valuesAmongNames(cells: readonly string[]): string[] {
  const written = cells.map((cell) => cell.trim());
  const whole = written.filter((cell) => /^\d+$/.test(cell)).map(Number);
  const isRising = whole.every((value, index) => index === 0 || value === (whole[index - 1] as number) + 1);
  const isName = (value: number): boolean => (isRising && whole.length > 1) || value === 0 || isYear(value);
  return written.filter((cell) =>
    /^\d+$/.test(cell) ? !isName(Number(cell)) : isNumber(cell) || /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/.test(cell),
  );
}

function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell));
}

/** One column that is named `0` cannot be told from one that holds 0 first: it counts as counted only behind an index. */
function isCounted(cells: readonly string[]): boolean {
  const names = cells[0] === '' ? cells.slice(1) : cells;
  return cells.length > 1 && names.length > 0 && names.every((name, index) => name === String(index));
}

function isYear(value: number): boolean {
  return value >= 1900 && value <= 2100;
}
