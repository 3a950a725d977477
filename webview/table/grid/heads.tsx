// The heads of the grid: what the columns are about, then each column. They stay in sight.
import { type DragEvent, memo, type PointerEvent } from 'react';
import type { TableView } from '../../../src/protocol/runs/run-table';
import { directionArrow } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import type { ShownColumn } from '../columns/shown-column';
import type { PlacedColumn, RowLook } from './grid-context';
import type { GridPlaces } from './grid-place';
import { currentCellId } from './run-row';

/** What a person does with a column. `add`: the sort is one more, and not the only one. */
export interface ColumnActs {
  onSort: (id: string, add: boolean) => void;
  onMove: (id: string, before: string | null) => void;
  onResize: (id: string, width: number) => void;
}

interface HeadsProps {
  look: RowLook;
  places: GridPlaces;
  metricWords: string;
  selected: 'none' | 'some' | 'all';
  /** Number of the column in focus, 0 for the name; null when the focus is in the rows. */
  current: number | null;
  acts: ColumnActs;
}

/** Two rows of the grid: what kind of columns they are, and their names. */
export function Heads({ look, places, metricWords, selected, current, acts }: HeadsProps) {
  const head = (column: PlacedColumn, from: number) => (
    <Head
      key={column.id}
      column={{ ...column, left: column.left + from }}
      place={column.place}
      sort={look.sort}
      isCurrent={current === column.place + 1}
      acts={acts}
    />
  );
  return (
    <>
      <tr className="row kinds" aria-rowindex={1} style={{ width: look.total }}>
        <td className="cell stays" style={{ left: 0, width: look.standing }}>
          Run
        </td>
        {spansOf(places.all, metricWords).map(({ words, left, width }) => (
          <td key={left} className="cell kind" style={{ left: left + look.standing, width }}>
            <span className="kind-words">{words}</span>
          </td>
        ))}
      </tr>
      <tr className="row names" aria-rowindex={2} style={{ width: look.total }}>
        <NameHead look={look} selected={selected} isCurrent={current === 0} acts={acts} />
        {look.pinned.map((column) => head(column, look.nameWidth))}
        {look.free.map((column) => head(column, look.standing))}
      </tr>
    </>
  );
}

function NameHead({
  look,
  selected,
  isCurrent,
  acts,
}: Pick<HeadsProps, 'look' | 'selected' | 'acts'> & { isCurrent: boolean }) {
  const sorted = look.sort.find(({ column }) => column === 'fact:name');
  return (
    <th
      scope="col"
      id={isCurrent ? currentCellId : undefined}
      aria-colindex={1}
      aria-sort={ariaSort(sorted)}
      className={isCurrent ? 'cell name head stays current' : 'cell name head stays'}
      data-col={0}
      style={{ left: 0, width: look.nameWidth }}
    >
      <span className={`box ${selected}`} data-act="select-all" aria-hidden="true">
        {selected === 'all' && <Tick />}
      </span>
      <button
        type="button"
        className="head-button"
        tabIndex={-1}
        onClick={(event) => acts.onSort('fact:name', event.shiftKey)}
      >
        Name
        <SortMark sort={look.sort} id="fact:name" />
      </button>
      <Grip id="fact:name" width={look.nameWidth} onResize={acts.onResize} />
    </th>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <path d="M3 8.500l3.500 3.500L13 4.500" />
    </svg>
  );
}

interface HeadProps {
  column: ShownColumn;
  place: number;
  sort: TableView['sort'];
  isCurrent: boolean;
  acts: ColumnActs;
}

const dragType = 'application/x-slipway-column';

const Head = memo(function Head({ column, place, sort, isCurrent, acts }: HeadProps) {
  const sorted = sort.find((each) => each.column === column.id);
  const onDrop = (event: DragEvent): void => {
    const id = event.dataTransfer.getData(dragType);
    if (id === '' || id === column.id) return;
    event.preventDefault();
    acts.onMove(id, column.id);
  };
  const context = { webviewSection: 'column', columnId: column.id, preventDefaultContextMenuItems: true };
  return (
    <th
      scope="col"
      id={isCurrent ? currentCellId : undefined}
      aria-colindex={place + 2}
      aria-sort={ariaSort(sorted)}
      className={headClasses(column, { isSorted: sorted !== undefined, isCurrent })}
      data-col={place + 1}
      data-vscode-context={JSON.stringify(context)}
      style={{ left: column.left, width: column.width }}
      title={headTitle(column)}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(dragType, column.id)}
      onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
      onDrop={onDrop}
    >
      <button
        type="button"
        className="head-button cut"
        tabIndex={-1}
        onClick={(event) => acts.onSort(column.id, event.shiftKey)}
      >
        <span className="cut">{column.label}</span>
        {column.stat !== '' && <span className="quiet">{column.stat}</span>}
        <SortMark sort={sort} id={column.id} />
      </button>
      <Grip id={column.id} width={column.width} onResize={acts.onResize} />
    </th>
  );
});

function headClasses(column: ShownColumn, { isSorted, isCurrent }: { isSorted: boolean; isCurrent: boolean }): string {
  const side = !column.isNumber ? '' : column.hasPlaces ? 'places' : 'number';
  const marks = [column.isPinned ? 'stays' : '', isSorted ? 'sorted' : '', isCurrent ? 'current' : ''];
  return ['cell head', side, ...marks].filter(Boolean).join(' ');
}

/** Which way a column is sorted, and as which of several. */
function SortMark({ sort, id }: { sort: TableView['sort']; id: string }) {
  const at = sort.findIndex(({ column }) => column === id);
  if (at === -1) return null;
  return (
    <span className="sort-mark">
      <Icon name={sort[at]?.descending ? 'downward' : 'upward'} />
      {sort.length > 1 && at + 1}
    </span>
  );
}

/** The edge by which a column is made wider; by keys the heads do that themselves. */
function Grip({ id, width, onResize }: { id: string; width: number; onResize: ColumnActs['onResize'] }) {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const onMove = (moved: globalThis.PointerEvent): void => onResize(id, width + moved.clientX - from);
    grip.addEventListener('pointermove', onMove);
    grip.addEventListener('pointerup', () => grip.removeEventListener('pointermove', onMove), { once: true });
  };
  return (
    <span
      className="grip"
      draggable={false}
      onPointerDown={onPointerDown}
      onClick={(event) => event.stopPropagation()}
      aria-hidden="true"
    />
  );
}

function ariaSort(sorted: TableView['sort'][number] | undefined): 'ascending' | 'descending' | 'none' {
  if (sorted === undefined) return 'none';
  return sorted.descending ? 'descending' : 'ascending';
}

function headTitle({ label, stat, direction, column }: ShownColumn): string {
  const kind = { fact: '', param: 'param', tag: 'tag', metric: 'metric' }[column.of];
  const better =
    direction === 'none' ? '' : `${directionArrow(direction)} ${direction === 'up' ? 'more' : 'less'} is better`;
  return [[label, stat].filter(Boolean).join(' '), kind, better].filter(Boolean).join(' · ');
}

/** Columns of one kind that stand side by side, with what they are. */
function spansOf(
  columns: readonly PlacedColumn[],
  metricWords: string,
): { words: string; left: number; width: number }[] {
  const words = { fact: '', param: 'Parameters', tag: 'Tags', metric: metricWords };
  const spans: { of: string; words: string; left: number; width: number }[] = [];
  for (const { column, left, width } of columns) {
    const last = spans.at(-1);
    if (last?.of === column.of) last.width += width;
    else spans.push({ of: column.of, words: words[column.of], left, width });
  }
  return spans;
}
