// How far the benchmark is, and how to stop it; how it ended where it did not end well.
import type { BenchmarkWork } from '../../../src/protocol/inference/benchmark/benchmark-panel';
import { durationText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { Icon } from '../../kit/icon';

/** Nothing while nothing goes on and nothing went wrong. */
export function BenchmarkGoing({ work, onStop }: { work: BenchmarkWork; onStop: () => void }) {
  if (work.kind === 'rests') return null;
  if (work.kind === 'cancelled') {
    return (
      <div className="work" role="status">
        <Icon name="killed" tone="quiet" />
        <span>Cancelled. Nothing was kept.</span>
      </div>
    );
  }
  if (work.kind === 'failed') {
    return (
      <div className="work" role="alert">
        <Icon name="failed" tone="worse" />
        <span>{work.message}</span>
      </div>
    );
  }
  const { done, total, milliseconds, isStopping } = work;
  const left = done === 0 ? '' : `, about ${durationText((milliseconds * (total - done)) / done)} left`;
  return (
    <div className="work">
      <span role="status">
        <strong>{isStopping ? 'Stopping' : 'Measuring'}</strong>{' '}
        <span className="quiet">{isStopping ? '' : `${done} of ${total}${left}`}</span>
      </span>
      <progress aria-label="Measurements" value={done} max={total} />
      {!isStopping && <Button label="Cancel" onAct={onStop} />}
    </div>
  );
}
