// The rows in sight, cells of columns in sight.
import type { TableColumn } from '../../../src/protocol/datasets/table-shape';
import type { PlacedColumn } from '../heads/heads';
import { bounds, type CellRange } from './cell-range';
import type { RowPages } from './row-pages';
import { rowHeight } from './scroll-span';

interface LinesProps {
  pages: RowPages;
  placed: readonly PlacedColumn[];
  gutter: number;
  first: number;
  count: number;
  range: CellRange;
  onChoose: (row: number, column: number, isFurther: boolean) => void;
}

const right: ReadonlySet<TableColumn['kind']> = new Set(['integer', 'number']);

/** The element of a cell. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

/** From row `first` on, `count` of them; those that have not come are empty. */
export function Lines({ pages, placed, gutter, first, count, range, onChoose }: LinesProps) {
  return Array.from({ length: count }, (_, line) => {
    const place = first + line;
    const row = pages.at(place);
    return (
      <tr key={place} className="line" aria-rowindex={place + 2} style={{ top: line * rowHeight }}>
        <th scope="row" className="row-number" style={{ width: gutter }}>
          {row?.row.toLocaleString('en-US') ?? ''}
        </th>
        {placed.map((each) => (
          <td
            key={each.index}
            id={cellId(place, each.index)}
            aria-colindex={each.index + 2}
            className={classesOf(each, place, { value: row?.cells[each.index], range })}
            style={{ left: gutter + each.left, width: each.width }}
            title={titleOf(row?.cells[each.index])}
            onPointerDown={(event) => onChoose(place, each.index, event.shiftKey)}
            onPointerEnter={(event) => event.buttons === 1 && onChoose(place, each.index, true)}
          >
            {shown(row?.cells[each.index])}
          </td>
        ))}
      </tr>
    );
  });
}

function classesOf(
  { column, index }: PlacedColumn,
  row: number,
  { value, range }: { value: string | null | undefined; range: CellRange },
): string {
  const { rows, columns } = bounds(range);
  const isChosen = row >= rows[0] && row <= rows[1] && index >= columns[0] && index <= columns[1];
  const classes = [
    'cell',
    right.has(column.kind) ? 'right' : '',
    value === null ? 'missing' : '',
    isChosen ? 'chosen' : '',
    row === range.row && index === range.column ? 'active' : '',
  ];
  return classes.filter(Boolean).join(' ');
}

function shown(value: string | null | undefined): string {
  return value === null ? 'null' : (value ?? '').replaceAll(/\s*\n\s*/g, ' ⏎ ');
}

/** What may not fit is told by the mouse. */
function titleOf(value: string | null | undefined): string | undefined {
  return value != null && value.length > 12 ? value.slice(0, 1000) : undefined;
}
