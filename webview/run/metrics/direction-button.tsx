// Which way a metric is better, and the way to change it.
import type { MetricDirection } from '../../../src/protocol/run';
import { directionArrow } from '../../../src/protocol/wording';
import { useHost } from '../../kit/host-context';

const meanings: Record<MetricDirection, string> = {
  up: 'Higher is better',
  down: 'Lower is better',
  none: 'Nobody said which way it is better',
};

/** The arrow; the editor asks for another one and writes it into slipway.yaml. */
export function DirectionButton(props: { metric: string; direction: MetricDirection; isTabStop: boolean }) {
  const { metric, direction } = props;
  const host = useHost();
  return (
    <button
      type="button"
      className="direction quiet"
      tabIndex={props.isTabStop ? 0 : -1}
      title={`${meanings[direction]}. Change…`}
      aria-label={`${metric}: ${meanings[direction]}. Change…`}
      data-known={direction !== 'none'}
      onClick={() => void host.command('metric.direct', { key: metric }).catch(() => undefined)}
    >
      {directionArrow(direction) || '↕'}
    </button>
  );
}
