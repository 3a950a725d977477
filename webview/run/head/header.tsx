// The panel's head: which run, how it is, and what can be done with it.
import { memo } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { durationText, stateWord, timeText } from '../../../src/protocol/wording';
import { Button, IconButton } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useHost } from '../../kit/live';
import { useNow } from '../../kit/now';
import { stateTone } from './state-tone';

/** Stays at the top while the rest scrolls. */
export function Header({ run, lastStep }: { run: RunDetail; lastStep: number | null }) {
  const isRunning = run.state === 'running';
  return (
    <header className="head">
      <div className="head-title">
        <Icon name={run.state} tone={stateTone[run.state]} />
        <strong className="cut" title={run.name}>
          {run.name}
        </strong>
      </div>
      <div className="head-facts cut">
        <StateSentence run={run} />
        {isRunning && lastStep !== null && <span className="fact">step {lastStep.toLocaleString('en-US')}</span>}
        <span className="fact">{run.experimentName}</span>
        <span className="fact wide">{originText(run)}</span>
      </div>
      <Acts canStop={isRunning && run.recorded} />
    </header>
  );
}

const Acts = memo(function Acts({ canStop }: { canStop: boolean }) {
  const host = useHost();
  return (
    <div className="head-acts">
      {canStop && (
        <Button label="Stop" onAct={() => void host.command('run.stop', null)}>
          <Icon name="stop" />
        </Button>
      )}
      <IconButton label="Copy Run ID" onAct={() => void host.command('run.copyId', null)}>
        <Icon name="copy" />
      </IconButton>
    </div>
  );
});

function StateSentence({ run }: { run: RunDetail }) {
  const now = useNow(run.endTime === null && run.state === 'running');
  const took = run.endTime !== null || run.state === 'running' ? (run.endTime ?? now) - run.startTime : null;
  return (
    <span>
      {stateWord(run.state)}
      {took !== null && ` ${run.state === 'running' ? '' : 'after '}${durationText(took)}`}
    </span>
  );
}

function originText(run: RunDetail): string {
  const when = timeText(run.startTime, Date.now());
  const who = run.userId === '' ? '' : ` by ${run.userId}`;
  return `${run.recorded ? 'recorded' : 'logged'} ${when}${who}`;
}
