// The buckets behind the charts: of all that was logged, or of the part in sight, cut anew.
import type { AxisScale, BucketSeries } from '../../../src/protocol/series';
import type { ChartView, Range } from '../chart/curve';
import { fromScale, toScale } from '../chart/scale';
import { type Live, useLive } from '../host/live';

const keysPerQuery = 50;

export interface SeriesQuery {
  runIds: readonly string[];
  keys: readonly string[];
  view: ChartView;
  smoothing: number;
  /** Null: everything. */
  zoom: Range | null;
  /** Buckets for the part in sight; 0 while the charts have no width yet. */
  buckets: number;
}

/** What was loaded, and for which view: points of one axis mean nothing on another. */
export interface LoadedSeries {
  view: Pick<ChartView, 'axis' | 'scaleX'>;
  isWhole: boolean;
  /** Of each run, in the order asked, its metrics in the order asked. */
  runs: { runId: string; series: BucketSeries[] }[];
}

/** The buckets, live. */
export function useSeries(query: SeriesQuery): Live<LoadedSeries> {
  const { runIds, keys, smoothing, zoom, buckets } = query;
  const { axis, scaleX } = query.view;
  const part = zoom === null ? { buckets } : { ...beyond(zoom, scaleX), buckets: buckets * 2 };
  const cut = { axis, scale: scaleX, smoothing, ...part };
  return useLive({
    key: keys.length === 0 || buckets === 0 ? '' : JSON.stringify([runIds, cut, keys]),
    rest: 250,
    load: async (host, signal) => {
      const load = async (runId: string): Promise<LoadedSeries['runs'][number]> => {
        const pages: string[][] = [];
        for (let start = 0; start < keys.length; start += keysPerQuery)
          pages.push(keys.slice(start, start + keysPerQuery));
        const answers = pages.map((page) => host.query('metrics.buckets', { ...cut, runId, keys: page }, signal));
        return { runId, series: (await Promise.all(answers)).flat() };
      };
      return { view: { axis, scaleX }, isWhole: zoom === null, runs: await Promise.all(runIds.map(load)) };
    },
  });
}

/** Half the part's width more at either side, so that lines go on to the plot's edges. */
function beyond({ from, to }: Range, scale: AxisScale): Range {
  const [low, high] = [toScale(scale, from), toScale(scale, to)];
  const more = (high - low) / 2;
  return { from: fromScale(scale, low - more), to: fromScale(scale, high + more) };
}
