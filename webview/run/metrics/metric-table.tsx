// The rows of one metric table: one stop for Tab, then arrows; only those in sight exist.
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import { useSteady } from '../../kit/steady';
import { useWidth } from '../../kit/width';
import { GroupRow } from './group-row';
import { useSparks, useSummaries } from './load-metrics';
import { MetricRow } from './metric-row';
import type { TableRow } from './table-rows';

/** Below this width the secondary columns go under the row's first line. */
const narrowWidth = 616;
const rowsShown = 14;
const none: readonly string[] = [];
/** Rows beyond the edge that are drawn too, so that scrolling shows no gap. */
const overscan = 6;

export interface MetricTableProps {
  label: string;
  runId: string;
  rows: readonly TableRow[];
  /** What is known of them so far; the rest is fetched when its row comes in sight. */
  metrics: ReadonlyMap<string, MetricSummary>;
  /** False while the charts are loaded: they come first. */
  hasSparks: boolean;
  /** Keys that have a chart. */
  charted: readonly string[];
  onToggle: (key: string) => void;
  /** Opens or closes a group. */
  onFold: (group: string) => void;
}

/** Arrows, Page keys, Home and End move; Enter and Space switch the chart of the row in focus, or its group. */
export function MetricTable(props: MetricTableProps) {
  const { rows } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const isNarrow = width > 0 && width < narrowWidth;
  const rowHeight = isNarrow ? 44 : 24;
  const list = useRef<HTMLTableSectionElement>(null);
  const virtual = useRows(list, rows.length, rowHeight);
  const inSight = virtual.getVirtualItems();
  const keys = inSight.flatMap(({ index }) => {
    const row = rows[index];
    return row?.kind === 'metric' ? row.key : [];
  });
  const sparks = useSparks(props.runId, props.hasSparks ? keys : none);
  const fetched = useSummaries(props.runId, props.metrics, keys);
  const { current, onKeyDown, onToggle } = useFocus(list, virtual, props);
  return (
    <div ref={box} className={isNarrow ? 'metrics narrow' : 'metrics'}>
      <table aria-label={props.label} aria-rowcount={rows.length + 1}>
        <MetricHeads />
        <tbody
          ref={list}
          className="metric-rows"
          style={{
            height: Math.min(rows.length, rowsShown) * rowHeight,
            ...({ '--all-rows': `${virtual.getTotalSize()}px` } as CSSProperties),
          }}
        >
          {inSight.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const place = { index, top: start, isCurrent: index === current, onToggle, onKeyDown };
            if (row.kind === 'group') return <GroupRow key={`/${row.name}`} group={row} {...place} />;
            return (
              <MetricRow
                key={row.key}
                name={row.key}
                metric={props.metrics.get(row.key) ?? fetched.get(row.key)}
                spark={sparks.get(row.key)}
                isCharted={props.charted.includes(row.key)}
                isNarrow={isNarrow}
                {...place}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Which row has the one stop for Tab, and what keys and clicks on a row do. */
function useFocus(
  list: RefObject<HTMLTableSectionElement | null>,
  virtual: Virtualizer<HTMLTableSectionElement, HTMLTableRowElement>,
  props: MetricTableProps,
) {
  const { rows } = props;
  const [current, setCurrent] = useState(0);
  const focusOn = useFocusWhenDrawn(list);
  const onKeyDown = useSteady((event: KeyboardEvent<HTMLElement>): void => {
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + rowsShown,
      PageUp: current - rowsShown,
      Home: 0,
      End: rows.length - 1,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const index = Math.min(rows.length - 1, Math.max(0, target));
    setCurrent(index);
    focusOn(index);
    virtual.scrollToIndex(index);
  });
  const onToggle = useSteady((index: number): void => {
    const row = rows[index];
    setCurrent(index);
    if (row?.kind === 'metric') props.onToggle(row.key);
    else if (row !== undefined) props.onFold(row.name);
  });
  return { current: Math.min(current, rows.length - 1), onKeyDown, onToggle };
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
