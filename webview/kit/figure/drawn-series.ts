// What is on screen of the loaded curves: how they are looked at, and the part in sight.
import { useMemo, useRef } from 'react';
import type { ChartLook } from '../../../src/protocol/runs/chart-look';
import { extent } from '../chart/bucket';
import type { ChartView, GroupView, Range } from '../chart/curve';
import { type LoadedSeries, type SeriesQuery, useSeries } from './load-series';

/** `range` is the part in sight, `whole` all that was logged; both undefined until something is loaded. */
export interface DrawnSeries {
  loaded: LoadedSeries | undefined;
  view: ChartView;
  whole: Range | undefined;
  range: Range | undefined;
  isZoomed: boolean;
}

/** Loads the curves for `charts` charts in `width` CSS pixels and keeps the old picture until the new one is there. */
export function useDrawnSeries(options: {
  /** The runs of each curve. */
  runs: readonly (readonly string[])[];
  /** What curves of several runs are; null where each is of one. */
  group: GroupView | null;
  keys: readonly string[];
  charts: number;
  width: number;
  settings: ChartLook;
}): DrawnSeries {
  const { runs, group, keys, charts, width } = options;
  const { scaleX, scaleY, zoom } = options.settings;
  const { axis, along } = axisOf(options.settings);
  const wanted: ChartView = { axis, along, group, scaleX: axis === 'wall' ? 'linear' : scaleX, scaleY };
  const buckets = width === 0 ? 0 : bucketsFor(width, charts);
  const query: SeriesQuery = { runs, keys, view: wanted, ...strengthOf(options.settings), zoom, buckets };
  const loaded = useSeries(query).value;
  const view = useView(loaded, wanted);
  const whole = useWhole(loaded, query);
  const isZoomed = zoom !== null && view.axis === axis && view.along === along && view.scaleX === wanted.scaleX;
  return { loaded, view, whole, range: isZoomed ? zoom : whole, isZoomed };
}

/** How the loaded points are to be looked at: points of one axis mean nothing on another. */
function useView(loaded: LoadedSeries | undefined, wanted: ChartView): ChartView {
  const { axis, along, scaleX, group } = loaded?.view ?? wanted;
  const { scaleY } = wanted;
  return useMemo(() => ({ axis, along, group, scaleX, scaleY }), [axis, along, group, scaleX, scaleY]);
}

/** Steps, until the metric for the axis is chosen. */
function axisOf({ axis, along }: ChartLook): Pick<ChartView, 'axis' | 'along'> {
  if (axis !== 'metric') return { axis, along: '' };
  return along === '' ? { axis: 'step', along: '' } : { axis, along };
}

/** Of the two ways to smooth the one that is chosen. */
function strengthOf({ smoothingBy, smoothing, sigma }: ChartLook): Pick<SeriesQuery, 'smoothing' | 'sigma'> {
  return smoothingBy === 'gaussian' ? { smoothing: 0, sigma } : { smoothing, sigma: 0 };
}

/**
 * The extent of all that was logged, also while only a part of it is loaded; the same object while it is the same. A
 * panel that comes back zoomed asks for all of it once.
 */
function useWhole(loaded: LoadedSeries | undefined, query: SeriesQuery): Range | undefined {
  const last = useRef<Range | undefined>(undefined);
  const isAsked = query.zoom !== null && last.current === undefined;
  const all = useSeries({ ...query, zoom: null, buckets: isAsked ? query.buckets : 0 }).value;
  if (loaded?.isWhole) last.current = extentOf(loaded);
  else if (all !== undefined) last.current ??= extentOf(all);
  const { from, to } = last.current ?? {};
  return useMemo(() => (from === undefined || to === undefined ? undefined : { from, to }), [from, to]);
}

/** One bucket for about two pixels of a column, in steps, so that a resize rarely asks anew. */
function bucketsFor(width: number, charts: number): number {
  const column = width > 640 && charts > 1 ? width / 2 : width;
  return Math.max(50, Math.ceil((column - 72) / 2 / 50) * 50);
}

function extentOf({ curves }: LoadedSeries): Range | undefined {
  return extent(curves.flatMap(({ series }) => series));
}
