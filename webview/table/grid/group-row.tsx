// A group of runs as a row of the grid.
import { memo } from 'react';
import type { TableGroup } from '../../../src/protocol/runs/run-table';
import { tableColumnOf } from '../../../src/protocol/runs/run-table';
import { countText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { cellText } from '../columns/cell-text';
import { columnLabel } from '../columns/shown-column';
import type { GroupCells } from '../data/table-data';
import { GroupCell, PlacedCell } from './cell-view';
import type { RowLook } from './grid-context';
import { currentCellId } from './run-row';

export interface GroupRowProps {
  group: TableGroup;
  /** The columns it is grouped by. */
  groupBy: readonly string[];
  cells: GroupCells | null | undefined;
  isOpen: boolean;
  /** How many of its runs are selected. */
  selected: number;
  index: number;
  top: number;
  look: RowLook;
  current: number | null;
}

/** Its name is what its runs share; its cells are means, or what all of them have. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { group, cells, look, index, current } = props;
  const name = groupName(group, props.groupBy);
  return (
    <tr
      className={current === null ? 'row group' : 'row group current-row'}
      aria-rowindex={index + 3}
      aria-level={1}
      aria-expanded={props.isOpen}
      aria-selected={props.selected === group.runIds.length}
      data-row={index}
      style={{ width: look.total, transform: `translateY(${props.top}px)` }}
    >
      <th
        scope="row"
        id={current === 0 ? currentCellId : undefined}
        aria-colindex={1}
        data-col={0}
        className={current === 0 ? 'cell name stays current' : 'cell name stays'}
        style={{ left: 0, width: look.nameWidth }}
      >
        <span className="fold-place" data-act="fold">
          <Icon name={props.isOpen ? 'down' : 'right'} />
        </span>
        <span className="cut words" title={name}>
          <strong>{name}</strong> <span className="quiet">{countText(group.runIds.length, 'run')}</span>
        </span>
        {props.selected > 0 && <span className="quiet small">{props.selected} selected</span>}
      </th>
      {look.pinned.map((column) => cellOf(props, column.place, { ...column, left: column.left + look.nameWidth }))}
      {cells !== null &&
        look.free.map((column) => cellOf(props, column.place, { ...column, left: column.left + look.standing }))}
    </tr>
  );
});

function cellOf({ cells, look, current }: GroupRowProps, place: number, column: RowLook['free'][number]) {
  return (
    <PlacedCell
      key={column.id}
      column={column}
      index={place}
      id={current === place + 1 ? currentCellId : undefined}
      text=""
    >
      {cells && <GroupCell column={column} group={cells} look={look} />}
    </PlacedCell>
  );
}

/** `gbm, 13`: the values, and what has none by the name of its column. */
function groupName({ values }: TableGroup, groupBy: readonly string[]): string {
  return values
    .map((value, place) => {
      const column = tableColumnOf(groupBy[place] ?? '');
      if (column === undefined) return '';
      return value === null ? `no ${columnLabel(column)}` : cellText(column, value, Date.now());
    })
    .join(', ');
}
