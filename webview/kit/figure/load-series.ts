// The buckets behind the charts: of all that was logged, or of the part in sight, cut anew.

import type { PanelQueries } from '../../../src/protocol/panel';
import type { AxisScale, BucketSeries } from '../../../src/protocol/series';
import type { ChartView, Range } from '../chart/curve';
import { fromScale, toScale } from '../chart/scale';
import type { Host } from '../host/host';
import { type Live, useLive } from '../host/live';

const keysPerQuery = 50;

export interface SeriesQuery {
  /** The runs of each curve: one, or all of a group where the view is of groups. */
  runs: readonly (readonly string[])[];
  keys: readonly string[];
  view: ChartView;
  /** See `bucketQuery`. */
  smoothing: number;
  sigma: number;
  /** Null: everything. */
  zoom: Range | null;
  /** Buckets for the part in sight; 0 while the charts have no width yet. */
  buckets: number;
}

/** What was loaded, and for which view: points of one axis mean nothing on another. */
export interface LoadedSeries {
  view: Omit<ChartView, 'scaleY'>;
  isWhole: boolean;
  /** Of each curve, in the order asked, the metrics in the order asked. */
  curves: { runIds: readonly string[]; series: BucketSeries[] }[];
}

/** The buckets, live. */
export function useSeries(query: SeriesQuery): Live<LoadedSeries> {
  const { runs, keys, smoothing, sigma, zoom, buckets } = query;
  const { axis, along, scaleX, group } = query.view;
  const part = zoom === null ? { buckets } : { ...beyond(zoom, scaleX), buckets: buckets * 2 };
  const cut = { axis, along, scale: scaleX, smoothing, sigma, ...part };
  return useLive({
    key: keys.length === 0 || buckets === 0 ? '' : JSON.stringify([runs, group, cut, keys]),
    rest: 250,
    load: async (host, signal) => {
      const pages = await Promise.all(
        pagesOf(keys).map((page) => ask(host, { runs, group, cut: { ...cut, keys: page }, signal })),
      );
      const seriesOf = (curve: number): BucketSeries[] => pages.flatMap((page) => page[curve] ?? []);
      const curves = runs.map((runIds, curve) => ({ runIds, series: seriesOf(curve) }));
      return { view: { axis, along, scaleX, group }, isWhole: zoom === null, curves };
    },
  });
}

interface Asked {
  runs: SeriesQuery['runs'];
  group: ChartView['group'];
  cut: Omit<PanelQueries['metrics.buckets']['input'], 'runId'>;
  signal: AbortSignal;
}

/** The metrics of each curve; many runs are asked for at once. */
async function ask(host: Host, { runs, group, cut, signal }: Asked): Promise<BucketSeries[][]> {
  const [first, ...others] = runs;
  if (first === undefined) return [];
  if (others.length === 0 && group === null) {
    return [await host.query('metrics.buckets', { ...cut, runId: first[0] ?? '' }, signal)];
  }
  return host.query('metrics.curves', { ...cut, group, curves: runs.map((runIds) => [...runIds]) }, signal);
}

function pagesOf(keys: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let start = 0; start < keys.length; start += keysPerQuery) pages.push(keys.slice(start, start + keysPerQuery));
  return pages;
}

/** Half the part's width more at either side, so that lines go on to the plot's edges. */
function beyond({ from, to }: Range, scale: AxisScale): Range {
  const [low, high] = [toScale(scale, from), toScale(scale, to)];
  const more = (high - low) / 2;
  return { from: fromScale(scale, low - more), to: fromScale(scale, high + more) };
}
