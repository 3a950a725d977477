// Small multiples of the chosen metrics, live, on one axis, with one crosshair and one zoom.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MetricDirection, MetricSummary } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { bestPoint, extent, inSight } from '../../kit/chart/bucket';
import { Crosshair } from '../../kit/chart/crosshair';
import type { ChartView, Range } from '../../kit/chart/curve';
import { keepEqual } from '../../kit/kept';
import { Section } from '../../kit/section';
import { useSteady } from '../../kit/steady';
import { useWidth } from '../../kit/width';
import { ChartFigure, type FigureActs } from './chart-figure';
import { type ChartList, chartedKeys } from './chart-list';
import { type ChartSettings, ChartTools } from './chart-tools';
import { type LoadedSeries, useSeries } from './load-series';

export interface ChartsSectionProps {
  run: { runId: string; name: string };
  metrics: readonly MetricSummary[];
  charts: ChartList;
  settings: ChartSettings;
  onSettings: (part: Partial<ChartSettings>) => void;
  /** Called once the charts are on screen. */
  onDrawn: () => void;
  acts: Omit<FigureActs, 'onZoom'>;
}

/** The charts in the order they were chosen. */
export function ChartsSection(props: ChartsSectionProps) {
  const { charts, settings, metrics } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const crosshair = useMemo(() => new Crosshair(), []);
  const [zoom, setZoom] = useState<Range | null>(null);
  const { axis, scaleX, scaleY, smoothing } = settings;
  const wanted: ChartView = { axis, scaleX: axis === 'wall' ? 'linear' : scaleX, scaleY };
  const keys = chartedKeys(charts);
  const loaded = useSeries({
    runId: props.run.runId,
    keys,
    view: wanted,
    smoothing,
    zoom,
    buckets: width === 0 ? 0 : bucketsFor(width, charts.length),
  }).value;
  const onDrawn = useSteady(props.onDrawn);
  const isDrawn = loaded !== undefined;
  useEffect(() => {
    if (isDrawn) onDrawn();
  }, [isDrawn, onDrawn]);
  const series = loaded?.series ?? [];
  const view = useView(loaded, wanted);
  const whole = useWhole(loaded);
  const isZoomed = zoom !== null && view.axis === axis && view.scaleX === wanted.scaleX;
  const range = isZoomed ? zoom : whole;
  const figures = useFigures(charts, series, metrics);
  const resting = figures
    .flatMap(({ drawn, directions }) =>
      drawn.map((each, index) => bestPoint(inSight(each, isZoomed ? zoom : null), directions[index] ?? 'none')),
    )
    .find((point) => point !== undefined);
  const acts = useActs(props.acts, setZoom);
  const change = (part: Partial<ChartSettings>): void => {
    // A part of one axis is no part of another.
    if (part.axis !== undefined || part.scaleX !== undefined) setZoom(null);
    props.onSettings(part);
  };
  const tools = <ChartTools settings={settings} isZoomed={isZoomed} onReset={() => setZoom(null)} onChange={change} />;
  return (
    <Section title="Charts" acts={tools}>
      <div ref={box} className="charts">
        {range !== undefined &&
          whole !== undefined &&
          figures.map(({ drawn, directions }) => (
            <ChartFigure
              key={drawn[0]?.key}
              runName={props.run.name}
              series={drawn}
              directions={directions}
              view={view}
              range={range}
              whole={whole}
              isZoomed={isZoomed}
              crosshair={crosshair}
              rest={resting?.x ?? null}
              acts={acts}
            />
          ))}
      </div>
      {keys.length === 0 && <p className="note">{emptyNote(metrics)}</p>}
    </Section>
  );
}

/** How the loaded points are to be looked at: the old picture keeps its own axis until the new one is there. */
function useView(loaded: LoadedSeries | undefined, wanted: ChartView): ChartView {
  const { axis, scaleX } = loaded?.view ?? wanted;
  const { scaleY } = wanted;
  return useMemo(() => ({ axis, scaleX, scaleY }), [axis, scaleX, scaleY]);
}

/** The extent of all that was logged, also while only a part of it is loaded; the same object while it is the same. */
function useWhole(loaded: LoadedSeries | undefined): Range | undefined {
  const last = useRef<Range | undefined>(undefined);
  if (loaded?.isWhole) last.current = extent(loaded.series);
  const { from, to } = last.current ?? {};
  return useMemo(() => (from === undefined || to === undefined ? undefined : { from, to }), [from, to]);
}

interface Figure {
  drawn: BucketSeries[];
  directions: MetricDirection[];
}

/** The charts that can be drawn now; what has not changed of them stays the same object. */
function useFigures(
  charts: ChartList,
  series: readonly BucketSeries[],
  metrics: readonly MetricSummary[],
): readonly Figure[] {
  const kept = useRef<Figure[]>([]);
  const found = new Map(series.map((each) => [each.key, each]));
  const directions = new Map(metrics.map(({ key, direction }) => [key, direction]));
  const figures = charts
    .map((keys) => {
      const drawn = keys.flatMap((key) => found.get(key) ?? []);
      return { drawn, directions: drawn.map(({ key }) => directions.get(key) ?? 'none') };
    })
    .filter(({ drawn }) => drawn.length > 0);
  kept.current = keepEqual(kept.current, figures);
  return kept.current;
}

/** The same handlers for the life of the section, so that no figure is drawn again for them. */
function useActs(acts: ChartsSectionProps['acts'], onZoom: FigureActs['onZoom']): FigureActs {
  const onAdd = useSteady(acts.onAdd);
  const onDrop = useSteady(acts.onDrop);
  const onRemove = useSteady(acts.onRemove);
  return useMemo(() => ({ onZoom, onAdd, onDrop, onRemove }), [onZoom, onAdd, onDrop, onRemove]);
}

/** One bucket for about two pixels of a column, in steps, so that a resize rarely asks anew. */
function bucketsFor(width: number, charts: number): number {
  const column = width > 640 && charts > 1 ? width / 2 : width;
  return Math.max(50, Math.ceil((column - 72) / 2 / 50) * 50);
}

function emptyNote(metrics: readonly MetricSummary[]): string {
  if (metrics.length === 0) return 'Metrics are drawn here as they are logged.';
  if (metrics.every(({ count }) => count === 1)) return 'Every metric has one value: there is no curve to draw.';
  return 'Choose a row of the table to draw its metric.';
}
