// How far the table is, and how to stop it; how it ended where it did not end well.
import type { TableWork } from '../../../src/protocol/inference/table/table-panel';
import { durationText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { Icon } from '../../kit/icon';

/** Nothing while nothing goes on and nothing went wrong. */
export function TableGoing({ work, onStop }: { work: TableWork; onStop: () => void }) {
  if (work.kind === 'cancelled') {
    return (
      <div className="work" role="status">
        <Icon name="killed" tone="quiet" />
        <span>Cancelled. Nothing was written.</span>
      </div>
    );
  }
  if (work.kind === 'failed') {
    return (
      <div className="work table-failed" role="alert">
        <Icon name="failed" tone="worse" />
        <span>{work.message} Nothing was written.</span>
      </div>
    );
  }
  if (work.kind !== 'works') return null;
  const { done, total, isStopping } = work;
  return (
    <div className="work">
      <span role="status">
        <strong>{isStopping ? 'Stopping' : 'Predicting'}</strong>{' '}
        <span className="quiet">{isStopping ? '' : farText(work)}</span>
      </span>
      <progress aria-label="Rows predicted" value={done} max={Math.max(1, total)} />
      {!isStopping && <Button label="Cancel" onAct={onStop} />}
    </div>
  );
}

/** Until some rows are done nobody can tell how long it takes. */
function farText({ done, total, milliseconds }: Extract<TableWork, { kind: 'works' }>): string {
  if (done === 0) return 'reading the model and the table';
  const far = `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} rows`;
  if (done >= total) return `${far}, writing the file`;
  return milliseconds < 1000 ? far : `${far}, about ${durationText((milliseconds * (total - done)) / done)} left`;
}
