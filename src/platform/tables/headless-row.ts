// Whether the first line of a text file names its columns.

/** Numbers, of which there is at least one, and words for what is missing or infinite: a row, no names. */
export function isHeadless(cells: readonly string[]): boolean {
  const written = cells.map((cell) => cell.trim());
  const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));
  const standsFor = (cell: string): boolean => /^([+-]?(nan|inf|infinity))?$/i.test(cell);
  return written.some(isNumber) && written.every((cell) => isNumber(cell) || standsFor(cell));
}
