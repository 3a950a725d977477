// What is on screen of the charts: the loaded curves, the part in sight, and where the crosshair rests.
import { useMemo, useRef } from 'react';
import type { MetricDirection, MetricSummary } from '../../../src/protocol/run';
import type { ChartLook } from '../../../src/protocol/runs/chart-look';
import type { BucketSeries } from '../../../src/protocol/series';
import { bestPoint, inSight } from '../../kit/chart/bucket';
import type { ChartView, Range } from '../../kit/chart/curve';
import { useDrawnSeries } from '../../kit/figure/drawn-series';
import { keepEqual } from '../../kit/host/keep-equal';
import { type ChartList, chartedKeys } from './chart-list';

const none: readonly BucketSeries[] = [];

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
  settings: ChartLook;
  width: number;
}): DrawnCharts {
  const { runId, charts, width } = options;
  const { zoom } = options.settings;
  const runs = useMemo(() => [[runId]], [runId]);
  const { loaded, ...drawn } = useDrawnSeries({
    runs,
    group: null,
    keys: chartedKeys(charts),
    charts: charts.length,
    width,
    settings: options.settings,
  });
  const figures = useFigures(charts, loaded?.curves[0]?.series ?? none, options.metrics);
  const rest = restOf(figures, drawn.isZoomed ? zoom : null);
  return { ...drawn, isLoaded: loaded !== undefined, figures, rest };
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
