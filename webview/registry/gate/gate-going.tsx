// How far a gate is: nothing for 200 ms, then what is being done, how far, and the means to stop it.
import { Button } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useLater } from '../../kit/now';
import type { GateWork } from './use-gate';

/** Nothing while nothing goes on and nothing went wrong. */
export function GateGoingNote({ gate, version }: { gate: GateWork; version: string }) {
  const { going, end } = gate;
  if (going !== null) return <Going key={going.version} gate={gate} version={version} />;
  if (end === null) return null;
  const isCancelled = end === 'cancelled';
  return (
    <div className="work" role={isCancelled ? 'status' : 'alert'}>
      <Icon name={isCancelled ? 'killed' : 'failed'} tone={isCancelled ? 'quiet' : 'worse'} />
      <span>{isCancelled ? 'The gate was cancelled. Nothing was changed.' : end.message}</span>
      <Button label={isCancelled ? 'Start Again' : 'Try Again'} onAct={gate.start} />
    </div>
  );
}

function Going({ gate: { going, cancel }, version }: { gate: GateWork; version: string }) {
  if (!useLater(200) || going === null) return null;
  const { what = '', done = 0, total = 0 } = going.progress ?? {};
  const isCounted = total > 0;
  const doing = going.version === version ? 'Running the gate' : `Running the gate of v${going.version}`;
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
