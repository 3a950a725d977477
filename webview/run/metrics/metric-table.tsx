// The rows of one metric table: one stop for Tab, then arrows; only those in sight exist.
import { useVirtualizer, type VirtualItem, type Virtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import { useWidth } from '../../kit/width';
import { GroupRow } from './group-row';
import { useSparks, useSummaries } from './load-metrics';
import { MetricRow } from './metric-row';
import { rowsShown, useRowFocus } from './row-focus';
import type { TableRow } from './table-rows';

/** Below this width the secondary columns go under the row's first line. */
const narrowWidth = 616;
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

/** Arrows, Page keys, Home and End move; Enter and Space switch the chart of the row in focus, or its group. Right leads to its direction, Left back. */
export function MetricTable(props: MetricTableProps) {
  const { rows } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const isNarrow = width > 0 && width < narrowWidth;
  const rowHeight = isNarrow ? 44 : 24;
  const list = useRef<HTMLTableSectionElement>(null);
  const virtual = useRows(list, rows.length, rowHeight);
  const { current, onKeyDown, onFocus, onToggleRow } = useRowFocus(list, virtual, props);
  return (
    <div ref={box} className={isNarrow ? 'metrics narrow' : 'metrics'}>
      <table aria-label={props.label} aria-rowcount={rows.length + 1}>
        <MetricHeads />
        <tbody
          ref={list}
          className="metric-rows"
          onFocus={onFocus}
          style={{
            height: Math.min(rows.length, rowsShown) * rowHeight,
            ...({ '--all-rows': `${virtual.getTotalSize()}px` } as CSSProperties),
          }}
        >
          <RowsInSight
            {...props}
            inSight={virtual.getVirtualItems()}
            isNarrow={isNarrow}
            current={current}
            onKeyDown={onKeyDown}
            onToggleRow={onToggleRow}
          />
        </tbody>
      </table>
    </div>
  );
}

interface RowsInSightProps extends MetricTableProps {
  inSight: readonly VirtualItem[];
  isNarrow: boolean;
  /** Index of the row that Tab reaches. */
  current: number;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onToggleRow: (index: number) => void;
}

/** The rows that exist; what they show is fetched when they come in sight. */
function RowsInSight({ runId, rows, metrics, charted, inSight, isNarrow, current, ...props }: RowsInSightProps) {
  const { onKeyDown, onToggleRow: onToggle } = props;
  const keys = inSight.flatMap(({ index }) => {
    const row = rows[index];
    return row?.kind === 'metric' ? row.key : [];
  });
  const sparks = useSparks(runId, props.hasSparks ? keys : none);
  const fetched = useSummaries(runId, metrics, keys);
  return inSight.map(({ index, start }) => {
    const row = rows[index];
    if (row === undefined) return null;
    const place = { index, top: start, isCurrent: index === current, onToggle, onKeyDown };
    if (row.kind === 'group') return <GroupRow key={`/${row.name}`} group={row} {...place} />;
    return (
      <MetricRow
        key={row.key}
        name={row.key}
        metric={metrics.get(row.key) ?? fetched.get(row.key)}
        spark={sparks.get(row.key)}
        isCharted={charted.includes(row.key)}
        isNarrow={isNarrow}
        {...place}
      />
    );
  });
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
