// What the runs of a group have in common in one column.
import { fromWire, type WireNumber } from '../../../protocol/number';
import type { TableCell, TableColumn, TableSummaryCell } from '../../../protocol/runs/run-table';
import { numberIn } from './column-order';

/** Columns whose numbers are times, names or places: what they have in common is no mean. */
const unaveraged = new Set(['started', 'step']);

/** Which runs of a group count in a column: of metrics those that have finished, since one that goes on has no result yet. */
export function countedPlaces(
  column: TableColumn,
  places: readonly number[],
  isFinished: readonly boolean[],
): readonly number[] {
  return column.of === 'metric' ? places.filter((place) => isFinished[place] === true) : places;
}

/** One column over the cells of a group's runs; null when none has a value. Values that are not finite are left out. */
export function summaryOf(column: TableColumn, cells: readonly TableCell[]): TableSummaryCell | null {
  const known = cells.filter((cell) => cell !== null);
  if (known.length === 0) return null;
  const numbers = numbersOf(column, known);
  if (numbers !== undefined && numbers.length > 0) return spread(numbers);
  return { kind: 'text', ...commonOf(known) };
}

function commonOf(cells: readonly NonNullable<TableCell>[]): { value: TableCell; differ: number } {
  const different = new Set(cells);
  const [first = null] = different;
  return { value: different.size === 1 ? first : null, differ: different.size };
}

/** The numbers to average; undefined for a column that is not averaged. A param that is the same everywhere is shown as it is. */
function numbersOf(column: TableColumn, cells: readonly NonNullable<TableCell>[]): number[] | undefined {
  if (column.of === 'metric') {
    if (column.stat === 'step') return undefined;
    return cells.map((cell) => fromWire(cell as WireNumber)).filter(Number.isFinite);
  }
  if (unaveraged.has(column.key)) return undefined;
  if (column.of === 'fact') return cells.filter((cell) => typeof cell === 'number');
  if (commonOf(cells).differ === 1) return undefined;
  const numbers = cells.map((cell) => numberIn(String(cell)));
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

/** By Welford's sums, so that large values with a small spread keep their digits. */
function spread(numbers: readonly number[]): TableSummaryCell {
  let [count, mean, squares] = [0, 0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    count += 1;
    const off = number - mean;
    mean += off / count;
    squares += off * (number - mean);
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : null;
  return { kind: 'number', count, mean, sd, low, high };
}
