// What is on screen of the charts: the loaded curves, the part in sight, and where the crosshair rests.
import { useMemo, useRef } from 'react';
import type { MetricDirection, MetricSummary } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { bestPoint, extent, inSight } from '../../kit/chart/bucket';
import type { ChartView, Range } from '../../kit/chart/curve';
import { keepEqual } from '../../kit/kept';
import { type ChartList, chartedKeys } from './chart-list';
import type { ChartSettings } from './chart-tools';
import { type LoadedSeries, type SeriesQuery, useSeries } from './load-series';

/** One chart: the curves that are there, in the order of its metrics. */
export interface Figure {
  drawn: BucketSeries[];
  directions: MetricDirection[];
}

/** `range` is the part in sight, `whole` all that was logged; both undefined until something is loaded. */
export interface DrawnCharts {
  isLoaded: boolean;
  view: ChartView;
  whole: Range | undefined;
  range: Range | undefined;
  isZoomed: boolean;
  figures: readonly Figure[];
  /** Where the crosshair rests: the best value of the first chart that has one. */
  rest: number | null;
}

/** Loads the charts for a width in CSS pixels and keeps the old picture until the new one is there. */
export function useDrawnCharts(options: {
  runId: string;
  charts: ChartList;
  metrics: readonly MetricSummary[];
  settings: ChartSettings;
  width: number;
}): DrawnCharts {
  const { runId, charts, width } = options;
  const { axis, scaleX, scaleY, smoothing, zoom } = options.settings;
  const wanted: ChartView = { axis, scaleX: axis === 'wall' ? 'linear' : scaleX, scaleY };
  const buckets = width === 0 ? 0 : bucketsFor(width, charts.length);
  const query: SeriesQuery = { runId, keys: chartedKeys(charts), view: wanted, smoothing, zoom, buckets };
  const loaded = useSeries(query).value;
  const view = useView(loaded, wanted);
  const whole = useWhole(loaded, query);
  const figures = useFigures(charts, loaded?.series ?? [], options.metrics);
  const isZoomed = zoom !== null && view.axis === axis && view.scaleX === wanted.scaleX;
  const range = isZoomed ? zoom : whole;
  const rest = restOf(figures, isZoomed ? zoom : null);
  return { isLoaded: loaded !== undefined, view, whole, range, isZoomed, figures, rest };
}

/** How the loaded points are to be looked at: points of one axis mean nothing on another. */
function useView(loaded: LoadedSeries | undefined, wanted: ChartView): ChartView {
  const { axis, scaleX } = loaded?.view ?? wanted;
  const { scaleY } = wanted;
  return useMemo(() => ({ axis, scaleX, scaleY }), [axis, scaleX, scaleY]);
}

/**
 * The extent of all that was logged, also while only a part of it is loaded; the same object while it is the same. A
 * panel that comes back zoomed asks for all of it once.
 */
function useWhole(loaded: LoadedSeries | undefined, query: SeriesQuery): Range | undefined {
  const last = useRef<Range | undefined>(undefined);
  const isAsked = query.zoom !== null && last.current === undefined;
  const all = useSeries({ ...query, zoom: null, buckets: isAsked ? query.buckets : 0 }).value;
  if (loaded?.isWhole) last.current = extent(loaded.series);
  else if (all !== undefined) last.current ??= extent(all.series);
  const { from, to } = last.current ?? {};
  return useMemo(() => (from === undefined || to === undefined ? undefined : { from, to }), [from, to]);
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

function restOf(figures: readonly Figure[], zoom: Range | null): number | null {
  for (const { drawn, directions } of figures) {
    for (const [index, series] of drawn.entries()) {
      const best = bestPoint(inSight(series, zoom), directions[index] ?? 'none');
      if (best !== undefined) return best.x;
    }
  }
  return null;
}

/** One bucket for about two pixels of a column, in steps, so that a resize rarely asks anew. */
function bucketsFor(width: number, charts: number): number {
  const column = width > 640 && charts > 1 ? width / 2 : width;
  return Math.max(50, Math.ceil((column - 72) / 2 / 50) * 50);
}
