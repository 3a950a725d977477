// Long work on a model: how far it is, and how to stop it; how it ended where it did not end well.
import { durationText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { Icon } from '../../kit/icon';

/** Work that goes on. `milliseconds` since it began. */
export interface GoingWork {
  kind: 'works';
  done: number;
  total: number;
  milliseconds: number;
  isStopping: boolean;
}

/** What the page says of one kind of work. */
interface WorkWords {
  /** What it does: `Measuring`. */
  verb: string;
  /** What its progress counts. */
  counted: string;
  far: (work: GoingWork) => string;
  /** What it left when it was cancelled. */
  left: string;
  failed: (message: string) => string;
}

interface WorkGoingProps {
  work: GoingWork | { kind: 'rests' } | { kind: 'cancelled' } | { kind: 'failed'; message: string };
  words: WorkWords;
  onStop: () => void;
}

/** Nothing while nothing goes on and nothing went wrong. */
export function WorkGoing({ work, words, onStop }: WorkGoingProps) {
  if (work.kind === 'rests') return null;
  if (work.kind === 'cancelled') {
    return (
      <div className="work" role="status">
        <Icon name="killed" tone="quiet" />
        <span>Cancelled. {words.left}</span>
      </div>
    );
  }
  if (work.kind === 'failed') {
    return (
      <div className="work" role="alert">
        <Icon name="failed" tone="worse" />
        <span>{words.failed(work.message)}</span>
      </div>
    );
  }
  const { done, total, isStopping } = work;
  return (
    <div className="work">
      <span role="status">
        <strong>{isStopping ? 'Stopping' : words.verb}</strong>{' '}
        <span className="quiet">{isStopping ? '' : words.far(work)}</span>
      </span>
      <progress aria-label={words.counted} value={done} max={Math.max(1, total)} />
      {!isStopping && <Button label="Cancel" onAct={onStop} />}
    </div>
  );
}

/** The rest takes as long, in proportion, as what is done; `done` is not 0. */
export function timeLeft({ done, total, milliseconds }: GoingWork): string {
  return `about ${durationText((milliseconds * (total - done)) / done)} left`;
}
