// The heads of the columns in sight: name, type, distribution; a click sorts, the funnel filters, the edge sets the width.
import type { PointerEvent } from 'react';
import type { GridFilter, GridSort } from '../../../src/protocol/datasets/table/grid';
import type { TableColumn } from '../../../src/protocol/datasets/table-shape';
import { IconButton } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import type { KnownHeads } from './column-heads';
import { HeadBars, nullWords } from './head-bars';

/** One column in sight: its place in the table and on the page. */
export interface PlacedColumn {
  column: TableColumn;
  index: number;
  left: number;
  width: number;
}

interface HeadsProps {
  placed: readonly PlacedColumn[];
  gutter: number;
  known: KnownHeads;
  sort: readonly GridSort[];
  filters: readonly GridFilter[];
  found: number | null;
  /** `isAlso`: after the columns that are sorted by already. */
  sortBy: (name: string, isAlso: boolean) => void;
  onFilter: (index: number) => void;
  setWidth: (name: string, width: number) => void;
}

const kindWords: Readonly<Record<TableColumn['kind'], string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  text: 'text',
  date: 'date',
  timestamp: 'time',
  time: 'time of day',
  binary: 'bytes',
  nested: 'nested',
};

/** A row of heads. */
export function Heads({ placed, gutter, ...rest }: HeadsProps) {
  return (
    <tr className="heads" aria-rowindex={1}>
      <td className="corner" style={{ width: gutter }} />
      {placed.map((each) => (
        <Head key={each.index} at={{ ...each, left: gutter + each.left }} {...rest} />
      ))}
    </tr>
  );
}

type HeadProps = Omit<HeadsProps, 'placed' | 'gutter'> & { at: PlacedColumn };

function Head({ at: { column, index, left, width }, ...props }: HeadProps) {
  const { known, sort, filters, found, sortBy, onFilter, setWidth } = props;
  const sorted = sort.find((each) => each.column === column.name);
  const isFiltered = filters.some((each) => each.column === column.name);
  return (
    <th
      scope="col"
      className={found === index ? 'head found' : 'head'}
      style={{ left, width }}
      aria-colindex={index + 2}
      aria-sort={sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending'}
    >
      <div className="head-line">
        <button
          type="button"
          className="head-name"
          title={`${column.name}: ${column.type}. Click to sort, Shift to sort further.`}
          aria-label={`Sort by ${column.name}`}
          onClick={(event) => sortBy(column.name, event.shiftKey)}
        >
          {column.name}
        </button>
        {sorted !== undefined && <Icon name={sorted.descending ? 'downward' : 'upward'} />}
        <IconButton label="Filter" about={column.name} pressed={isFiltered} onAct={() => onFilter(index)}>
          <Icon name="filter" />
        </IconButton>
      </div>
      <span className="head-kind">
        {kindWords[column.kind]}
        {nullWords(known.heads.get(column.name), known.rows)}
      </span>
      <HeadBars head={known.heads.get(column.name)} />
      <WidthEdge width={width} onWidth={(wanted) => setWidth(column.name, wanted)} />
    </th>
  );
}

/** The edge by which a column is made wider. */
function WidthEdge({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const drag = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    const from = event.clientX - width;
    const edge = event.currentTarget;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (move) => onWidth(Math.max(48, move.clientX - from));
    edge.onpointerup = () => {
      edge.onpointermove = null;
    };
  };
  return <span className="head-edge" onPointerDown={drag} />;
}
