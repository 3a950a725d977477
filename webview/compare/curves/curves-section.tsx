// The metrics of all compared runs over steps, time or one of them, one chart a metric, one colour a run or a group.
import { useCallback, useEffect, useMemo } from 'react';
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import { Crosshair } from '../../kit/chart/crosshair';
import type { Range } from '../../kit/chart/curve';
import { ChartTools } from '../../kit/figure/chart-tools';
import { smoothingText } from '../../kit/figure/chart-words';
import { Section } from '../../kit/section';
import { useWidth } from '../../kit/width';
import { CurvesFigure } from './curves-figure';
import { GroupTools } from './group-tools';
import type { LoadedCurves } from './load-curves';

interface CurvesProps {
  loaded: LoadedCurves;
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
}

/** Nothing at all where no compared metric has a curve. */
export function CurvesSection({ loaded, state, change }: CurvesProps) {
  const { groups, charted, axes, drawn, setWidth } = loaded;
  const [box, width] = useWidth<HTMLDivElement>();
  useEffect(() => {
    if (width > 0) setWidth(width);
  }, [width, setWidth]);
  const crosshair = useMemo(() => new Crosshair(), []);
  const onZoom = useCallback((zoom: Range | null) => change({ zoom }), [change]);
  const shared = { curves: groups.curves, drawn, crosshair, smoothing: smoothingText(state), onZoom };
  // Over itself a metric is a straight line.
  const { axis, along } = drawn.view;
  const others = charted.filter(({ key }) => axis !== 'metric' || key !== along);
  const shown = others.length > 0 ? others : charted;
  const acts = (
    <>
      <GroupTools grouping={state} params={groups.params} onChange={change} />
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
