// The rows of the grid that exist: those in sight, and what they show is fetched with a few around them.
import { useEffect } from 'react';
import { runsOf } from '../data/lines';
import type { RunCells } from '../data/table-data';
import { useShelfVersion } from '../data/table-data';
import type { Selection } from '../selection';
import type { GridProps } from './grid';
import type { Editing, RowActs, RowLook } from './grid-context';
import type { GridFocus } from './grid-focus';
import type { GridPlaces } from './grid-place';
import { GroupRow } from './group-row';
import { RunRow } from './run-row';

/** So many rows beyond those in sight are fetched, that the ones scrolled to are there already. */
const fetchedAround = 60;

interface RowsProps extends GridProps {
  places: GridPlaces;
  focus: GridFocus;
  look: RowLook;
  editing: Editing | null;
  rowActs: RowActs;
}

/** The rows in sight and a few around them; what they show is asked for as they come near. */
export function RowsInSight(props: RowsProps) {
  const { lines, places, look, focus, selection } = props;
  useShelfVersion(props.runs);
  useShelfVersion(props.groups);
  useWanted(props);
  const margin = places.rows.options.scrollMargin;
  return (
    <tbody className="rows" style={{ height: places.rows.getTotalSize(), width: look.total }}>
      {places.rows.getVirtualItems().map(({ index, start }) => {
        const line = lines[index];
        if (line === undefined) return null;
        const place = { index, top: start - margin, look, current: focus.row === index ? focus.column : null };
        if (line.kind === 'run')
          return <RunLine key={line.runId} {...props} {...place} runId={line.runId} level={line.level} />;
        const selected = line.group.runIds.reduce((sum, runId) => sum + (selection.marks.has(runId) ? 1 : 0), 0);
        return (
          <GroupRow
            key={line.key}
            group={line.group}
            groupBy={props.view.groupBy}
            cells={props.groups.get(line.key)}
            isOpen={line.isOpen}
            selected={selected}
            {...place}
          />
        );
      })}
    </tbody>
  );
}

interface RunLineProps extends RowsProps {
  runId: string;
  level: 1 | 2;
  index: number;
  top: number;
  current: number | null;
}

function RunLine({
  runId,
  runs,
  runNames,
  look,
  index,
  top,
  current,
  level,
  selection,
  editing,
  rowActs,
}: RunLineProps) {
  return (
    <RunRow
      runId={runId}
      row={runs.get(runId)}
      name={runNames.get(runId) ?? runId}
      level={level}
      isGrid={!look.isGrouped}
      index={index}
      top={top}
      look={look}
      mark={selection.marks.get(runId)}
      current={current}
      editing={editing?.runId === runId ? editing : null}
      acts={rowActs}
    />
  );
}

/** The baseline above all other rows, where it stays. */
export function BaselineRow(props: { row: RunCells; look: RowLook; selection: Selection; acts: RowActs }) {
  const { row, look, selection, acts } = props;
  return (
    <RunRow
      runId={row.runId}
      row={row}
      name={row.name}
      level={1}
      isGrid={!look.isGrouped}
      index={0}
      top={null}
      look={look}
      mark={selection.marks.get(row.runId)}
      current={null}
      editing={null}
      acts={acts}
    />
  );
}

/** Asks for what the rows in sight show, then for those around them, the nearest first. */
function useWanted({ lines, places, runs, groups, view }: RowsProps): void {
  const inSight = places.rows.getVirtualItems();
  const [first, last] = [inSight[0]?.index ?? 0, inSight.at(-1)?.index ?? -1];
  useEffect(() => {
    const order: number[] = [];
    for (let at = first; at <= last; at++) order.push(at);
    for (let off = 1; off <= fetchedAround; off++) order.push(last + off, first - off);
    const near = order.map((at) => lines[at]).filter((line) => line !== undefined);
    const baseline = view.baseline === null ? [] : [view.baseline];
    runs.want([...baseline, ...near.flatMap((line) => (line.kind === 'run' ? line.runId : []))]);
    // The baseline's own group says how far its repeats lie apart.
    const home = lines.filter((line) => line.kind === 'group' && runsOf(line).includes(view.baseline ?? ''));
    groups.want([...home, ...near].flatMap((line) => (line.kind === 'group' ? line.key : [])));
  }, [lines, first, last, runs, groups, view.baseline]);
}
