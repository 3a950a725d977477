// The gate that runs, as the host tells it: also one that was started before this page was drawn.
import { useEffect, useState } from 'react';
import type { GateGoing } from '../../../src/protocol/models/registry/panel/panel-state';
import { useHost } from '../../kit/host/host-context';

/** `end`: how the last one of this version ended, where it did not simply find something. */
export interface GateWork {
  going: GateGoing | null;
  end: 'cancelled' | Error | null;
  start: () => void;
  cancel: () => void;
}

/** `first`: what went on when the page was drawn; `version`: the one that is looked at. */
export function useGate(first: GateGoing | null, version: string | undefined): GateWork {
  const host = useHost();
  const [going, setGoing] = useState(first);
  const [ended, setEnded] = useState<{ version: string; end: GateWork['end'] } | null>(null);
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'gate') setGoing(event.going);
      }),
    [host],
  );
  const start = (): void => {
    if (version === undefined) return;
    setEnded(null);
    host.command('registry.runGate', { version }).then(
      (isDone) => setEnded(isDone ? null : { version, end: 'cancelled' }),
      (error: Error) => setEnded({ version, end: error }),
    );
  };
  const cancel = (): void => void host.command('registry.cancelGate', null);
  const end = ended !== null && ended.version === version && going === null ? ended.end : null;
  return { going, end, start, cancel };
}
