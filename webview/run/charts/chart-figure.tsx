// One chart with its caption, which follows the crosshair, and its twin as a table.
import { memo, useMemo } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { inSight } from '../../kit/chart/bucket';
import type { Crosshair } from '../../kit/chart/crosshair';
import type { ChartView, Curve, Range } from '../../kit/chart/curve';
import { IconButton } from '../../kit/controls';
import { findingOf, footText } from '../../kit/figure/chart-words';
import { FigureBody, useTableTwin } from '../../kit/figure/figure-body';
import { type ChartPicture, FigureTools } from '../../kit/figure/figure-tools';
import { type ReadingProps, SharedCaption } from '../../kit/figure/shared-caption';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { dropping } from '../metric/metric-drag';
import { SingleCaption } from './single-caption';

/** What a figure can ask of the panel; `first` is its own first metric. */
export interface FigureActs {
  onZoom: (range: Range | null) => void;
  /** Lets the user choose a metric to draw here too. */
  onAdd: (first: string) => void;
  onDrop: (key: string, first: string) => void;
  onRemove: (first: string) => void;
}

export interface ChartFigureProps {
  runName: string;
  /** In the order of the chart's metrics; at least one. */
  series: readonly BucketSeries[];
  directions: readonly MetricDirection[];
  view: ChartView;
  range: Range;
  whole: Range;
  isZoomed: boolean;
  /** How the curves are smoothed, in words. */
  smoothing: string;
  crosshair: Crosshair;
  rest: number | null;
  acts: FigureActs;
}

/** One chart of the panel. */
export const ChartFigure = memo(function ChartFigure(props: ChartFigureProps) {
  const { series, view, range, acts } = props;
  const [isTable, onTable] = useTableTwin(series[0]?.key ?? '');
  const curves = useCurves(props);
  const [only] = curves;
  if (only === undefined) return null;
  const first = only.shown.key;
  const name = series.map(({ key }) => key).join(', ');
  const reading: ReadingProps = { ...props, curves, end: range.to };
  const note = footText(curves, view);
  const table = { isTable, onTable, note };
  return (
    <figure className="chart-figure" aria-label={name} {...dropping((key) => acts.onDrop(key, first))}>
      <figcaption className="chart-caption">
        {curves.length === 1 ? <SingleCaption {...reading} curve={only} /> : <SharedCaption {...reading} />}
        <Tools {...props} {...table} curves={curves} name={name} first={first} />
      </figcaption>
      <FigureBody {...props} {...table} curves={curves} finding={findingOf(curves, view)} onZoom={acts.onZoom} />
    </figure>
  );
});

type ToolsProps = Pick<ChartFigureProps, 'runName' | 'view' | 'range' | 'smoothing' | 'acts'> & {
  curves: readonly Curve[];
  name: string;
  first: string;
  note: string;
  isTable: boolean;
  onTable: () => void;
};

function Tools({ runName, name, first, acts, ...figure }: ToolsProps) {
  const host = useHost();
  const { axis, along } = figure.view;
  const drawn = figure.curves.map(({ series }) => series.key);
  const keys = axis === 'metric' ? [...new Set([...drawn, along])] : drawn;
  const save = (picture: ChartPicture): void =>
    void host.command('chart.export', { name: `${runName}-${first}`, keys, ...picture });
  return (
    <FigureTools {...figure} title={runName} name={name} onExport={save}>
      <IconButton label="Add Metric…" about={name} onAct={() => acts.onAdd(first)}>
        <Icon name="plus" />
      </IconButton>
      <IconButton label="Remove Chart" about={name} onAct={() => acts.onRemove(first)}>
        <Icon name="close" />
      </IconButton>
    </FigureTools>
  );
}

/** The curves of a figure, each with what of it is in sight; the same objects while nothing of them has changed. */
function useCurves({ series, directions, range, isZoomed }: ChartFigureProps): readonly Curve[] {
  return useMemo(
    () =>
      series.map((each, mark): Curve => {
        const shown = inSight(each, isZoomed ? range : null);
        return { series: each, shown, direction: directions[mark] ?? 'none', mark };
      }),
    [series, directions, range, isZoomed],
  );
}
