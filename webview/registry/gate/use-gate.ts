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

/**
 * `first`: what was known when the page was drawn; `version`: the one that is looked at; `judged`: when a gate last found
 * something of it (epoch milliseconds), which is news after one that failed.
 */
export function useGate(first: GateWork | null, version: string | undefined, judged: number): GateRun {
  const host = useHost();
  const [{ work, time }, setWork] = useState({ work: first, time: Date.now() });
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'gate') setWork({ work: event.work, time: Date.now() });
      }),
    [host],
  );
  const start = (): void => {
    if (version !== undefined) void host.command('registry.runGate', { version });
  };
  const cancel = (): void => void host.command('registry.cancelGate', null);
  // How the gate of another version ended is told there.
  const isOwn = work?.version === version && judged < time;
  return { work: work?.state === 'works' || isOwn ? work : null, start, cancel };
}

/** Whether one goes on. */
export function isWorking({ work }: GateRun): boolean {
  return work?.state === 'works';
}
