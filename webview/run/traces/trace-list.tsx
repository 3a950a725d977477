// The traces of a run as rows, the newest first.
import { type KeyboardEvent, type SyntheticEvent, useRef, useState } from 'react';
import type { TraceSummary } from '../../../src/protocol/runs/trace';
import { countText, timeText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { movedTo } from '../../kit/row-keys';
import { spanTimeText, stateWords } from './trace-words';

interface TraceListProps {
  traces: readonly TraceSummary[];
  /** The trace that is shown below. */
  current: string | null;
  onChoose: (traceId: string) => void;
}

const pageOfRows = 8;

/** One stop for Tab, then arrows; Enter or Space shows a trace, or hides the one that is shown. */
export function TraceList(props: TraceListProps) {
  const { traces, current } = props;
  const { list, at, onClick, onKeyDown } = useListKeys(props);
  return (
    <div className="traces">
      <div className="trace-row trace-heads" aria-hidden="true">
        <span>Request</span>
        <span />
        <span className="number wide">Spans</span>
        <span className="number">Took</span>
        <span className="number wide">When</span>
      </div>
      <div
        ref={list}
        className="trace-rows"
        role="listbox"
        aria-label="Traces"
        tabIndex={-1}
        {...{ onClick, onKeyDown }}
      >
        {traces.map((trace, index) => (
          <Row key={trace.traceId} {...{ trace, index }} isStop={index === at} isChosen={trace.traceId === current} />
        ))}
      </div>
    </div>
  );
}

/** Which row has the one stop for Tab, and what keys and clicks do. */
function useListKeys({ traces, current, onChoose }: TraceListProps) {
  const [focused, setFocused] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    traces.findIndex(({ traceId }) => traceId === (focused ?? current)),
  );
  const choose = (trace: TraceSummary | undefined): void => {
    if (trace === undefined) return;
    setFocused(trace.traceId);
    onChoose(trace.traceId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = movedTo(event.key, { at, count: traces.length, page: pageOfRows });
    if (target === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (target === undefined) {
      choose(traces[at]);
      return;
    }
    setFocused(traces[target]?.traceId ?? null);
    list.current?.querySelector<HTMLElement>(`[data-index="${target}"]`)?.focus();
  };
  const onClick = ({ target }: SyntheticEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    choose(traces[Number(row?.dataset.index ?? Number.NaN)]);
  };
  return { list, at, onClick, onKeyDown };
}

function Row(props: { trace: TraceSummary; index: number; isStop: boolean; isChosen: boolean }) {
  const { trace, index, isStop, isChosen } = props;
  const { word, icon, tone } = stateWords(trace.state);
  const name = trace.name ?? trace.traceId;
  const took = spanTimeText(trace.duration);
  const when = timeText(trace.requestTime, Date.now());
  return (
    <div
      role="option"
      className={isChosen ? 'trace-row chosen' : 'trace-row'}
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      aria-selected={isChosen}
      aria-label={`${name}, ${word}, ${took}, ${countText(trace.spans, 'span')}, ${when}`}
      title={trace.requestPreview ?? undefined}
    >
      <span className="trace-name">
        <Icon name={icon} tone={tone} />
        <span className="cut">{name}</span>
      </span>
      <span className="cut quiet code">{trace.requestPreview}</span>
      <span className="number wide">{trace.spans === 0 ? '–' : trace.spans.toLocaleString('en-US')}</span>
      <span className="number">{took}</span>
      <span className="number quiet wide">{when}</span>
    </div>
  );
}
