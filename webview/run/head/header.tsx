// The panel's head: which run, how it is, and what can be done with it.
import { memo } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { agoText, durationText, stateWord, timeText } from '../../../src/protocol/wording';
import { Button, IconButton, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { useNow } from '../../kit/now';
import { useRunChanges } from '../changes/run-changes';
import { RunName } from './run-name';
import { stateTone } from './state-tone';

/** Stays at the top while the rest scrolls. What was just done stands, for a while, in place of the facts. */
export function Header({ run, lastStep }: { run: RunDetail; lastStep: number | null }) {
  const { notice, undo } = useRunChanges();
  const isRunning = run.state === 'running';
  return (
    <header className="head">
      <div className="head-title">
        <Icon name={run.state} tone={stateTone[run.state]} />
        <RunName run={run} />
      </div>
      <div className="head-facts cut">
        {notice === null && <Facts run={run} lastStep={isRunning ? lastStep : null} />}
        <span role="status" className="head-notice">
          {notice !== null && <span className="cut">{notice.words}</span>}
          {notice?.undo && <Link label="Undo" onAct={undo} />}
        </span>
      </div>
      <Acts
        canStop={isRunning && run.recorded}
        isStopping={run.isStopping}
        canMark={isMarkable(run)}
        canRepeat={!isRunning && run.recorded}
      />
    </header>
  );
}

function Facts({ run, lastStep }: { run: RunDetail; lastStep: number | null }) {
  return (
    <>
      <StateSentence run={run} />
      {lastStep !== null && <span className="fact">step {lastStep.toLocaleString('en-US')}</span>}
      <span className="fact">{run.experimentName}</span>
      {run.parent !== null && <Parent parent={run.parent} />}
      {run.archived && <span className="fact">archived</span>}
      <span className="fact" title={new Date(run.startTime).toLocaleString('en-GB')}>
        {originText(run)}
      </span>
    </>
  );
}

function Parent({ parent: { runId, name } }: { parent: NonNullable<RunDetail['parent']> }) {
  const host = useHost();
  return (
    <span className="fact">
      child of <Link label={name} onAct={() => void host.command('run.open', { runId })} />
    </span>
  );
}

interface ActsProps {
  canStop: boolean;
  /** It was asked gently: what is left is to end it at once. */
  isStopping: boolean;
  /** Nobody records it, so a person may say how it ended. */
  canMark: boolean;
  canRepeat: boolean;
}

const Acts = memo(function Acts({ canStop, isStopping, canMark, canRepeat }: ActsProps) {
  const host = useHost();
  return (
    <div className="head-acts">
      {canStop && (
        <Button label={isStopping ? 'Stop at Once…' : 'Stop'} onAct={() => void host.command('run.stop', null)}>
          <Icon name="stop" />
        </Button>
      )}
      {canMark && <Button label="Mark as Ended…" onAct={() => void host.command('run.stop', null)} />}
      {canRepeat && <Button label="Run Again" onAct={() => void host.command('run.again', null)} />}
      <IconButton label="Copy Run ID" onAct={() => void host.command('run.copyId', null)}>
        <Icon name="copy" />
      </IconButton>
    </div>
  );
});

function isMarkable({ recorded, state, deletedTime }: RunDetail): boolean {
  return !recorded && deletedTime === null && (state === 'running' || state === 'unknown');
}

function StateSentence({ run }: { run: RunDetail }) {
  const now = useNow(run.endTime === null && run.state === 'running');
  const took = run.endTime !== null || run.state === 'running' ? (run.endTime ?? now) - run.startTime : null;
  const isGoingOn = run.state === 'running' && !run.isStopping;
  return (
    <span>
      {run.isStopping ? 'Stopping' : stateWord(run.state)}
      {took !== null && ` ${isGoingOn ? '' : 'after '}${durationText(took)}`}
    </span>
  );
}

function originText(run: RunDetail): string {
  const now = Date.now();
  const when = timeText(run.startTime, now);
  const who = run.userId === '' ? '' : ` by ${run.userId}`;
  return `${run.recorded ? 'recorded' : 'logged'} ${when}${who}, ${agoText(now - run.startTime)}`;
}
