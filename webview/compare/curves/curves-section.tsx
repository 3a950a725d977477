// The metrics of all compared runs over steps, time or one of them, one chart a metric, one colour a run or a group.
import { useCallback, useMemo } from 'react';
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import type { MetricSummary } from '../../../src/protocol/run';
import { Crosshair } from '../../kit/chart/crosshair';
import type { GroupView, Range } from '../../kit/chart/curve';
import { axisKeys, ChartTools } from '../../kit/figure/chart-tools';
import { smoothingText } from '../../kit/figure/chart-words';
import { useDrawnSeries } from '../../kit/figure/drawn-series';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { useWidth } from '../../kit/width';
import { CurvesFigure } from './curves-figure';
import { GroupTools } from './group-tools';
import { type CurveRuns, curveRuns, type ParamValues } from './run-groups';

const mostCharts = 4;
const mostMetrics = 200;

interface CurvesProps {
  comparison: Comparison;
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
}

/** Nothing at all where no compared metric has a curve. */
export function CurvesSection({ comparison, state, change }: CurvesProps) {
  const { charted, axes } = useCurveMetrics(comparison, state.runIds);
  const { curves, group, params, isKnown } = useRunGroups(comparison, state);
  const [box, width] = useWidth<HTMLDivElement>();
  const crosshair = useMemo(() => new Crosshair(), []);
  const onZoom = useCallback((zoom: Range | null) => change({ zoom }), [change]);
  const keys = useMemo(() => (isKnown ? charted.map(({ key }) => key) : []), [charted, isKnown]);
  const runs = useMemo(() => curves.map((curve) => curve.runIds), [curves]);
  const drawn = useDrawnSeries({ runs, group, keys, charts: keys.length, width, settings: state });
  const shared = { curves, drawn, crosshair, smoothing: smoothingText(state), onZoom };
  // Over itself a metric is a straight line.
  const { axis, along } = drawn.view;
  const others = charted.filter(({ key }) => axis !== 'metric' || key !== along);
  const shown = others.length > 0 ? others : charted;
  const acts = (
    <>
      <GroupTools grouping={state} params={params} onChange={change} />
      <ChartTools settings={state} keys={axes} isZoomed={drawn.isZoomed} onChange={change} />
    </>
  );
  return (
    <div ref={box}>
      {charted.length > 0 && (
        <Section title="Curves" acts={acts}>
          <div className="charts">
            {shown.map((metric) => (
              <CurvesFigure key={metric.key} metric={metric} {...shared} />
            ))}
          </div>
        </Section>
      )}
    </div>
  );
}

interface RunGroups {
  curves: readonly CurveRuns[];
  group: GroupView | null;
  /** The params by which runs can be grouped. */
  params: readonly string[];
  /** False while it is not known what belongs together. */
  isKnown: boolean;
}

function useRunGroups(comparison: Comparison, state: ComparePanelState): RunGroups {
  const { runIds, groupBy, centre, spread } = state;
  const params = useParams(runIds);
  const byParam = groupBy === null || groupBy === 'side' ? null : groupBy.param;
  const values = (byParam === null ? undefined : params?.get(byParam)) ?? noValues;
  const curves = useMemo(
    () => curveRuns(comparison, runIds, { groupBy, values }),
    [comparison, runIds, groupBy, values],
  );
  const group = useMemo<GroupView | null>(
    () => (groupBy === null ? null : { centre, spread }),
    [groupBy, centre, spread],
  );
  return { curves, group, params: [...(params?.keys() ?? [])], isKnown: byParam === null || params !== undefined };
}

const noValues: ParamValues = new Map();

/** The params in which the runs differ, each with its value for every run that has one; undefined until they are known. */
function useParams(runIds: readonly string[]): ReadonlyMap<string, ParamValues> | undefined {
  const { value, error } = useLive({
    key: JSON.stringify(runIds),
    rest: 3000,
    load: (host, signal) => host.query('comparison.values', { runIds: [...runIds], stat: 'last' }, signal),
  });
  return useMemo(() => {
    if (value === undefined && error === undefined) return undefined;
    const columns = (value?.columns ?? []).filter(({ of }) => of === 'param');
    return new Map(
      columns.map(({ name, values }) => {
        const known = (value?.runs ?? []).flatMap(({ runId }, index): [string, string][] => {
          const each = values[index] ?? null;
          return each === null ? [] : [[runId, String(each)]];
        });
        return [name, new Map(known)];
      }),
    );
  }, [value, error]);
}

/** The metrics that are charted, in the order of the comparison, and those that can be an axis. */
function useCurveMetrics(
  { candidates }: Comparison,
  runIds: readonly string[],
): { charted: readonly MetricSummary[]; axes: readonly string[] } {
  const [baseline = ''] = runIds;
  const compared = (candidates[0]?.metrics ?? []).map(({ metric }) => metric);
  const { value } = useLive({
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
    const keys = axisKeys(value ?? []);
    const drawable = (value ?? []).filter(({ key }) => keys.includes(key));
    return { charted: drawable.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostCharts), axes: keys };
  }, [value, order]);
}
