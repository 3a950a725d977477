// Whether a param is a number, and what its values are then.
import type { RelationColumn, RelationValue } from '../../../../protocol/comparison/relations';
import type { TableCell } from '../../../../protocol/runs/run-table';
import { numberIn } from '../../table/column-order';

/** What programs write where they mean no number; beside numbers it makes no levels of them. */
const noNumbers = new Set(['', 'nan', 'none', 'null', 'inf', '+inf', '-inf', 'infinity', '-infinity']);

/** A param is a number when every run says one, but for those that say there is none; else its texts are levels. */
export function columnValues(cells: readonly TableCell[]): Pick<RelationColumn, 'kind' | 'values'> {
  const numbers = cells.map((cell) => (typeof cell === 'string' ? numberIn(cell) : (cell ?? undefined)));
  const isNone = (cell: TableCell): boolean => typeof cell === 'string' && noNumbers.has(cell.trim().toLowerCase());
  const isNumber =
    numbers.some((value) => value !== undefined) &&
    cells.every((cell, at) => cell === null || numbers[at] !== undefined || isNone(cell));
  if (!isNumber) return { kind: 'level', values: cells.map((cell) => (cell === null ? null : String(cell))) };
  return { kind: 'number', values: cells.map((cell, at): RelationValue => numbers[at] ?? cell) };
}
