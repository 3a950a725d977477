// The child runs as rows: one stop for Tab, then arrows; Enter or a click opens the run.
import { type KeyboardEvent, useState } from 'react';
import type { RunSummary } from '../../../src/protocol/run';
import { directionArrow, durationText, numberText, stateWord, timeText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { useNow } from '../../kit/now';
import { useRowKeys } from '../../kit/row-keys';
import { stateTone } from '../head/state-tone';
import type { ChildParams } from './child-params';
import { sharedHeadline } from './child-runs';

const missing = '–';

interface ChildListProps {
  /** In the order shown. */
  runs: readonly RunSummary[];
  params: ChildParams;
  onOpen: (run: RunSummary) => void;
}

/** A table that scrolls by itself once it is long. */
export function ChildList({ runs, params, onOpen }: ChildListProps) {
  const { at, choose, onKeyDown } = useListKeys({ runs, onOpen });
  const now = useNow(runs.some(({ state }) => state === 'running'));
  const shared = sharedHeadline(runs);
  const head = shared === null ? 'Metric' : `${shared.key} ${directionArrow(shared.direction)}`.trim();
  return (
    <div className="children">
      <table className="rows" aria-label="Child runs" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th>Run</th>
            {params.names.map((name) => (
              <th key={name} className="number child-param cut" title={name}>
                {name}
              </th>
            ))}
            <th className="number child-value cut">{head}</th>
            <th className="number child-took">Took</th>
            {params.names.length === 0 && <th className="number child-when">Started</th>}
          </tr>
        </thead>
        <tbody>
          {runs.map((run, index) => (
            <tr
              key={run.runId}
              data-row={index}
              tabIndex={index === at ? 0 : -1}
              title={`Open ${run.name}`}
              onFocus={() => choose(index)}
              onClick={() => onOpen(run)}
            >
              <Cells run={run} now={now} isShared={shared !== null} params={params} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which row has the one stop for Tab, and what keys do. */
function useListKeys({ runs, onOpen }: Omit<ChildListProps, 'params'>) {
  const [current, setCurrent] = useState<string | null>(null);
  const at = Math.max(
    0,
    runs.findIndex(({ runId }) => runId === current),
  );
  const choose = (place: number): void => setCurrent(runs[place]?.runId ?? null);
  const names = runs.map(({ name }) => name);
  const keys = useRowKeys(names, at, choose);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const run = runs[at];
    if ((event.key === 'Enter' || event.key === ' ') && run !== undefined) {
      event.preventDefault();
      onOpen(run);
    } else keys.onKeyDown(event);
  };
  return { at, choose, onKeyDown };
}

interface CellsProps {
  run: RunSummary;
  params: ChildParams;
  now: number;
  /** All have one metric as their headline. */
  isShared: boolean;
}

function Cells({ run, params, now, isShared }: CellsProps) {
  const { runId, name, state, startTime, endTime } = run;
  const isOver = endTime === null && state !== 'running';
  const cells = params.cells.get(runId) ?? [];
  return (
    <>
      <td>
        <span className="child-name">
          <Icon name={state} tone={stateTone[state]} />
          <span className="unseen">{stateWord(state)}</span>
          <span className="cut">{name}</span>
        </span>
      </td>
      {params.names.map((param, place) => (
        <td key={param} className="number child-param cut" title={String(cells[place] ?? '')}>
          {cells[place] ?? missing}
        </td>
      ))}
      <td className="number">{valueText(run, isShared)}</td>
      <td className="number quiet">{isOver ? missing : durationText((endTime ?? now) - startTime)}</td>
      {params.names.length === 0 && <td className="number quiet child-when">{timeText(startTime, now)}</td>}
    </>
  );
}

function valueText({ headline }: RunSummary, isShared: boolean): string {
  if (headline === null) return missing;
  return isShared ? numberText(headline.value) : `${headline.key} ${numberText(headline.value)}`;
}
