// A run as a row of the grid.
import { memo } from 'react';
import { stateWord } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { RunMark } from '../../kit/run-mark';
import type { RunCells } from '../data/table-data';
import { PlacedCell, RunCell } from './cell-view';
import { EditField } from './edit-field';
import type { Editing, RowActs, RowLook } from './grid-context';
import { stateTones } from './grid-context';

export interface RunRowProps {
  runId: string;
  /** Undefined while it is not known, null when the run is gone. */
  row: RunCells | null | undefined;
  /** What it is called while the row is not known. */
  name: string;
  level: 1 | 2;
  isGrid: boolean;
  /** From 0, without the heads. */
  index: number;
  /** Null for the baseline's row, which does not scroll. */
  top: number | null;
  look: RowLook;
  mark: number | undefined;
  /** Which cell has the focus: 0 is the name; null for none. */
  current: number | null;
  editing: Editing | null;
  acts: RowActs;
}

/** The element that has the focus, wherever it is. */
export const currentCellId = 'current-cell';

/** Absolutely placed, because only the rows in sight exist. */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { row, runId, look, index, top, current } = props;
  const classes = ['row', current === null ? '' : 'current-row', props.level === 2 ? 'inner' : ''];
  const context = { webviewSection: 'run', runId, preventDefaultContextMenuItems: true };
  return (
    <tr
      className={classes.filter(Boolean).join(' ')}
      aria-rowindex={top === null ? undefined : index + 3}
      aria-selected={props.mark !== undefined}
      aria-level={props.isGrid ? undefined : props.level}
      data-row={top === null ? 'baseline' : index}
      data-vscode-context={JSON.stringify(context)}
      style={{ width: look.total, ...(top === null ? {} : { transform: `translateY(${top}px)` }) }}
    >
      <NameCell {...props} />
      {look.pinned.map((column) => placed(props, column.place, { ...column, left: column.left + look.nameWidth }))}
      {row === null ? (
        <td aria-colindex={2} className="cell gone quiet" style={{ left: look.standing }}>
          This run is in the trash or gone
        </td>
      ) : (
        look.free.map((column) => placed(props, column.place, { ...column, left: column.left + look.standing }))
      )}
    </tr>
  );
});

function placed(
  { row, runId, look, current, editing, acts }: RunRowProps,
  place: number,
  column: RowLook['free'][number],
) {
  const isEdited = editing !== null && editing.column === column.id;
  const cell = row?.cells.get(column.id);
  return (
    <PlacedCell
      key={column.id}
      column={column}
      index={place}
      id={current === place + 1 ? currentCellId : undefined}
      text={typeof cell === 'string' ? cell : ''}
    >
      {isEdited ? (
        <EditField
          label={`${column.label} of ${row?.name ?? runId}`}
          text={typeof cell === 'string' ? cell : ''}
          onDone={(text) => acts.onEdited(editing, text)}
        />
      ) : (
        row && <RunCell column={column} row={row} look={look} />
      )}
    </PlacedCell>
  );
}

function NameCell({ row, runId, look, name: known, mark, current, editing, acts }: RunRowProps) {
  const isEdited = editing !== null && editing.column === null;
  const isBaseline = look.baseline?.runId === runId;
  const name = row?.name ?? known;
  return (
    <th
      scope="row"
      id={current === 0 ? currentCellId : undefined}
      aria-colindex={1}
      data-col={0}
      className={current === 0 ? 'cell name stays current' : 'cell name stays'}
      style={{ left: 0, width: look.nameWidth }}
    >
      <span className="box" data-act="select" aria-hidden="true">
        {mark !== undefined && (
          <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
            <path d="M3 8.500l3.500 3.500L13 4.500" />
          </svg>
        )}
      </span>
      <span className="mark-place">{mark !== undefined && <RunMark mark={mark} />}</span>
      {isEdited ? (
        <EditField label="Name of the run" text={name} onDone={(text) => acts.onEdited(editing, text)} />
      ) : (
        <span className="cut words" title={name}>
          {name}
        </span>
      )}
      {isBaseline && <Said icon="pin" words="baseline" />}
      {row?.starred && <Said icon="starred" words="starred" />}
      {row?.archived && <span className="quiet small">archived</span>}
      {look.isNarrow && row && row.state !== 'finished' && (
        <Said icon={row.state} words={stateWord(row.state)} tone={stateTones[row.state]} />
      )}
    </th>
  );
}

function Said({
  icon,
  words,
  tone = 'quiet',
}: {
  icon: Parameters<typeof Icon>[0]['name'];
  words: string;
  tone?: string;
}) {
  return (
    <>
      <Icon name={icon} tone={tone} />
      <span className="unseen">{words}</span>
    </>
  );
}
