// What a run panel keeps over a reload: where it was, never what it showed.
import type { RunPanelBoot, RunPanelState } from '../../src/protocol/panel';
import { plainLook } from '../../src/protocol/runs/chart-look';

/** The kept state, or a fresh one; a state of another run or of an older form is not used. */
export function firstState({ runId, folder, noteDraft }: RunPanelBoot, state: unknown): RunPanelState {
  const kept = state as Partial<RunPanelState> | undefined;
  const fresh: RunPanelState = {
    v: 2,
    runId,
    folder,
    ...plainLook,
    charts: null,
    open: {},
    scroll: 0,
    trace: null,
    noteDraft,
  };
  return kept?.v === 2 && kept.runId === runId ? { ...fresh, ...kept } : fresh;
}
