// How far a gate is: nothing for 200 ms, then what is being done, how far, and the means to stop it.
import type { GateWork } from '../../../src/protocol/models/registry/panel/panel-state';
import { Button } from '../../kit/controls';
import { Icon, type IconName } from '../../kit/icon';
import { useLater } from '../../kit/now';
import type { GateRun } from './use-gate';

/** Nothing while nothing goes on and nothing went wrong. */
export function GateGoingNote({ gate, version }: { gate: GateRun; version: string }) {
  const { work } = gate;
  if (work === null) return null;
  if (work.state === 'works') return <Going key={work.version} {...{ work, version }} cancel={gate.cancel} />;
  const { sentence, icon, again } = endWords(work);
  const isFailure = work.state === 'failed';
  return (
    <div className="work" role={isFailure ? 'alert' : 'status'}>
      <Icon name={icon} tone={isFailure ? 'worse' : 'quiet'} />
      <span>{sentence}</span>
      <Button label={again} onAct={gate.start} />
    </div>
  );
}

type Ended = Exclude<NonNullable<GateRun['work']>, { state: 'works' }>;

function endWords(work: Ended): { sentence: string; icon: IconName; again: string } {
  if (work.state === 'failed') return { sentence: work.message, icon: 'failed', again: 'Try Again' };
  if (work.state === 'cancelled') {
    return { sentence: 'The gate was cancelled. Nothing was changed.', icon: 'killed', again: 'Start Again' };
  }
  const sentence = 'The gate was interrupted when the window was reloaded. Nothing was changed.';
  return { sentence, icon: 'killed', again: 'Run Again' };
}

interface GoingProps {
  work: Extract<GateWork, { state: 'works' }>;
  version: string;
  cancel: () => void;
}

function Going({ work, version, cancel }: GoingProps) {
  if (!useLater(200)) return null;
  const { what = '', done = 0, total = 0 } = work.progress ?? {};
  const isCounted = total > 0;
  const doing = work.version === version ? 'Running the gate' : `Running the gate of v${work.version}`;
  return (
    <div className="work">
      <span role="status">
        <strong>{doing}</strong> <span className="quiet">{what}</span>
      </span>
      {isCounted && (
        <span className="quiet">
          {done.toLocaleString('en-US')} of {total.toLocaleString('en-US')}
        </span>
      )}
      <progress aria-label={doing} {...(isCounted ? { value: done, max: total } : {})} />
      <Button label="Cancel" onAct={cancel} />
    </div>
  );
}
