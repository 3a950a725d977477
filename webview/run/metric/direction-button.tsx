// Which way a metric is better, and the way to change it.
import type { KeyboardEvent } from 'react';
import type { MetricDirection } from '../../../src/protocol/run';
import { directionArrow } from '../../../src/protocol/wording';
import { useHost } from '../../kit/host/host-context';

const meanings: Record<MetricDirection, string> = {
  up: 'higher is better',
  down: 'lower is better',
  none: 'nobody said which way it is better',
};
const label = 'Change Direction…';

interface DirectionButtonProps {
  metric: string;
  direction: MetricDirection;
  /** False where other keys than Tab lead to it. */
  isTabStop: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The arrow; the editor asks for another one and writes it into slipway.yaml. */
export function DirectionButton({ metric, direction, isTabStop, onKeyDown }: DirectionButtonProps) {
  const host = useHost();
  return (
    <button
      type="button"
      className="direction quiet"
      tabIndex={isTabStop ? 0 : -1}
      title={`${label} (${meanings[direction]})`}
      aria-label={`${label}: ${metric}, ${meanings[direction]}`}
      data-known={direction !== 'none'}
      onClick={() => void host.command('metric.direct', { key: metric }).catch(() => undefined)}
      onKeyDown={onKeyDown}
    >
      {directionArrow(direction) || '↕'}
    </button>
  );
}
