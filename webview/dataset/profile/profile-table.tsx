// One row a column: what it holds, how much of it is missing, and what is to be looked at.
import { memo } from 'react';
import type { ProfileAlert, ProfileColumn } from '../../../src/protocol/datasets/table/profile';
import { Icon } from '../../kit/icon';
import { useRowKeys } from '../../kit/row-keys';
import { type HeadCell, TableHead } from '../table-head';
import { distinctText, movedNulls, nullText, placeHeads, placesLine, placesOf, restText } from './profile-words';
import { SmallHistogram } from './small-histogram';

interface ProfileTableProps {
  columns: readonly ProfileColumn[];
  rows: number;
  reference: { columns: ReadonlyMap<string, ProfileColumn>; rows: number } | undefined;
  chosen: number;
  onChoose: (place: number) => void;
}

const heads: readonly HeadCell[] = [
  { text: 'Column', className: 'name' },
  { text: 'Type', className: 'type wide' },
  { text: 'Distribution', className: 'distribution' },
  { text: 'Null', className: 'number null' },
  { text: 'Distinct', className: 'number place wide' },
  ...placeHeads.map(({ head, isMore }) => ({ text: head, className: placeClass(isMore) })),
  { text: 'Notice', className: 'notice wide' },
];

/** Tab reaches the chosen row; nothing else happens with it. */
export function ProfileTable({ columns, rows, reference, chosen, onChoose }: ProfileTableProps) {
  const keys = useRowKeys(
    columns.map(({ name }) => name),
    chosen,
    onChoose,
  );
  return (
    <table className="rows profile-table" aria-label="Columns" onKeyDown={keys.onKeyDown}>
      <TableHead heads={heads} />
      <tbody>
        {columns.map((column, place) => (
          <Row
            key={column.name}
            column={column}
            rows={rows}
            reference={reference?.columns.get(column.name)}
            referenceRows={reference?.rows ?? 0}
            place={place}
            isChosen={place === chosen}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  column: ProfileColumn;
  rows: number;
  reference: ProfileColumn | undefined;
  referenceRows: number;
  place: number;
  isChosen: boolean;
}

const Row = memo(function Row({ column, rows, reference, referenceRows, place, isChosen }: RowProps) {
  const other = reference === undefined ? undefined : { column: reference, rows: referenceRows };
  const moved = movedNulls(column, rows, other);
  return (
    <tr
      className={moved === undefined && column.alerts.length === 0 ? undefined : 'noted'}
      tabIndex={isChosen ? 0 : -1}
      data-row={place}
    >
      <th scope="row" className="cut name" title={`${column.name}, ${column.type}`}>
        {column.name}
        <span className="row-note ends quiet">{placesLine(column)}</span>
        <span className="row-note below">
          <Notices alerts={column.alerts} moved={moved} />
        </span>
      </th>
      <td className="quiet type wide" title={column.type}>
        {column.kind}
      </td>
      <td className="distribution">
        <SmallHistogram column={column} rows={rows} reference={other} />
      </td>
      <td className={column.nulls === 0 ? 'number null quiet' : 'number null'}>{nullText(column, rows)}</td>
      <td className="number place wide">{distinctText(column)}</td>
      <Places column={column} rows={rows} />
      <td className="notice wide">
        <Notices alerts={column.alerts} moved={moved} />
      </td>
    </tr>
  );
});

/** Numbers at their places, else what stands for them. */
function Places({ column, rows }: Pick<RowProps, 'column' | 'rows'>) {
  const places = placesOf(column);
  if (places === undefined) {
    const text = restText(column, rows);
    // One of the two is there: a cell is not wider than the columns that are left.
    return [placeHeads.length, placeHeads.filter(({ isMore }) => !isMore).length].map((span, at) => (
      <td key={span} className={`quiet cut commonest wide ${at === 0 ? 'more' : 'fewer'}`} colSpan={span} title={text}>
        {text}
      </td>
    ));
  }
  return places.map(({ head, text, isMore }) => (
    <td key={head} className={placeClass(isMore)}>
      {text}
    </td>
  ));
}

function placeClass(isMore: boolean): string {
  return isMore ? 'number place wide more' : 'number place wide';
}

function Notices({ alerts, moved }: { alerts: readonly ProfileAlert[]; moved: string | undefined }) {
  const shown = [
    ...(moved === undefined ? [] : [{ level: 'warning', text: moved } as const]),
    ...alerts.filter(({ kind }) => moved === undefined || kind !== 'missing'),
  ];
  const [first] = shown;
  if (first === undefined) return null;
  const text = shown.map((each) => each.text).join(', ');
  const isWarning = shown.some(({ level }) => level === 'warning');
  return (
    <span className={isWarning ? 'state' : 'state quiet'} title={text}>
      {isWarning && <Icon name="caution" tone="caution" />}
      <span className="cut">{text}</span>
    </span>
  );
}
