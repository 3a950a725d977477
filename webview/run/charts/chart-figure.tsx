// One chart with its caption, which follows the crosshair, and its twin as a table.
import { memo, useMemo } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { inSight } from '../../kit/chart/bucket';
import { ChartTable } from '../../kit/chart/chart-table';
import type { Crosshair } from '../../kit/chart/crosshair';
import type { ChartView, Curve, Range } from '../../kit/chart/curve';
import { LineChart } from '../../kit/chart/line-chart';
import { useKeptChoice } from '../../kit/kept-choice';
import { dropping } from '../metric/metric-drag';
import { type ReadingProps, SharedCaption, SingleCaption } from './chart-caption';
import { findingOf, footText } from './chart-words';
import { FigureTools } from './figure-tools';

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
  /** Weight of the past in the moving average; 0 for none. */
  smoothing: number;
  crosshair: Crosshair;
  rest: number | null;
  acts: FigureActs;
}

/** A chart, or its table where a screen reader is at work or the reader asks for it. */
export const ChartFigure = memo(function ChartFigure(props: ChartFigureProps) {
  const { series, view, range, acts } = props;
  const isForReader = document.body.classList.contains('vscode-using-screen-reader');
  const [isTable, setTable] = useKeptChoice(`table:${series[0]?.key}`, isForReader);
  const curves = useCurves(props);
  const [only] = curves;
  if (only === undefined) return null;
  const first = only.shown.key;
  const name = series.map(({ key }) => key).join(', ');
  const reading: ReadingProps = { ...props, curves, end: range.to };
  const note = footText(curves, view);
  return (
    <figure className="chart-figure" aria-label={name} {...dropping((key) => acts.onDrop(key, first))}>
      <figcaption className="chart-caption">
        {curves.length === 1 ? <SingleCaption {...reading} curve={only} /> : <SharedCaption {...reading} />}
        <FigureTools
          {...props}
          curves={curves}
          note={note}
          name={name}
          isTable={isTable}
          onTable={() => setTable(!isTable)}
          onAdd={() => acts.onAdd(first)}
          onRemove={() => acts.onRemove(first)}
        />
      </figcaption>
      {isTable ? (
        <div className="chart-table">
          {curves.map(({ shown }) => (
            <ChartTable key={shown.key} series={shown} axis={view.axis} isNamed={curves.length > 1} />
          ))}
        </div>
      ) : (
        <LineChart {...props} curves={curves} finding={findingOf(curves, view)} onZoom={acts.onZoom} />
      )}
      {note !== '' && <p className="chart-note quiet">{note}</p>}
    </figure>
  );
});

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
