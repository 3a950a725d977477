// The head of metrics that share a prefix.
import { type KeyboardEvent, memo } from 'react';
import { countText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import type { TableRow } from './table-rows';

export interface GroupRowProps {
  group: Extract<TableRow, { kind: 'group' }>;
  isCurrent: boolean;
  index: number;
  top: number;
  onToggle: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Its button opens and closes the group. */
export const GroupRow = memo(function GroupRow({ group, ...props }: GroupRowProps) {
  return (
    <tr
      className="metric-row group"
      aria-rowindex={props.index + 2}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      <th scope="rowgroup" colSpan={8} className="metric-name">
        <button
          type="button"
          className="cut"
          tabIndex={props.isCurrent ? 0 : -1}
          aria-expanded={group.isOpen}
          data-index={props.index}
          onClick={() => props.onToggle(props.index)}
          onKeyDown={props.onKeyDown}
        >
          <Icon name={group.isOpen ? 'down' : 'right'} />
          {group.name} <span className="quiet">{countText(group.count, 'metric')}</span>
        </button>
      </th>
    </tr>
  );
});
