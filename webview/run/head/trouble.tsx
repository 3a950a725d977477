// What a panel says when it has nothing to show, or shows something old.
import type { PanelEngine } from '../../../src/protocol/panel';
import { Button, Link } from '../../kit/controls';
import { HostError } from '../../kit/host';
import { Icon } from '../../kit/icon';
import { useHost } from '../../kit/live';
import { useLater } from '../../kit/now';

/** Before the first answer: nothing for 200 ms, then what is being done. */
export function Loading({ engine }: { engine: PanelEngine }) {
  const isLate = useLater(200);
  const host = useHost();
  if (engine.state === 'away') {
    return (
      <div className="message" role="alert">
        <Icon name="caution" tone="caution" />
        <h2>The engine is not running</h2>
        <p>{engine.message} Everything recorded is kept on disk.</p>
        <div className="acts">
          <Button label="Restart Engine" primary onAct={() => void host.command('engine.restart', null)} />
          <Link label="Show logs" onAct={() => void host.command('logs.show', null)} />
        </div>
      </div>
    );
  }
  if (!isLate) return null;
  return (
    <div className="message" role="status">
      <Icon name="queued" tone="quiet" />
      <h2>{engine.state === 'starting' ? 'Waiting for the engine' : 'Reading the run'}</h2>
    </div>
  );
}

/** No answer will come: what happened, what is safe, what to do. */
export function Failure({ error }: { error: Error }) {
  const host = useHost();
  const isGone = error instanceof HostError && error.code === 'not-found';
  return (
    <div className="message" role="alert">
      <Icon name={isGone ? 'unknown' : 'failed'} tone={isGone ? 'quiet' : 'worse'} />
      <h2>{isGone ? 'This run is not in the workspace' : 'This run could not be read'}</h2>
      <p>
        {isGone
          ? 'It was deleted, or its database was replaced. Other runs are not affected; this tab can be closed.'
          : `${error.message} What was recorded is kept.`}
      </p>
      {!isGone && (
        <div className="acts">
          <Button label="Restart Engine" onAct={() => void host.command('engine.restart', null)} />
          <Link label="Show logs" onAct={() => void host.command('logs.show', null)} />
        </div>
      )}
    </div>
  );
}

/** Above numbers that may be old. */
export function StaleBanner({ engine, time }: { engine: PanelEngine; time: number }) {
  const isLate = useLater(200);
  const host = useHost();
  if (!isLate) return null;
  const clock = new Date(time).toLocaleTimeString('en-GB');
  return (
    <div className="banner" role="status">
      <Icon name="caution" tone="caution" />
      <span>
        {engine.state === 'starting' ? 'Engine restarting.' : (engine.message ?? 'The engine is not running.')} Numbers
        are from {clock}.
      </span>
      <span className="acts">
        {engine.state === 'away' && <Link label="Restart" onAct={() => void host.command('engine.restart', null)} />}
        <Link label="Log" onAct={() => void host.command('logs.show', null)} />
      </span>
    </div>
  );
}
