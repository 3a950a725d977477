// What a run panel keeps over a reload: where it was, never what it showed.
import { useCallback, useState } from 'react';
import type { RunPanelBoot, RunPanelState } from '../../src/protocol/panel';
import type { Host } from '../kit/host/host';

/** The kept state, or a fresh one; a state of another run or of an older form is not used. */
export function usePanelState(
  host: Host,
  boot: RunPanelBoot,
): [RunPanelState, (change: Partial<RunPanelState>) => void] {
  const [state, setState] = useState<RunPanelState>(() => {
    const kept = host.load() as Partial<RunPanelState> | undefined;
    const { runId, folder } = boot;
    const looks = { axis: 'step', scaleX: 'linear', scaleY: 'linear', smoothing: 0, zoom: null, charts: null } as const;
    const fresh: RunPanelState = { v: 2, runId, folder, ...looks, open: {}, scroll: 0, trace: null, noteDraft: null };
    const state = kept?.v === 2 && kept.runId === boot.runId ? { ...fresh, ...kept } : fresh;
    host.save(state);
    return state;
  });
  const change = useCallback(
    (part: Partial<RunPanelState>) =>
      setState((old) => {
        const next = { ...old, ...part };
        host.save(next);
        return next;
      }),
    [host],
  );
  return [state, change];
}
