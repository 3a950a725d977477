// What stands in a cell, in words.
import { fromWire, type WireNumber } from '../../../src/protocol/number';
import type { MetricDirection } from '../../../src/protocol/run';
import type { TableCell, TableColumn, TableSummaryCell } from '../../../src/protocol/runs/run-table';
import { bytesText, durationText, numberText, timeText } from '../../../src/protocol/wording';

/** What is written where a run has no value. */
export const missing = '–';

/** A cell of one run. */
export function cellText(column: TableColumn, cell: TableCell, now: number): string {
  if (cell === null) return missing;
  if (column.of === 'metric') return column.stat === 'step' ? stepText(cell) : numberText(cell as WireNumber);
  if (typeof cell !== 'number') return column.of === 'fact' && column.key === 'commit' ? cell.slice(0, 8) : cell;
  return column.of === 'fact' ? factText(column.key, cell, now) : String(cell);
}

/** A cell of a group: a mean, the value that all share, or how many there are. */
export function summaryText(column: TableColumn, cell: TableSummaryCell | null, now: number): string {
  if (cell === null) return missing;
  // That several runs began at several times says nothing.
  if (cell.kind === 'text' && cell.differ > 1 && column.key === 'started') return '';
  if (cell.kind === 'text') return cell.differ === 1 ? cellText(column, cell.value, now) : `${cell.differ} differ`;
  if (column.of === 'metric' || (column.of === 'fact' && cell.low !== cell.high))
    return cellText(column, cell.mean, now);
  return cell.low === cell.high ? cellText(column, cell.low, now) : `${short(cell.low)} … ${short(cell.high)}`;
}

/** A standard deviation over a group's runs: `±.0015`. */
export function spreadText(sd: number): string {
  return `±${differenceText(sd).replace(/^0(?=\.)/, '')}`;
}

/** What the distance of a value from the baseline's is called and whether that is better; null where there is none. */
export function deltaOf(
  value: TableCell | undefined,
  base: TableCell | undefined,
  { direction, noise }: { direction: MetricDirection; noise: number },
): { text: string; judged: 'better' | 'worse' | 'same' } | null {
  if (value === undefined || value === null || base === undefined || base === null) return null;
  const difference = fromWire(value as WireNumber) - fromWire(base as WireNumber);
  if (!Number.isFinite(difference)) return null;
  const text = difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${differenceText(Math.abs(difference))}`;
  if (difference === 0 || direction === 'none' || Math.abs(difference) < noise) return { text, judged: 'same' };
  return { text, judged: difference > 0 === (direction === 'up') ? 'better' : 'worse' };
}

/** With as many decimals as the value beside it; what would be all zeros with an exponent. */
function differenceText(size: number): string {
  if (size > 0 && size < 5e-5) return size.toExponential(0).replace('-', '−');
  return size < 100 ? size.toFixed(4) : numberText(size);
}

function factText(key: string, value: number, now: number): string {
  if (key === 'started') return timeText(value, now);
  if (key === 'duration') return durationText(value);
  return key === 'size' ? bytesText(value) : String(value);
}

function stepText(cell: TableCell): string {
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : String(cell);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
