// The rows of one metric table: one stop for Tab, then arrows; only those in sight exist.
import { type CSSProperties, type KeyboardEvent, useState } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import { useRowWindow } from '../../kit/row-window';
import { useWidth } from '../../kit/width';
import { useSparks } from './load-metrics';
import { MetricRow } from './metric-row';

/** Below this width the secondary columns go under the row's first line. */
const narrowWidth = 616;
const rowsShown = 14;

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
  const rows = useRowWindow<HTMLTableSectionElement>(metrics.length, rowHeight, rowsShown);
  const sparks = useSparks(
    props.runId,
    rows.indices.flatMap((index) => metrics[index]?.key ?? []),
  );
  const focusRow = (target: number): void => {
    const index = Math.min(metrics.length - 1, Math.max(0, target));
    setCurrent(index);
    rows.reveal(index);
    requestAnimationFrame(() => rows.ref.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
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
  };
  return (
    <div ref={box} className={isNarrow ? 'metrics narrow' : 'metrics'}>
      <table aria-label={props.label} aria-rowcount={metrics.length + 1}>
        <MetricHeads />
        <tbody
          ref={rows.ref}
          className="metric-rows"
          onScroll={rows.onScroll}
          style={{ height: rows.height, ...({ '--all-rows': `${rows.fullHeight}px` } as CSSProperties) }}
        >
          {rows.indices.map((index) => {
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
                top={index * rowHeight}
                onToggle={() => {
                  setCurrent(index);
                  onToggle(metric.key);
                }}
                onKeyDown={onKeyDown}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
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
