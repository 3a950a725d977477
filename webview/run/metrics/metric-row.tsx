// One metric as a row; the row is also the switch of its chart.
import { type KeyboardEvent, memo } from 'react';
import type { MetricSummary } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { countText, numberText } from '../../../src/protocol/wording';
import { Sparkline } from '../../kit/chart/sparkline';
import { DirectionButton } from '../metric/direction-button';
import { bestOf } from '../metric/metric-best';
import { draggedAs } from '../metric/metric-drag';

export interface MetricRowProps {
  name: string;
  /** Undefined until it is known. */
  metric: MetricSummary | undefined;
  spark: BucketSeries | undefined;
  isCharted: boolean;
  isNarrow: boolean;
  isCurrent: boolean;
  index: number;
  top: number;
  onToggle: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

const missing = '–';

/** Absolutely placed, because only the rows in sight exist; its button covers the whole row. */
export const MetricRow = memo(function MetricRow(props: MetricRowProps) {
  const { name, metric, isCharted } = props;
  return (
    <tr
      className="metric-row"
      aria-rowindex={props.index + 2}
      style={{ transform: `translateY(${props.top}px)` }}
      {...draggedAs(name)}
    >
      <th scope="row" className="metric-name">
        <button
          type="button"
          className="cut"
          tabIndex={props.isCurrent ? 0 : -1}
          aria-pressed={isCharted}
          data-index={props.index}
          title={`${isCharted ? 'Remove the chart of' : 'Chart'} ${name}`}
          onClick={() => props.onToggle(props.index)}
          onKeyDown={props.onKeyDown}
        >
          <span className="metric-mark" aria-hidden="true" />
          {name}
        </button>
        {metric !== undefined && (
          <DirectionButton metric={name} direction={metric.direction} isTabStop={false} onKeyDown={props.onKeyDown} />
        )}
      </th>
      {metric !== undefined && <Numbers metric={metric} />}
      <td className="metric-spark">
        <Sparkline series={props.spark} />
      </td>
      {props.isNarrow && <td className="metric-more quiet cut">{metric === undefined ? '' : narrowWords(metric)}</td>}
    </tr>
  );
});

function Numbers({ metric }: { metric: MetricSummary }) {
  const best = bestOf(metric);
  const number = (value: MetricSummary['last'] | null): string => (value === null ? missing : numberText(value));
  return (
    <>
      <td className="number">{numberText(metric.last)}</td>
      <td className="number wide">{best === undefined ? missing : <strong>{numberText(best.value)}</strong>}</td>
      <td className="number quiet wide">{best === undefined ? missing : best.step.toLocaleString('en-US')}</td>
      <td className="number quiet wide">{number(metric.min)}</td>
      <td className="number quiet wide">{number(metric.max)}</td>
      <td className="number quiet wide">{metric.count.toLocaleString('en-US')}</td>
    </>
  );
}

/** What the hidden columns say, under the row's first line. */
function narrowWords(metric: MetricSummary): string {
  const best = bestOf(metric);
  const words =
    best === undefined ? [] : [`best ${numberText(best.value)} at step ${best.step.toLocaleString('en-US')}`];
  if (metric.min !== null && metric.max !== null) {
    words.push(`min ${numberText(metric.min)}`, `max ${numberText(metric.max)}`);
  }
  return [...words, countText(metric.count, 'point')].join(' · ');
}
