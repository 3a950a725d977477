// What a panel says when it has nothing to show, or shows something old.
import type { AwayReason, PanelCommand, PanelEngine } from '../../src/protocol/panel';
import { Button, Link } from './controls';
import { HostError } from './host/host';
import { useHost } from './host/host-context';
import { Icon } from './icon';
import { useLater } from './now';

const awayHeads: Record<AwayReason, string> = {
  down: 'The engine is not running',
  restricted: 'This folder is in Restricted Mode',
  closed: 'The folder of this panel is not open in this window',
  uninitialized: 'This folder is not a Slipway workspace',
  virtual: 'This folder is not on disk',
};

/** The one act that helps, where there is one. */
const awayActs: Partial<Record<AwayReason, { label: string; command: PlainCommand }>> = {
  down: { label: 'Restart Engine', command: 'engine.restart' },
  restricted: { label: 'Manage Workspace Trust', command: 'trust.manage' },
  closed: { label: 'Open Folder in New Window', command: 'folder.open' },
  uninitialized: { label: 'Initialize Workspace', command: 'workspace.initialize' },
};
type PlainCommand = Extract<PanelCommand, 'engine.restart' | 'trust.manage' | 'folder.open' | 'workspace.initialize'>;

/** Before the first answer: nothing for 200 ms, then `doing`, what is being done. */
export function Loading({ engine, doing }: { engine: PanelEngine; doing: string }) {
  const isLate = useLater(200);
  const host = useHost();
  if (engine.state === 'away') {
    const act = awayActs[engine.reason];
    return (
      <div className="message" role="alert">
        <Icon name="caution" tone="caution" />
        <h2>{awayHeads[engine.reason]}</h2>
        <p>
          {engine.message}
          {engine.reason === 'down' && ' Everything recorded is kept on disk.'}
        </p>
        <div className="acts">
          {act !== undefined && <Button label={act.label} primary onAct={() => void host.command(act.command, null)} />}
          <Link label="Show Logs" onAct={() => void host.command('logs.show', null)} />
        </div>
      </div>
    );
  }
  if (!isLate) return null;
  return (
    <div className="message" role="status">
      <Icon name="queued" tone="quiet" />
      <h2>{engine.state === 'starting' ? 'Waiting for the engine' : doing}</h2>
    </div>
  );
}

/** Before a file is there: nothing for 200 ms, then that it is read. */
export function Reading({ name }: { name: string }) {
  if (!useLater(200)) return null;
  return (
    <div className="message" role="status">
      <Icon name="queued" tone="quiet" />
      <h2>Reading {name}</h2>
    </div>
  );
}

/** What a panel says when its subject is gone, or could not be read. */
export interface FailureWords {
  gone: string;
  goneHelp: string;
  failed: string;
  failedHelp: string;
}

/** No answer will come: what happened, what is safe, what to do. */
export function Failure({ error, words }: { error: Error; words: FailureWords }) {
  const host = useHost();
  const isGone = error instanceof HostError && error.code === 'not-found';
  return (
    <div className="message" role="alert">
      <Icon name={isGone ? 'unknown' : 'failed'} tone={isGone ? 'quiet' : 'worse'} />
      <h2>{isGone ? words.gone : words.failed}</h2>
      <p>{isGone ? words.goneHelp : `${error.message} ${words.failedHelp}`}</p>
      {!isGone && (
        <div className="acts">
          <Button label="Restart Engine" onAct={() => void host.command('engine.restart', null)} />
          <Link label="Show Logs" onAct={() => void host.command('logs.show', null)} />
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
        {engine.state === 'starting' ? 'Engine restarting.' : engine.message} Numbers are from {clock}.
      </span>
      <span className="acts">
        {engine.state === 'away' && engine.reason === 'down' && (
          <Link label="Restart" onAct={() => void host.command('engine.restart', null)} />
        )}
        <Link label="Show Logs" onAct={() => void host.command('logs.show', null)} />
      </span>
    </div>
  );
}
