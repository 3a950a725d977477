// The spans of a trace as a tree beside a waterfall; only the rows in sight exist.
import { type CSSProperties, useMemo, useState } from 'react';
import type { SpanSummary } from '../../../src/protocol/runs/trace';
import { useSteady } from '../../kit/steady';
import { rowHeight, useSpanKeys } from './span-keys';
import { SpanRowView } from './span-row-view';
import { rowsShown, spanRows } from './span-rows';
import { spanTimeText } from './trace-words';

interface SpanTreeProps {
  spans: readonly SpanSummary[];
  /** The span whose details are shown. */
  current: string | null;
  onChoose: (spanId: string) => void;
}

/** Arrows move, open and close; Enter or Space shows the details of the span in focus. */
export function SpanTree({ spans, current, onChoose }: SpanTreeProps) {
  const { rows, toggle } = useRows(spans);
  const length = useMemo(
    // Not by the arguments of one call: there may be more spans than a call takes.
    () => spans.reduce((end, { start, duration }) => Math.max(end, start + (duration ?? 0)), 0.001),
    [spans],
  );
  const { list, virtual, stop, onKeyDown, onPress } = useSpanKeys(rows, { current, onChoose, toggle });
  return (
    <div className="spans">
      <div className="span-row span-heads" aria-hidden="true">
        <span>Span</span>
        <span className="wide">Type</span>
        <span className="number">Took</span>
        <Scale length={length} />
      </div>
      <div
        ref={list}
        className="span-rows"
        role="tree"
        aria-label="Spans"
        style={
          {
            height: Math.min(rows.length, rowsShown) * rowHeight,
            '--all-rows': `${virtual.getTotalSize()}px`,
          } as CSSProperties
        }
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const place = { index, top: start, isStop: index === stop, isChosen: row.span.spanId === current, length };
          return <SpanRowView key={row.span.spanId} row={row} {...place} {...{ toggle, onPress, onKeyDown }} />;
        })}
      </div>
    </div>
  );
}

function useRows(spans: readonly SpanSummary[]) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => spanRows(spans, closed), [spans, closed]);
  const toggle = useSteady((spanId: string): void => {
    const next = new Set(closed);
    if (!next.delete(spanId)) next.add(spanId);
    setClosed(next);
  });
  return { rows, toggle };
}

function Scale({ length }: { length: number }) {
  return (
    <span className="span-scale">
      <span>0</span>
      <span>{spanTimeText(length / 2)}</span>
      <span>{spanTimeText(length)}</span>
    </span>
  );
}
