// All metrics of the run in one table, which is also the legend of the charts.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import { countText } from '../../../src/protocol/wording';
import { SearchField } from '../../kit/controls';
import { Fold, Section } from '../../kit/section';
import { useWidth } from '../../kit/width';
import { useSparks } from './load-metrics';
import { MetricRow } from './metric-row';

/** Below this width the secondary columns go under the row's first line. */
const narrowWidth = 616;
const rowsShown = 14;
const searchFrom = 8;

export interface MetricsSectionProps {
  runId: string;
  metrics: readonly MetricSummary[];
  charted: readonly string[];
  onToggle: (key: string) => void;
}

/** Own metrics first; those of the machine behind a fold. */
export function MetricsSection(props: MetricsSectionProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = props.metrics.filter(({ key }) => key.toLowerCase().includes(wanted));
  const own = found.filter(({ key }) => !key.startsWith('system/'));
  const system = found.filter(({ key }) => key.startsWith('system/'));
  const all = props.metrics.length - props.metrics.filter(({ key }) => key.startsWith('system/')).length;
  const answer =
    wanted === '' ? countText(all, 'metric') : `${own.length.toLocaleString('en-US')} of ${countText(all, 'metric')}`;
  const acts = all > searchFrom ? <SearchField label="Search metrics" onSearch={setSearch} /> : undefined;
  return (
    <Section title="Metrics" answer={all === 0 ? 'none yet' : answer} acts={acts}>
      {own.length > 0 && <MetricTable {...props} metrics={own} label="Metrics" />}
      {system.length > 0 && (
        <Fold label={`${system.length} of the machine`}>
          <MetricTable {...props} metrics={system} label="Metrics of the machine" />
        </Fold>
      )}
    </Section>
  );
}

function MetricTable(props: MetricsSectionProps & { label: string }) {
  const { metrics, charted, onToggle } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const rows = useRef<HTMLTableSectionElement>(null);
  const [current, setCurrent] = useState(0);
  const isNarrow = width > 0 && width < narrowWidth;
  const rowHeight = isNarrow ? 44 : 24;
  const virtual = useVirtualizer({
    count: metrics.length,
    getScrollElement: () => rows.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const inSight = virtual.getVirtualItems();
  const sparks = useSparks(
    props.runId,
    inSight.flatMap(({ index }) => metrics[index]?.key ?? []),
  );
  const focusRow = (target: number): void => {
    const index = Math.min(metrics.length - 1, Math.max(0, target));
    setCurrent(index);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => rows.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
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
          ref={rows}
          className="metric-rows"
          style={{
            height: Math.min(metrics.length, rowsShown) * rowHeight,
            ...({ '--all-rows': `${virtual.getTotalSize()}px` } as CSSProperties),
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
