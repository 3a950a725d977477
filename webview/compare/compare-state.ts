// What a compare panel keeps over a reload.
import type { ComparePanelBoot, ComparePanelState } from '../../src/protocol/comparison/compare-panel';

/** The kept state, or a fresh one; a state of another folder or form is not used. */
export function firstState({ folder, runIds }: ComparePanelBoot, state: unknown): ComparePanelState {
  const kept = state as Partial<ComparePanelState> | undefined;
  const looks = { axis: 'step', scaleX: 'linear', scaleY: 'linear', smoothing: 0, zoom: null } as const;
  const fresh: ComparePanelState = { v: 1, folder, runIds, cluster: null, candidate: 0, ...looks, open: {} };
  return kept?.v === 1 && kept.folder === folder ? { ...fresh, ...kept } : fresh;
}
