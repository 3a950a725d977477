// The table of metrics and their charts: what is chosen in one is drawn in the other.
import { useState } from 'react';
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import type { RunPanelState } from '../../../src/protocol/panel';
import type { MetricSummary, RunDetail } from '../../../src/protocol/run';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import type { RunMetrics } from '../metrics/load-metrics';
import { MetricsSection } from '../metrics/metrics-section';
import { type ChartList, chartedKeys, joined, removed, toggled } from './chart-list';
import { ChartsSection } from './charts-section';

const chartsAtFirst = 4;

/** Both sections; `change` keeps what was chosen. */
export function MetricEvidence(props: {
  run: RunDetail;
  metrics: RunMetrics;
  state: RunPanelState;
  change: (part: Partial<RunPanelState>) => void;
}) {
  const { run, metrics, state, change } = props;
  const host = useHost();
  const [isDrawn, setDrawn] = useState(false);
  const charts: ChartList = state.charts ?? defaultCharts(run, metrics.items);
  const drawn = withoutUnknown(charts, new Set(metrics.names));
  const isOpen = run.endTime === null;
  const acts = chartActs(host, { charts, names: metrics.names, change });
  return (
    <>
      <MetricsSection
        runId={run.runId}
        metrics={metrics}
        isOpen={isOpen}
        hasSparks={isDrawn || drawn.length === 0}
        charted={chartedKeys(charts)}
        onToggle={(key) => change({ charts: toggled(charts, key) })}
      />
      <ChartsSection
        run={run}
        isOpen={isOpen}
        metrics={metrics.items}
        isWhole={metrics.items.length >= metrics.names.length}
        charts={drawn}
        settings={state}
        onSettings={change}
        onDrawn={() => setDrawn(true)}
        acts={acts}
      />
    </>
  );
}

/** What can be done to the charts, each named by its first metric. */
function chartActs(
  host: Host,
  {
    charts,
    names,
    change,
  }: { charts: ChartList; names: readonly string[]; change: (part: Partial<RunPanelState>) => void },
) {
  const add = async (first: string): Promise<void> => {
    const key = await pickMetric(host, { charts, names, first });
    if (key !== null) change({ charts: joined(charts, key, first) });
  };
  return {
    onAdd: (first: string) => void add(first).catch(() => undefined),
    onDrop: (key: string, first: string) => change({ charts: joined(charts, key, first) }),
    onRemove: (first: string) => change({ charts: removed(charts, first) }),
  };
}

/** The charts without the metrics that the run has not logged. */
function withoutUnknown(charts: ChartList, logged: ReadonlySet<string>): ChartList {
  return charts.map((keys) => keys.filter((key) => logged.has(key))).filter((keys) => keys.length > 0);
}

/** Asks for a metric that the chart of `first` does not show yet; null when none is chosen. */
function pickMetric(
  host: Host,
  { charts, names, first }: { charts: ChartList; names: readonly string[]; first: string },
): Promise<string | null> {
  const chart = charts.find((keys) => keys[0] === first) ?? [];
  const keys = names.filter((name) => !chart.includes(name));
  return host.command('metric.pick', { title: `Add to the chart of ${first}`, keys });
}

/** The headline first, then what has a direction, then what else has a curve; machine metrics never. */
function defaultCharts(run: RunDetail, metrics: readonly MetricSummary[]): string[][] {
  const drawable = metrics.filter(({ key, count }) => count > 1 && !isMachineMetric(key));
  const rank = ({ key, direction }: MetricSummary): number =>
    key === run.headline?.key ? 0 : direction === 'none' ? 2 : 1;
  return drawable
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, chartsAtFirst)
    .map(({ key }) => [key]);
}
