// The gate that the host runs for this panel, also one that was started before this page was drawn.
import { useEffect, useState } from 'react';
import type { GateWork } from '../../../src/protocol/models/registry/panel/panel-state';
import { useHost } from '../../kit/host/host-context';

/** `work`: what goes on, or how the last one ended where it found nothing. */
export interface GateRun {
  work: GateWork | null;
  start: () => void;
  cancel: () => void;
}

/** `first`: what was known when the page was drawn; `version`: the one that is looked at. */
export function useGate(first: GateWork | null, version: string | undefined): GateRun {
  const host = useHost();
  const [work, setWork] = useState(first);
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'gate') setWork(event.work);
      }),
    [host],
  );
  const start = (): void => {
    if (version !== undefined) void host.command('registry.runGate', { version });
  };
  const cancel = (): void => void host.command('registry.cancelGate', null);
  // How the gate of another version ended is told there.
  return { work: work?.state === 'works' || work?.version === version ? work : null, start, cancel };
}

/** Whether one goes on. */
export function isWorking({ work }: GateRun): boolean {
  return work?.state === 'works';
}
