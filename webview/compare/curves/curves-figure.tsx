// The curves of one metric: its chart, its table twin, and its file.
import { useMemo } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import { inSight } from '../../kit/chart/bucket';
import type { Crosshair } from '../../kit/chart/crosshair';
import type { Curve, Range } from '../../kit/chart/curve';
import { curvesCsv } from '../../kit/chart/export/chart-csv';
import { findingOf, footText, resolutionText } from '../../kit/figure/chart-words';
import type { DrawnSeries } from '../../kit/figure/drawn-series';
import { FigureBody, useTableTwin } from '../../kit/figure/figure-body';
import { type ChartPicture, FigureTools } from '../../kit/figure/figure-tools';
import { SharedCaption } from '../../kit/figure/shared-caption';
import { useHost } from '../../kit/host/host-context';
import type { CurveRuns } from './run-groups';

interface CurvesFigureProps {
  metric: MetricSummary;
  curves: readonly CurveRuns[];
  drawn: DrawnSeries;
  crosshair: Crosshair;
  /** How curves are smoothed, in words. */
  smoothing: string;
  onZoom: (range: Range | null) => void;
}

/** Nothing where no run has a point. */
export function CurvesFigure({ metric, curves: runs, drawn, crosshair, smoothing, onZoom }: CurvesFigureProps) {
  const host = useHost();
  const { key } = metric;
  const [isTable, onTable] = useTableTwin(key);
  const { view, range, whole } = drawn;
  const curves = useCurves(metric, runs, drawn);
  if (range === undefined || whole === undefined || curves.length === 0) return null;
  const note = footText(curves, view);
  const resolution = resolutionText(curves, view);
  const shared = { curves, view, range, whole, crosshair, rest: null };
  const onExport = (picture: ChartPicture): void => {
    const runIds = runs.flatMap((curve) => curve.runIds);
    // Every point of every run, or what stands for groups of them.
    const csv = view.group === null ? {} : { csv: curvesCsv(curves, view) };
    const along = view.axis === 'metric' ? { along: view.along } : {};
    void host.command('compare.exportChart', { metric: key, runIds, ...picture, ...csv, ...along });
  };
  return (
    <figure className="chart-figure" aria-label={key}>
      <figcaption className="chart-caption of-runs">
        <strong className="cut chart-metric" title={key}>
          {key}
        </strong>
        <SharedCaption {...shared} end={range.to} />
        <FigureTools {...shared} {...{ title: key, name: key, smoothing, note, isTable, onTable, onExport }} />
      </figcaption>
      <FigureBody
        {...shared}
        isTable={isTable}
        note={note}
        finding={`${key}. ${findingOf(curves, view)}`}
        onZoom={onZoom}
      />
      {resolution !== '' && <p className="chart-note chart-resolution quiet">{resolution}</p>}
    </figure>
  );
}

/** One curve a run or group, told by its name and its mark; the same objects while nothing of them has changed. */
function useCurves(
  metric: MetricSummary,
  runs: readonly CurveRuns[],
  { loaded, range, isZoomed }: DrawnSeries,
): readonly Curve[] {
  return useMemo(() => {
    const known = new Map(runs.map((curve) => [curve.runIds.join(), curve]));
    return (loaded?.curves ?? []).flatMap(({ runIds, series }): Curve[] => {
      const curve = known.get(runIds.join());
      const own = series.find(({ key }) => key === metric.key);
      if (curve === undefined || own === undefined || own.points === 0) return [];
      // A chart of one metric tells its curves apart by run.
      const named = { ...own, key: curve.name };
      const shown = inSight(named, isZoomed ? (range ?? null) : null);
      return [{ series: named, shown, direction: metric.direction, mark: curve.mark }];
    });
  }, [loaded, metric, runs, isZoomed, range]);
}
