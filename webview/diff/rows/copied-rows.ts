// Rows as a spreadsheet takes them: each side a line, named by what it is of.
import type { DiffRow } from '../../../src/protocol/datasets/table/diff';
import type { DiffSides } from '../../../src/protocol/datasets/table/diff-panel';
import type { GridCell } from '../../../src/protocol/datasets/table/grid';
import type { ShownColumns } from './shown-columns';

/** The heads, then a changed row as it was and as it is, any other once; tabs between cells, nothing for a missing value. */
export function copiedRows(rows: readonly DiffRow[], { columns }: ShownColumns, { before, after }: DiffSides): string {
  const line = (name: string, cells: readonly GridCell[] | null): string[] =>
    cells === null ? [] : [[name, ...columns.map(({ at }) => cells[at] ?? null)].map(cellText).join('\t')];
  const heads = ['', ...columns.map(({ column }) => column.name)].map(cellText).join('\t');
  return [heads, ...rows.flatMap((row) => [...line(before.name, row.before), ...line(after.name, row.after)])].join(
    '\n',
  );
}

function cellText(value: GridCell): string {
  if (value === null) return '';
  return /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
