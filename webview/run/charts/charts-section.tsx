// Small multiples of the chosen metrics, live, on one axis and with one crosshair.
import { useMemo } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { bestPoint, extent } from '../../kit/chart/bucket';
import { Crosshair } from '../../kit/chart/crosshair';
import { Segments } from '../../kit/controls';
import { useLive } from '../../kit/live';
import { Section } from '../../kit/section';
import { useWidth } from '../../kit/width';
import { ChartFigure } from './chart-figure';

const axes: readonly { value: ChartAxis; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'relative', label: 'Relative' },
  { value: 'wall', label: 'Wall' },
];
const keysPerQuery = 50;

export interface ChartsSectionProps {
  runId: string;
  metrics: readonly MetricSummary[];
  keys: readonly string[];
  axis: ChartAxis;
  onAxis: (axis: ChartAxis) => void;
}

/** One chart a key, in the order the keys were chosen. */
export function ChartsSection(props: ChartsSectionProps) {
  const { runId, keys, axis } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const crosshair = useMemo(() => new Crosshair(), []);
  const buckets = bucketsFor(width);
  const live = useLive<{ axis: ChartAxis; series: BucketSeries[] }>({
    key: keys.length === 0 || width === 0 ? '' : `${runId} ${axis} ${buckets} ${keys.join(' ')}`,
    rest: 250,
    load: async (host, signal) => {
      const pages: string[][] = [];
      for (let start = 0; start < keys.length; start += keysPerQuery)
        pages.push(keys.slice(start, start + keysPerQuery));
      const answers = pages.map((page) => host.query('metrics.buckets', { runId, keys: page, axis, buckets }, signal));
      return { axis, series: (await Promise.all(answers)).flat() };
    },
  });
  const drawn = keys.flatMap((key) => live.value?.series.find((series) => series.key === key) ?? []);
  // Points of one axis mean nothing on another: the old picture keeps its own until the new one is there.
  const drawnAxis = live.value?.axis ?? axis;
  const range = useRange(drawn);
  const directionOf = (key: string) => props.metrics.find((metric) => metric.key === key)?.direction ?? 'none';
  const resting = drawn
    .map((series) => bestPoint(series, directionOf(series.key)))
    .find((point) => point !== undefined);
  return (
    <Section
      title="Charts"
      acts={<Segments label="Horizontal axis" options={axes} value={axis} onChoose={props.onAxis} />}
    >
      <div ref={box} className="charts">
        {range !== undefined &&
          drawn.map((series) => (
            <ChartFigure
              key={series.key}
              series={series}
              direction={directionOf(series.key)}
              axis={drawnAxis}
              range={range}
              crosshair={crosshair}
              rest={resting?.x ?? null}
            />
          ))}
      </div>
      {keys.length === 0 && <p className="note">{emptyNote(props.metrics)}</p>}
    </Section>
  );
}

/** The common extent of all curves; the same object for as long as it stays the same. */
function useRange(drawn: readonly BucketSeries[]): { from: number; to: number } | undefined {
  const { from, to } = extent(drawn) ?? {};
  return useMemo(() => (from === undefined || to === undefined ? undefined : { from, to }), [from, to]);
}

/** One bucket for about two pixels of one of two columns, in steps, so that a resize rarely asks anew. */
function bucketsFor(width: number): number {
  const column = width > 640 ? width / 2 : width;
  return Math.max(50, Math.ceil((column - 72) / 2 / 50) * 50);
}

function emptyNote(metrics: readonly MetricSummary[]): string {
  if (metrics.length === 0) return 'Metrics are drawn here as they are logged.';
  if (metrics.every(({ count }) => count === 1)) return 'Every metric has one value: there is no curve to draw.';
  return 'Choose a row of the table to draw its metric.';
}
