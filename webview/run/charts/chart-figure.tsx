// One chart with its caption, which follows the crosshair, and its twin as a table.
import { type DragEvent, memo, useMemo, useState } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { inSight } from '../../kit/chart/bucket';
import { ChartTable } from '../../kit/chart/chart-table';
import { useChartColours } from '../../kit/chart/colours';
import type { Crosshair } from '../../kit/chart/crosshair';
import type { ChartView, Curve, Range } from '../../kit/chart/curve';
import { chartPng } from '../../kit/chart/export/chart-png';
import { chartSvg } from '../../kit/chart/export/chart-svg';
import { LineChart } from '../../kit/chart/line-chart';
import { IconButton } from '../../kit/controls';
import { useHost } from '../../kit/host-context';
import { Icon } from '../../kit/icon';
import { draggedMetric } from '../metrics/metric-row';
import { type ReadingProps, SharedCaption, SingleCaption } from './chart-caption';
import { findingOf, leftOutText } from './chart-words';

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
  crosshair: Crosshair;
  rest: number | null;
  acts: FigureActs;
}

/** A chart, or its table where a screen reader is at work or the reader asks for it. */
export const ChartFigure = memo(function ChartFigure(props: ChartFigureProps) {
  const { series, directions, view, range, acts, isZoomed } = props;
  const [isTable, setTable] = useState(() => document.body.classList.contains('vscode-using-screen-reader'));
  const curves = useMemo(
    () =>
      series.map((each, mark): Curve => {
        const shown = inSight(each, isZoomed ? range : null);
        return { series: each, shown, direction: directions[mark] ?? 'none', mark };
      }),
    [series, directions, range, isZoomed],
  );
  const [only] = curves;
  if (only === undefined) return null;
  const first = only.shown.key;
  const name = series.map(({ key }) => key).join(', ');
  const reading: ReadingProps = { ...props, curves, end: range.to };
  const note = leftOutText(curves, view);
  return (
    <figure className="chart-figure" aria-label={name} {...dropping((key) => acts.onDrop(key, first))}>
      <figcaption className="chart-caption">
        {curves.length === 1 ? <SingleCaption {...reading} curve={only} /> : <SharedCaption {...reading} />}
        <FigureTools {...props} curves={curves} name={name} isTable={isTable} onTable={() => setTable(!isTable)} />
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

/** Buttons that show when the figure is pointed at or has the focus. */
function FigureTools(
  props: ChartFigureProps & { curves: readonly Curve[]; name: string; isTable: boolean; onTable: () => void },
) {
  const { name, isTable, acts, series, curves } = props;
  const host = useHost();
  const colours = useChartColours();
  const first = series[0]?.key ?? '';
  const exportIt = async (): Promise<void> => {
    const { view, range, runName } = props;
    const svg = chartSvg({ title: runName, curves, view, range, colours });
    const keys = series.map(({ key }) => key);
    await host.command('chart.export', { name: `${runName}-${keys[0]}`, keys, svg, png: await chartPng(svg) });
  };
  return (
    <span className="chart-tools">
      <IconButton
        label={isTable ? `Show ${name} as a chart` : `Show ${name} as a table`}
        pressed={isTable}
        onAct={props.onTable}
      >
        <Icon name="table" />
      </IconButton>
      <IconButton label={`Add a metric to the chart of ${name}…`} onAct={() => acts.onAdd(first)}>
        <Icon name="plus" />
      </IconButton>
      <IconButton label={`Export the chart of ${name}…`} onAct={() => void exportIt().catch(() => undefined)}>
        <Icon name="save" />
      </IconButton>
      <IconButton label={`Remove the chart of ${name}`} onAct={() => acts.onRemove(first)}>
        <Icon name="close" />
      </IconButton>
    </span>
  );
}

/** Handlers that take a metric which is dropped here. */
function dropping(take: (key: string) => void) {
  return {
    onDragOver: (event: DragEvent): void => {
      if (!event.dataTransfer.types.includes(draggedMetric)) return;
      event.preventDefault();
      event.currentTarget.classList.add('takes');
    },
    onDragLeave: (event: DragEvent): void => event.currentTarget.classList.remove('takes'),
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      event.currentTarget.classList.remove('takes');
      const key = event.dataTransfer.getData(draggedMetric);
      if (key !== '') take(key);
    },
  };
}
