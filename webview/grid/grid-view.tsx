// The table itself: as many rows and columns as are seen, wherever one has scrolled to.
import { useMemo, useRef, useState } from 'react';
import { useGridKeys } from './grid-keys';
import { type GridPlaces, type GridViewProps, headHeight, useGridPlaces } from './grid-places';
import { type KnownHeads, useColumnHeads } from './heads/column-heads';
import { FilterForm } from './heads/filter-form';
import { Heads } from './heads/heads';
import type { CellRange } from './rows/cell-range';
import { cellId, Lines } from './rows/lines';
import { spanHeight } from './rows/scroll-span';

const formWidth = 260;

/** Rows, heads and keys. */
export function GridView(props: GridViewProps) {
  const { table, choices, found } = props;
  const places = useGridPlaces(props);
  const { range, setRange, onKeyDown } = useGridKeys(props, places);
  const [filtering, setFiltering] = useState<number | null>(null);
  const inSight = places.placed.map(({ column }) => column.name).join('\0');
  const known = useColumnHeads(
    useMemo(() => inSight.split('\0'), [inSight]),
    props.version,
  );
  const grid = useRef<HTMLTableElement>(null);
  const choose = (row: number, column: number, isFurther: boolean): void =>
    setRange((at) => (isFurther ? { ...at, row, column } : { row, column, fromRow: row, fromColumn: column }));
  const close = (): void => {
    setFiltering(null);
    grid.current?.focus();
  };
  return (
    <div className="view">
      <div className="scroller" ref={places.ref}>
        <table
          className="grid"
          ref={grid}
          {...gridPattern(props, range)}
          style={{ height: headHeight + spanHeight(table.rows), width: places.gutter + places.width }}
          onKeyDown={onKeyDown}
        >
          <thead style={{ width: places.size.width, height: headHeight }}>
            <Heads {...places} {...choices} {...{ known, found }} onFilter={setFiltering} />
          </thead>
          <tbody style={{ top: headHeight, width: places.size.width, height: places.view }}>
            <Lines {...places} pages={table.pages} range={range} onChoose={choose} />
          </tbody>
        </table>
      </div>
      <FilterPlace key={filtering} view={props} places={places} known={known} index={filtering} onClose={close} />
    </div>
  );
}

interface FilterPlaceProps {
  view: GridViewProps;
  places: GridPlaces;
  known: KnownHeads;
  index: number | null;
  onClose: () => void;
}

/** Below the head of the column that is filtered, if one is. */
function FilterPlace({ view: { columns, choices }, places, known, index, onClose }: FilterPlaceProps) {
  const column = index === null ? undefined : columns[index];
  if (column === undefined || index === null) return null;
  const left = places.gutter + (places.lefts[index] ?? 0) - places.scrolled.left;
  return (
    <div
      className="filter-place"
      style={{ top: headHeight, left: Math.max(0, Math.min(left, places.size.width - formWidth)) }}
    >
      <FilterForm
        column={column}
        head={known.heads.get(column.name)}
        filter={choices.filters.find((filter) => filter.column === column.name)}
        onFilter={(filter) => {
          choices.filterBy(column.name, filter);
          onClose();
        }}
        onClose={onClose}
      />
    </div>
  );
}

/** A table that keeps the keyboard is a grid (ARIA Authoring Practices): its rows and cells follow from the elements. */
function gridPattern({ name, columns, table }: GridViewProps, { row, column }: CellRange) {
  const extent = { 'aria-label': name, 'aria-rowcount': table.rows + 1, 'aria-colcount': columns.length + 1 };
  const keyboard = { tabIndex: 0, 'aria-activedescendant': cellId(row, column) };
  return { role: 'grid', 'aria-multiselectable': true, ...extent, ...keyboard } as const;
}
