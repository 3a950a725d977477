// The rows of one metric table: one stop for Tab, then arrows; only those in sight exist.
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import { useSteady } from '../../kit/steady';
import { useWidth } from '../../kit/width';
import { useSparks } from './load-metrics';
import { MetricRow } from './metric-row';

/** Below this width the secondary columns go under the row's first line. */
const narrowWidth = 616;
const rowsShown = 14;
/** Rows beyond the edge that are drawn too, so that scrolling shows no gap. */
const overscan = 6;

export interface MetricTableProps {
  label: string;
  runId: string;
  metrics: readonly MetricSummary[];
  /** Keys that have a chart. */
  charted: readonly string[];
  onToggle: (key: string) => void;
}

/** Arrows, Page keys, Home and End move; Enter and Space switch the chart of the row in focus. */
export function MetricTable(props: MetricTableProps) {
  const { metrics, charted, onToggle } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [current, setCurrent] = useState(0);
  const isNarrow = width > 0 && width < narrowWidth;
  const rowHeight = isNarrow ? 44 : 24;
  const list = useRef<HTMLTableSectionElement>(null);
  const rows = useRows(list, metrics.length, rowHeight);
  const inSight = rows.getVirtualItems();
  const sparks = useSparks(
    props.runId,
    inSight.flatMap(({ index }) => metrics[index]?.key ?? []),
  );
  const focusOn = useFocusWhenDrawn(list);
  const focusRow = (target: number): void => {
    const index = Math.min(metrics.length - 1, Math.max(0, target));
    setCurrent(index);
    focusOn(index);
    rows.scrollToIndex(index);
  };
  const onKeyDown = useSteady((event: KeyboardEvent<HTMLElement>): void => {
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + rowsShown,
      PageUp: current - rowsShown,
      Home: 0,
      End: metrics.length - 1,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    focusRow(target);
  });
  const toggle = useSteady((index: number): void => {
    const key = metrics[index]?.key;
    setCurrent(index);
    if (key !== undefined) onToggle(key);
  });
  return (
    <div ref={box} className={isNarrow ? 'metrics narrow' : 'metrics'}>
      <table aria-label={props.label} aria-rowcount={metrics.length + 1}>
        <MetricHeads />
        <tbody
          ref={list}
          className="metric-rows"
          style={{
            height: Math.min(metrics.length, rowsShown) * rowHeight,
            ...({ '--all-rows': `${rows.getTotalSize()}px` } as CSSProperties),
          }}
        >
          {inSight.map(({ index, start }) => {
            const metric = metrics[index];
            if (metric === undefined) return null;
            return (
              <MetricRow
                key={metric.key}
                metric={metric}
                spark={sparks.get(metric.key)}
                isCharted={charted.includes(metric.key)}
                isNarrow={isNarrow}
                isCurrent={index === Math.min(current, metrics.length - 1)}
                index={index}
                top={start}
                onToggle={toggle}
                onKeyDown={onKeyDown}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function useRows(
  list: RefObject<HTMLTableSectionElement | null>,
  count: number,
  rowHeight: number,
): Virtualizer<HTMLTableSectionElement, HTMLTableRowElement> {
  const rows = useVirtualizer<HTMLTableSectionElement, HTMLTableRowElement>({
    count,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    initialRect: { width: 0, height: Math.min(count, rowsShown) * rowHeight },
    overscan,
  });
  const measured = useRef(rowHeight);
  useLayoutEffect(() => {
    if (measured.current !== rowHeight) rows.measure();
    measured.current = rowHeight;
  }, [rows, rowHeight]);
  return rows;
}

/** The row that is moved to may not exist yet: it takes the focus as soon as it is drawn. */
function useFocusWhenDrawn(list: RefObject<HTMLTableSectionElement | null>): (index: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (wanted.current === null || row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  return (index) => {
    wanted.current = index;
  };
}

const heads: [string, string][] = [
  ['Metric', ''],
  ['Last', 'number'],
  ['Best', 'number wide'],
  ['at step', 'number wide'],
  ['Min', 'number wide'],
  ['Max', 'number wide'],
  ['Points', 'number wide'],
  ['All steps', 'metric-spark'],
];

function MetricHeads() {
  return (
    <thead>
      <tr className="metric-heads">
        {heads.map(([name, classes]) => (
          <th key={name} scope="col" className={classes}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
