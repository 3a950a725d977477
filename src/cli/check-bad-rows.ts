// The rows that break a check, for people.
import type { BadRows } from '../protocol/datasets/contract/check';
import { oneLine, textTable } from './text-table';

/** At most eight columns: the first are those that the check is about. */
const mostColumns = 8;

/** The rows with their numbers in the table. */
export function badRowsText({ columns, rows, total }: BadRows): string {
  const shown = columns.slice(0, mostColumns);
  const cells = rows.map(({ row, values }) => [
    row === null ? '' : String(row),
    ...values.slice(0, mostColumns).map((value) => (value === null ? '–' : oneLine(value, 30))),
  ]);
  const hidden = columns.length - shown.length;
  const all = total === null ? '' : ` of ${total.toLocaleString('en-US')}`;
  return [
    `${rows.length}${all} rows${hidden > 0 ? `; ${hidden} more columns with --json` : ''}.`,
    '',
    textTable([{ head: 'row', right: true }, ...shown.map((head) => ({ head: oneLine(head, 30) }))], cells),
  ].join('\n');
}
