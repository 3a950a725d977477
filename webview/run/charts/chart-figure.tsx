// One chart with its caption, which follows the crosshair, and its twin as a table.
import { memo, useState } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import type { BucketSeries, ChartAxis } from '../../../src/protocol/series';
import { countText, directionArrow, numberText } from '../../../src/protocol/wording';
import { placeText } from '../../kit/chart/axis';
import { bestPoint, marksText, readAt } from '../../kit/chart/bucket';
import { ChartTable } from '../../kit/chart/chart-table';
import { type Crosshair, useCrosshair } from '../../kit/chart/crosshair';
import { LineChart } from '../../kit/chart/line-chart';
import { IconButton } from '../../kit/controls';
import { Icon } from '../../kit/icon';

export interface ChartFigureProps {
  series: BucketSeries;
  direction: MetricDirection;
  axis: ChartAxis;
  range: { from: number; to: number };
  crosshair: Crosshair;
  rest: number | null;
}

/** A chart, or its table where a screen reader is at work or the reader asks for it. */
export const ChartFigure = memo(function ChartFigure(props: ChartFigureProps) {
  const { series, axis, range, crosshair, rest } = props;
  const [isTable, setTable] = useState(() => document.body.classList.contains('vscode-using-screen-reader'));
  return (
    <figure className="chart-figure">
      <figcaption className="chart-caption">
        <strong className="cut" title={series.key}>
          {series.key}
        </strong>
        <Reading {...props} />
        <IconButton
          label={isTable ? `Show ${series.key} as a chart` : `Show ${series.key} as a table`}
          pressed={isTable}
          onAct={() => setTable(!isTable)}
        >
          <Icon name="table" />
        </IconButton>
      </figcaption>
      {isTable ? (
        <ChartTable series={series} axis={axis} />
      ) : (
        <LineChart
          series={series}
          direction={props.direction}
          axis={axis}
          range={range}
          crosshair={crosshair}
          rest={rest}
          finding={findingOf(props)}
        />
      )}
    </figure>
  );
});

/** Place and value under the crosshair; the last ones where there is no crosshair. */
function Reading({ series, direction, axis, crosshair, rest, range }: ChartFigureProps) {
  const pointed = useCrosshair(crosshair);
  const read = readAt(series, { x: pointed ?? rest ?? range.to, isRest: pointed === null }, direction);
  if (read === undefined) return <span className="quiet chart-place">{marksText(series)}</span>;
  return (
    <>
      <span className="quiet chart-place">at {placeText(axis, read.x)}</span>
      <span className="chart-value">
        {numberText(read.low) !== numberText(read.high) && (
          <span className="quiet">
            {numberText(read.low)} to {numberText(read.high)}{' '}
          </span>
        )}
        <span className="run-mark" aria-hidden="true" /> {numberText(read.y)}
      </span>
    </>
  );
}

/** The chart in one sentence. */
function findingOf({ series, direction, axis }: ChartFigureProps): string {
  const [x, y] = [series.x.at(-1), series.last.at(-1)];
  const name = `${series.key} ${directionArrow(direction)}`.trim();
  const marks = marksText(series);
  if (x === undefined || y === undefined) return `${name}: no finite value, ${marks}.`;
  const best = bestPoint(series, direction);
  const where = (place: number): string => `${axis === 'step' ? 'step ' : ''}${placeText(axis, place)}`;
  const bestWords = best === undefined ? '' : `, best ${numberText(best.y)} at ${where(best.x)}`;
  const marksWords = marks === '' ? '' : `, ${marks}`;
  return `${name} over ${countText(series.points, 'point')}: last ${numberText(y)} at ${where(x)}${bestWords}${marksWords}.`;
}
