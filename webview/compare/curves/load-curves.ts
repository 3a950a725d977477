// The curves of a comparison, asked for while the comparison itself is still being made.
import { useMemo, useState } from 'react';
import { type ComparePanelState, mostCurveMetrics } from '../../../src/protocol/comparison/compare-panel';
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import type { MetricSummary } from '../../../src/protocol/run';
import { axisKeys } from '../../kit/figure/chart-tools';
import { type DrawnSeries, useDrawnSeries } from '../../kit/figure/drawn-series';
import { useLive } from '../../kit/host/live';
import { useLater } from '../../kit/now';
import type { Marks } from '../head/agreed-marks';
import { type CurveGroups, useCurveGroups } from './curve-groups';

const mostCharts = 4;
/** Milliseconds for which curves that do not come keep others waiting. */
const longestWait = 2000;

/** What is drawn, and the means to tell how wide the section is, in CSS pixels. */
export interface LoadedCurves {
  groups: CurveGroups;
  /** The metrics that are charted, in the order of the comparison. */
  charted: readonly MetricSummary[];
  /** Those that can be the horizontal axis. */
  axes: readonly string[];
  drawn: DrawnSeries;
  /** They are there, or there are none: what else is asked does not keep them waiting. */
  isSettled: boolean;
  setWidth: (width: number) => void;
}

/** `comparison` is undefined until it is there; the curves do not wait for it. */
export function useCurves(comparison: Comparison | undefined, state: ComparePanelState, marks: Marks): LoadedCurves {
  const [width, setWidth] = useState(likelyWidth);
  const { charted, axes, isListed } = useCurveMetrics(comparison, state.runIds);
  const [isDrawn, setDrawn] = useState(false);
  const groups = useCurveGroups(comparison, state, { marks, mayAsk: isDrawn });
  const { curves, group, isKnown } = groups;
  // In an order of their own: what is asked does not change with what is shown first.
  const keys = useMemo(
    () => (isKnown ? charted.map(({ key }) => key).toSorted((a, b) => (a < b ? -1 : 1)) : []),
    [charted, isKnown],
  );
  const runs = useMemo(() => curves.map((curve) => curve.runIds), [curves]);
  const drawn = useDrawnSeries({ runs, group, keys, charts: keys.length, width, settings: state });
  if (drawn.loaded !== undefined && comparison !== undefined && !isDrawn) setDrawn(true);
  const isLate = useLater(longestWait);
  const isSettled = isDrawn || isLate || (isListed && charted.length === 0);
  return { groups, charted, axes, drawn, isSettled, setWidth };
}

/** How wide the section will be: all of a narrow panel, seven twelfths of another (compare.css). */
function likelyWidth(): number {
  const { innerWidth } = window;
  return innerWidth > 900 ? Math.floor((innerWidth * 7) / 12) : innerWidth;
}

function useCurveMetrics(
  comparison: Comparison | undefined,
  [baseline = '']: readonly string[],
): Pick<LoadedCurves, 'charted' | 'axes'> & { isListed: boolean } {
  const compared = (comparison?.candidates[0]?.metrics ?? []).map(({ metric }) => metric);
  const { value } = useLive({
    key: baseline,
    rest: 3000,
    load: async (host, signal) =>
      (await host.query('metrics.list', { runId: baseline, limit: mostCurveMetrics }, signal)).items,
  });
  const order = compared.join('\n');
  return useMemo(() => {
    const wanted = order.split('\n');
    const rank = ({ key, direction }: MetricSummary): number =>
      wanted.includes(key) ? wanted.indexOf(key) : wanted.length + (direction === 'none' ? 1 : 0);
    const axes = axisKeys(value ?? []);
    const drawable = (value ?? []).filter(({ key }) => axes.includes(key));
    return {
      charted: drawable.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostCharts),
      axes,
      isListed: value !== undefined,
    };
  }, [value, order]);
}
