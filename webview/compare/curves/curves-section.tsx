// The metrics of all compared runs over steps or time, one chart a metric, one colour a run.
import { useCallback, useMemo } from 'react';
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import type { MetricSummary } from '../../../src/protocol/run';
import { inSight } from '../../kit/chart/bucket';
import { Crosshair } from '../../kit/chart/crosshair';
import type { Curve, Range } from '../../kit/chart/curve';
import { ChartTools } from '../../kit/figure/chart-tools';
import { findingOf, footText } from '../../kit/figure/chart-words';
import { type DrawnSeries, useDrawnSeries } from '../../kit/figure/drawn-series';
import { FigureBody, useTableTwin } from '../../kit/figure/figure-body';
import { FigureTools } from '../../kit/figure/figure-tools';
import { SharedCaption } from '../../kit/figure/shared-caption';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { useWidth } from '../../kit/width';

const mostCharts = 4;
const mostMetrics = 200;

/** Nothing at all where no compared metric has a curve. */
export function CurvesSection(props: {
  comparison: Comparison;
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
}) {
  const { comparison, state, change } = props;
  const { runIds } = state;
  const metrics = useCurveMetrics(comparison, runIds);
  const [box, width] = useWidth<HTMLDivElement>();
  const keys = useMemo(() => metrics.map(({ key }) => key), [metrics]);
  const drawn = useDrawnSeries({ runIds, keys, charts: keys.length, width, settings: state });
  const crosshair = useMemo(() => new Crosshair(), []);
  const onZoom = useCallback((zoom: Range | null) => change({ zoom }), [change]);
  const names = useMemo(() => namesOf(comparison), [comparison]);
  return (
    <div ref={box}>
      {metrics.length > 0 && (
        <Section title="Curves" acts={<ChartTools settings={state} isZoomed={drawn.isZoomed} onChange={change} />}>
          <div className="charts">
            {metrics.map((metric) => (
              <RunsFigure
                key={metric.key}
                metric={metric}
                names={names}
                drawn={drawn}
                crosshair={crosshair}
                smoothing={state.smoothing}
                onZoom={onZoom}
              />
            ))}
          </div>
        </Section>
      )}
    </div>
  );
}

interface RunsFigureProps {
  metric: MetricSummary;
  names: ReadonlyMap<string, string>;
  drawn: DrawnSeries;
  crosshair: Crosshair;
  smoothing: number;
  onZoom: (range: Range | null) => void;
}

function RunsFigure({ metric, names, drawn, crosshair, smoothing, onZoom }: RunsFigureProps) {
  const host = useHost();
  const [isTable, onTable] = useTableTwin(metric.key);
  const { view, range, whole, loaded } = drawn;
  const curves = useRunCurves(metric, names, drawn);
  if (range === undefined || whole === undefined || curves.length === 0) return null;
  const note = footText(curves, view);
  const runIds = (loaded?.runs ?? []).map(({ runId }) => runId);
  const shared = { curves, view, range, whole, crosshair, rest: null };
  return (
    <figure className="chart-figure" aria-label={metric.key}>
      <figcaption className="chart-caption">
        <strong className="cut chart-metric" title={metric.key}>
          {metric.key}
        </strong>
        <SharedCaption {...shared} end={range.to} />
        <FigureTools
          {...shared}
          title={metric.key}
          name={metric.key}
          smoothing={smoothing}
          note={note}
          isTable={isTable}
          onTable={onTable}
          onExport={(picture) => void host.command('compare.exportChart', { metric: metric.key, runIds, ...picture })}
        />
      </figcaption>
      <FigureBody
        {...shared}
        isTable={isTable}
        note={note}
        finding={`${metric.key}. ${findingOf(curves, view)}`}
        onZoom={onZoom}
      />
    </figure>
  );
}

/** One curve a run, told by its name and its mark; the same objects while nothing of them has changed. */
function useRunCurves(
  metric: MetricSummary,
  names: ReadonlyMap<string, string>,
  { loaded, range, isZoomed }: DrawnSeries,
): readonly Curve[] {
  return useMemo(
    () =>
      (loaded?.runs ?? []).flatMap(({ runId, series }, mark): Curve[] => {
        const own = series.find(({ key }) => key === metric.key);
        if (own === undefined || own.points === 0) return [];
        // A chart of one metric tells its curves apart by run.
        const named = { ...own, key: names.get(runId) ?? runId };
        return [
          {
            series: named,
            shown: inSight(named, isZoomed ? (range ?? null) : null),
            direction: metric.direction,
            mark,
          },
        ];
      }),
    [loaded, metric, names, isZoomed, range],
  );
}

/** The compared metrics that have more than one point in the baseline, in the order of the comparison. */
function useCurveMetrics({ candidates }: Comparison, runIds: readonly string[]): readonly MetricSummary[] {
  const [baseline = ''] = runIds;
  const compared = (candidates[0]?.metrics ?? []).map(({ metric }) => metric);
  const listed = useLive({
    key: baseline,
    rest: 3000,
    load: async (host, signal) =>
      (await host.query('metrics.list', { runId: baseline, limit: mostMetrics }, signal)).items,
  });
  const order = compared.join('\n');
  return useMemo(() => {
    const wanted = order.split('\n');
    const rank = ({ key, direction }: MetricSummary): number =>
      wanted.includes(key) ? wanted.indexOf(key) : wanted.length + (direction === 'none' ? 1 : 0);
    return (listed.value ?? [])
      .filter(({ key, count }) => count > 1 && !key.startsWith('system/'))
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, mostCharts);
  }, [listed.value, order]);
}

/** The runs by id; those of one name with a number behind it, because a curve is told by its name. */
function namesOf({ baseline, candidates }: Comparison): Map<string, string> {
  const runs = [baseline, ...candidates.map(({ candidate }) => candidate)].flatMap((side) => side.runs);
  const seen = new Map<string, number>();
  return new Map(
    runs.map(({ runId, name }) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [runId, count === 1 ? name : `${name} (${count})`];
    }),
  );
}
