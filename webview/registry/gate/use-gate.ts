// The gate that the host runs for this panel, also one that was started before this page was drawn.
import { useEffect, useState } from 'react';
import type { GateWork, RegistryPanelState } from '../../../src/protocol/models/registry/panel/panel-state';
import { useHost } from '../../kit/host/host-context';

/** `interrupted`: it went on when the window was reloaded, which ended it. */
type ShownWork = GateWork | { state: 'interrupted'; version: string };

/** `work`: what goes on, or how the last one ended where it found nothing. */
export interface GateRun {
  work: ShownWork | null;
  start: () => void;
  cancel: () => void;
}

/** What the page knows of gates when it is drawn, and keeps of them. */
interface KnownGate {
  /** What the host runs, or how the last one ended. */
  first: GateWork | null;
  /** What went on when the page last kept it. */
  kept: RegistryPanelState['gate'];
  keep: (gate: RegistryPanelState['gate']) => void;
}

/**
 * `version`: the one that is looked at; `judged`: when a gate last found something of it (epoch milliseconds), which is
 * news after one that failed.
 */
export function useGate({ first, kept, keep }: KnownGate, version: string | undefined, judged: number): GateRun {
  const host = useHost();
  const [{ work, time }, setWork] = useState(() => firstWork(first, kept));
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type !== 'gate') return;
        const { work: told } = event;
        const now = Date.now();
        setWork({ work: told, time: now });
        if (told?.state !== 'works') keep(null);
        else if (told.progress === null) keep({ version: told.version, since: now });
      }),
    [host, keep],
  );
  const start = (): void => {
    if (version !== undefined) void host.command('registry.runGate', { version });
  };
  const cancel = (): void => void host.command('registry.cancelGate', null);
  // How the gate of another version ended is told there.
  const isOwn = work?.version === version && judged < time;
  return { work: work?.state === 'works' || isOwn ? work : null, start, cancel };
}

function firstWork(first: GateWork | null, kept: RegistryPanelState['gate']): { work: ShownWork | null; time: number } {
  if (first !== null || kept === null) return { work: first, time: Date.now() };
  return { work: { state: 'interrupted', version: kept.version }, time: kept.since };
}

/** Whether one goes on. */
export function isWorking({ work }: GateRun): boolean {
  return work?.state === 'works';
}
