// One cell of a run or of a group.
import { memo } from 'react';
import type { RunState } from '../../../src/protocol/run';
import type { TableCell, TableSummaryCell } from '../../../src/protocol/runs/run-table';
import { durationText, stateWord } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { cellText, deltaOf, missing, spreadText, summaryText } from '../columns/cell-text';
import type { ShownColumn } from '../columns/shown-column';
import type { GroupCells, RunCells } from '../data/table-data';
import { type RowLook, stateTones } from './grid-context';

/** Where a cell stands and what it shows. `id` is that of the element, for the one in focus. */
interface PlacedProps {
  column: ShownColumn;
  index: number;
  id: string | undefined;
  text: string;
  children: React.ReactNode;
  quiet?: boolean;
}

/** The frame of a cell: placed by its own numbers, because only the columns in sight exist. */
export function PlacedCell({ column, index, id, text, children, quiet = false }: PlacedProps) {
  const classes = [
    'cell',
    column.isPinned ? 'stays' : '',
    column.isNumber ? 'number' : '',
    quiet ? 'quiet' : '',
    id === undefined ? '' : 'current',
  ];
  return (
    <td
      id={id}
      aria-colindex={index + 2}
      data-col={index + 1}
      className={classes.filter(Boolean).join(' ')}
      style={{ left: column.left, width: column.width }}
      title={text.length > 12 ? text : undefined}
    >
      {children}
    </td>
  );
}

/** What a run has in a column; nothing while that is not known. */
export const RunCell = memo(function RunCell({ column, row, look }: RunCellProps) {
  const cell = row.cells.get(column.id);
  if (cell === undefined) return null;
  if (column.column.of === 'metric') return <MetricCell column={column} row={row} cell={cell} look={look} />;
  if (column.column.of === 'fact' && column.column.key === 'state') return <StateWord state={row.state} />;
  const isRunning = column.id === 'fact:duration' && cell === null && row.state === 'running';
  if (isRunning) return <span className="quiet cut">{durationText(Date.now() - row.startTime)}</span>;
  return <span className={cell === null ? 'quiet cut' : 'cut'}>{cellText(column.column, cell, Date.now())}</span>;
});

interface RunCellProps {
  column: ShownColumn;
  row: RunCells;
  look: RowLook;
}

/** An icon and the word for a state. */
function StateWord({ state }: { state: RunState }) {
  return (
    <span className="state cut">
      <Icon name={state} tone={stateTones[state]} />
      {stateWord(state)}
    </span>
  );
}

function MetricCell({ column, row, cell, look }: RunCellProps & { cell: TableCell }) {
  const isBaseline = look.baseline?.runId === row.runId;
  const isSoFar = row.state === 'running' && cell !== null;
  const value = <span className={cell === null || isSoFar ? 'quiet' : ''}>{cellText(column.column, cell, 0)}</span>;
  if (!look.hasBaseline && !look.isGrouped) return value;
  return (
    <span className="metric-places">
      {value}
      {look.isGrouped && <span className="spread">{isSoFar ? 'so far' : ''}</span>}
      {look.hasBaseline &&
        (isBaseline ? <span className="delta">baseline</span> : <Delta column={column} value={cell} look={look} />)}
    </span>
  );
}

function Delta({ column, value, look }: { column: ShownColumn; value: TableCell; look: RowLook }) {
  const isStep = column.column.of === 'metric' && column.column.stat === 'step';
  const direction = isStep ? 'none' : column.direction;
  const noise = look.noise.get(column.id) ?? 0;
  const delta = deltaOf(value, look.baseline?.cells.get(column.id), { direction, noise });
  if (delta === null) return <span className="delta" />;
  return (
    <span className={delta.judged === 'same' ? 'delta' : `delta ${delta.judged}`}>
      {delta.judged !== 'same' && (
        <>
          <svg className="verdict" viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
            <path d={delta.judged === 'better' ? 'M4 1l3 5H1z' : 'M4 7L1 2h6z'} fill="currentColor" />
          </svg>
          <span className="unseen">{delta.judged} by </span>
        </>
      )}
      {delta.text}
    </span>
  );
}

/** What the runs of a group have in common in a column. */
export const GroupCell = memo(function GroupCell({ column, group, look }: GroupCellProps) {
  const cell = group.cells.get(column.id);
  if (cell === undefined) return null;
  if (column.column.of === 'fact' && column.column.key === 'state') return <GroupStates group={group} />;
  const text = summaryText(column.column, cell, Date.now());
  if (column.column.of !== 'metric') {
    const isMixed = cell?.kind === 'text' ? cell.differ > 1 : cell === null || cell.low !== cell.high;
    return <span className={isMixed ? 'quiet cut' : 'cut'}>{text}</span>;
  }
  return (
    <span className="metric-places">
      <span className={cell === null ? 'quiet' : ''}>{text}</span>
      <span className="spread">{spreadOf(cell)}</span>
      {look.hasBaseline && <Delta column={column} value={cell?.kind === 'number' ? cell.mean : null} look={look} />}
    </span>
  );
});

interface GroupCellProps {
  column: ShownColumn;
  group: GroupCells;
  look: RowLook;
}

function spreadOf(cell: TableSummaryCell | null): string {
  return cell?.kind === 'number' && cell.sd !== null ? spreadText(cell.sd) : '';
}

/** What goes on in a group comes first, then what went wrong. */
function GroupStates({ group }: { group: GroupCells }) {
  const { states } = group;
  const order: RunState[] = ['running', 'queued', 'failed', 'unknown', 'killed', 'finished'];
  const first = order.find((state) => (states[state] ?? 0) > 0);
  if (first === undefined) return <span className="quiet">{missing}</span>;
  return (
    <span className="state cut">
      <Icon name={first} tone={stateTones[first]} />
      {states[first]} {stateWord(first).toLowerCase()}
    </span>
  );
}
