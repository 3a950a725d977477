// Rows of one kind: a changed cell as it was and as it is, the key at the left.
import { type KeyboardEvent, useState } from 'react';
import type { DiffRow, DiffRowsPage } from '../../../src/protocol/datasets/table/diff';
import type { DiffKind, DiffSides } from '../../../src/protocol/datasets/table/diff-panel';
import type { GridCell } from '../../../src/protocol/datasets/table/grid';
import { useHost } from '../../kit/host/host-context';
import { useRowKeys } from '../../kit/row-keys';
import { copiedRows } from './copied-rows';
import type { ShownColumns } from './shown-columns';

interface RowTableProps {
  page: DiffRowsPage;
  shown: ShownColumns;
  which: DiffKind;
  sides: DiffSides;
  /** How many of the columns are the key. */
  keys: number;
  /** Other rows are on their way. */
  isBusy: boolean;
}

/** Tab reaches one row, arrows move, typing finds a key, Control+C copies the row in focus. */
export function RowTable({ page, shown, which, sides, keys, isBusy }: RowTableProps) {
  const host = useHost();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, Math.max(0, page.rows.length - 1));
  const names = page.rows.map(({ before, after }) => (after ?? before)?.[0] ?? '');
  const moves = useRowKeys(names, at, setChosen);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const row = page.rows[at];
    const isCopy = event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey);
    // Text that is selected is copied by the page itself.
    if (isCopy && row !== undefined && window.getSelection()?.isCollapsed !== false) {
      event.preventDefault();
      void host.command('text.copy', { text: copiedRows([row], shown, sides) });
      return;
    }
    moves.onKeyDown(event);
  };
  const hasTimes = page.rows.some(({ times }) => times > 1);
  return (
    <div className="sideways tall">
      <table className="rows diff-rows" aria-label={`Rows ${which}`} aria-busy={isBusy} onKeyDown={onKeyDown}>
        <Heads shown={shown} keys={keys} hasTimes={hasTimes} />
        <tbody>
          {page.rows.map((row, place) => (
            <tr
              key={place}
              aria-selected={place === at}
              tabIndex={place === at ? 0 : -1}
              data-row={place}
              onClick={() => setChosen(place)}
            >
              <Cells row={row} shown={shown} keys={keys} />
              {hasTimes && <td>{row.times > 1 ? `${row.times}×` : ''}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heads({ shown, keys, hasTimes }: Pick<RowTableProps, 'shown' | 'keys'> & { hasTimes: boolean }) {
  return (
    <thead>
      <tr>
        {shown.columns.map(({ column }, place) => (
          <th key={column.name} scope="col" title={column.type} className={classOf(column.kind, place, keys)}>
            {column.name}
          </th>
        ))}
        {hasTimes && <th scope="col">Times</th>}
      </tr>
    </thead>
  );
}

function Cells({ row, shown, keys }: Pick<RowTableProps, 'shown' | 'keys'> & { row: DiffRow }) {
  return shown.columns.map(({ column, at }, place) => (
    <td key={column.name} className={classOf(column.kind, place, keys)}>
      <Cell row={row} at={at} isChanged={row.changed.includes(column.name)} />
    </td>
  ));
}

function Cell({ row, at, isChanged }: { row: DiffRow; at: number; isChanged: boolean }) {
  if (!isChanged) return <Value value={(row.after ?? row.before)?.[at] ?? null} />;
  return (
    <span className="change">
      <del>
        <Value value={row.before?.[at] ?? null} />
      </del>{' '}
      →{' '}
      <ins>
        <Value value={row.after?.[at] ?? null} />
      </ins>
    </span>
  );
}

function Value({ value }: { value: GridCell }) {
  if (value === null) return <i className="quiet">null</i>;
  return <span title={value.length > longText ? value : undefined}>{value}</span>;
}

const longText = 40;

function classOf(kind: string, place: number, keys: number): string {
  const isNumber = kind === 'integer' || kind === 'number';
  return [isNumber ? 'number' : '', place < keys ? 'key-cell' : ''].filter(Boolean).join(' ');
}
